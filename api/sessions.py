"""One's own sessions: where one is signed in, and closing doors left open."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from api.access import Db, SignedIn
from api.answers import RESPONSES, NotFound
from api.routers import Router
from db import sessions
from domain.access import Actor, Forbidden

router = Router("/sessions", tags=["session"], responses=RESPONSES)


class SessionRead(BaseModel):
    id: int
    address: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_current: bool


def get_person(actor: SignedIn) -> Actor:
    if actor.account_id is None:
        raise Forbidden("Only persons have accounts.")
    return actor


def get_account(actor: Annotated[Actor, Depends(get_person)]) -> int:
    assert actor.account_id is not None, "get_person saw to it"
    return actor.account_id


Person = Annotated[Actor, Depends(get_person)]
AccountId = Annotated[int, Depends(get_account)]


@router.get("")
def list_my_sessions(db: Db, actor: Person, account_id: AccountId) -> list[SessionRead]:
    with db.transaction() as tx:
        found = sessions.list_open(tx, account_id)
    return [SessionRead(**asdict(each), is_current=each.id == actor.session_id) for each in found]


@router.delete("/{session_id}", status_code=204)
def end_my_session(session_id: int, db: Db, actor: Person, account_id: AccountId) -> None:
    with db.transaction() as tx:
        if not sessions.revoke(tx, account_id, session_id, actor.name):
            raise NotFound("You have no such session.")


@router.delete("", status_code=204)
def end_my_other_sessions(db: Db, actor: Person, account_id: AccountId) -> None:
    with db.transaction() as tx:
        sessions.revoke_all(tx, account_id, actor.name, keep=actor.session_id)
