"""Signing in and out."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.access import Credentials, Db, NotSignedIn, RateLimit, SignedIn
from api.answers import RESPONSES, TooManyAttempts
from api.strict import Storable
from db.access import add_session, end_session, find_staff
from domain.access import Right

router = APIRouter(prefix="/session", tags=["session"], responses=RESPONSES)
hasher = PasswordHasher()
attempts = RateLimit(20)


class SignIn(Storable):
    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class SignedInAs(BaseModel):
    token: str
    name: str
    profile: str


class Me(BaseModel):
    actor: str
    rights: list[Right]
    branch_id: int | None


@router.post("", status_code=201)
def sign_in(body: SignIn, db: Db, request: Request) -> SignedInAs:
    address = request.client.host if request.client else "unknown"
    if not attempts.allows(f"{address} {body.login}"):
        raise TooManyAttempts("Too many attempts. Wait a minute.")
    with db.transaction() as tx:
        staff = find_staff(tx, body.login)
    right = _verifies(staff.password_hash if staff else _nobodys_password(), body.password)
    if staff is None or not right:
        raise NotSignedIn
    with db.transaction() as tx:
        token = add_session(tx, staff.id)
    return SignedInAs(token=token, name=staff.name, profile=staff.profile)


@router.get("")
def who_am_i(actor: SignedIn) -> Me:
    return Me(actor=actor.name, rights=sorted(actor.rights), branch_id=actor.branch_id)


@router.delete("", status_code=204)
def sign_out(db: Db, credentials: Credentials, actor: SignedIn) -> None:
    if credentials:
        with db.transaction() as tx:
            end_session(tx, credentials.credentials)


@cache
def _nobodys_password() -> str:
    """Checked for logins that do not exist, so that they take as long as those that do."""
    return hasher.hash("nobody has this password")


def _verifies(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except (Argon2Error, InvalidHashError):
        return False
