"""Lists that customers can be on: the newsletter, the shop's mailing, partner groups' lists."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.routers import Router
from api.strict import Strict
from db import mailing_lists
from domain.access import Actor, Right
from domain.customers import ListKind

router = Router("/mailing-lists", tags=["customers"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.CUSTOMER_READ)]
Owner = Annotated[Actor, needs(Right.SETTINGS_EDIT)]
CODE = "^[a-z][a-z0-9-]{0,49}$"
Code = Annotated[str, Path(pattern=CODE)]


class MailingListCreate(Strict):
    code: str = Field(pattern=CODE, description="Never changes.")
    kind: ListKind = ListKind.PARTNER
    name: str = Field(min_length=1, max_length=100)


class MailingListEdit(Strict):
    version: int = Field(ge=1, lt=2**63)
    name: str | None = Field(None, min_length=1, max_length=100)
    is_active: bool | None = Field(None, description="Nobody can join a closed list.")


class MailingListRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    code: str
    kind: ListKind
    name: str
    is_active: bool
    version: int


@router.get("")
def read_mailing_lists(actor: Reader, db: Db) -> list[MailingListRead]:
    with db.transaction() as tx:
        return [MailingListRead.model_validate(row) for row in mailing_lists.list_lists(tx)]


@router.post("", status_code=201)
def create_mailing_list(body: MailingListCreate, actor: Owner, db: Db) -> MailingListRead:
    with db.transaction() as tx:
        row = mailing_lists.add_list(tx, body.code, body.kind, body.name, actor.name)
        return MailingListRead.model_validate(row)


@router.patch("/{code}")
def edit_mailing_list(code: Code, body: MailingListEdit, actor: Owner, db: Db) -> MailingListRead:
    values = body.model_dump(exclude_none=True, exclude={"version"})
    with db.transaction() as tx:
        row = mailing_lists.edit_list(tx, code, body.version, values, actor.name)
        if row is None:
            raise NotFound("There is no such list.")
        return MailingListRead.model_validate(row)
