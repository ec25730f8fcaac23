"""Keys of programs. A token is shown once, to whoever made it."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import AwareDatetime, BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.grants import GrantsEdit
from api.routers import Router
from db import api_keys
from db.api_keys import WantedKey
from db.engine import Session
from db.reads.api_keys import ApiKeyRow, find_key, list_keys
from db.reads.keyset import MOST
from domain.access import Actor, Right

router = Router("/api-keys", tags=["API keys"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.API_KEY_READ)]
Creator = Annotated[Actor, needs(Right.API_KEY_CREATE)]
Revoker = Annotated[Actor, needs(Right.API_KEY_REVOKE)]
Id = Annotated[int, Path(ge=1, lt=2**63)]


class ApiKeyCreate(GrantsEdit):
    name: str = Field(min_length=1, max_length=100)
    channel_id: int | None = Field(
        None, ge=1, lt=2**63, description="The program sees and places orders of this one only."
    )
    expires_at: AwareDatetime | None = None

    def wanted(self) -> WantedKey:
        return WantedKey(self.name, self.grants(), self.channel_id, self.expires_at)


class ApiKeyCreated(BaseModel):
    key: ApiKeyRow
    token: str
    """Now or never: it is kept nowhere."""


class ApiKeyList(BaseModel):
    rows: list[ApiKeyRow]
    next: int | None
    """Send it as `after` to get the next page."""


@router.get("")
def read_keys(
    actor: Reader,
    db: Db,
    is_active: bool | None = None,
    after: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> ApiKeyList:
    """Newest first."""
    with db.transaction() as tx:
        page = list_keys(tx, is_active, after, limit)
    return ApiKeyList(rows=page.rows, next=page.next)


@router.get("/{key_id}")
def read_key(key_id: Id, actor: Reader, db: Db) -> ApiKeyRow:
    with db.transaction() as tx:
        return _found(tx, key_id)


@router.post("", status_code=201)
def create_key(body: ApiKeyCreate, actor: Creator, db: Db) -> ApiKeyCreated:
    """It may no more than whoever makes it."""
    with db.transaction() as tx:
        made = api_keys.add_key(tx, body.wanted(), actor)
        return ApiKeyCreated(key=_found(tx, made.id), token=made.token)


@router.delete("/{key_id}", status_code=204)
def revoke_key(key_id: Id, actor: Revoker, db: Db) -> None:
    with db.transaction() as tx:
        key = api_keys.lock_key(tx, key_id)
        if key is None:
            raise NotFound("There is no such key.")
        api_keys.revoke_key(tx, key, actor)


def _found(tx: Session, key_id: int) -> ApiKeyRow:
    found = find_key(tx, key_id)
    if found is None:
        raise NotFound("There is no such key.")
    return found
