"""Signing in and out."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.access import SESSION_COOKIE, Db, NotSignedIn, SessionToken, SignedIn, csrf_token
from api.answers import RESPONSES
from api.strict import Storable
from db.access import add_session, end_session
from db.accounts import find_account
from domain.access import FieldLevel, Reach, Right

router = APIRouter(prefix="/session", tags=["session"], responses=RESPONSES)
hasher = PasswordHasher()


class SignIn(Storable):
    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class Me(BaseModel):
    actor: str
    rights: dict[Right, Reach]
    fields: dict[str, FieldLevel]
    branches: list[int]
    csrf_token: str | None


@router.post("", status_code=204)
def sign_in(body: SignIn, db: Db, response: Response) -> None:
    with db.transaction() as tx:
        account = find_account(tx, body.login)
    stored = account.password_hash if account else None
    if not _verifies(stored or _nobodys_password(), body.password) or account is None:
        raise NotSignedIn
    with db.transaction() as tx:
        token = add_session(tx, account.id)
    response.set_cookie(SESSION_COOKIE, token, httponly=True, secure=True, samesite="strict")


@router.get("")
def who_am_i(actor: SignedIn, session: SessionToken) -> Me:
    return Me(
        actor=actor.name,
        rights=dict(actor.grants.rights),
        fields=dict(actor.grants.fields),
        branches=sorted(actor.branches),
        csrf_token=csrf_token(session) if session and actor.session_id else None,
    )


@router.delete("", status_code=204)
def sign_out(db: Db, session: SessionToken, actor: SignedIn) -> None:
    if session:
        with db.transaction() as tx:
            end_session(tx, session)


@cache
def _nobodys_password() -> str:
    """Checked for logins that do not exist, so that they take as long as those that do."""
    return hasher.hash("nobody has this password")


def _verifies(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except (Argon2Error, InvalidHashError):
        return False
