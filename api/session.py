"""Signing in: the password, then the code; and signing out."""

from fastapi import Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api import sign_in as steps
from api.access import (
    SESSION_COOKIE,
    Db,
    NotSignedIn,
    SessionToken,
    SignedIn,
    csrf_token,
    refuse_foreign_origin,
)
from api.account_mails import Mails
from api.answers import RESPONSES
from api.routers import Router
from api.sign_in import From, Keys
from api.strict import Storable, Strict
from db import sessions, sign_ins
from db.access import find_person
from db.accounts import Holder
from db.engine import Database, Session
from db.reads.names import Name
from db.reads.sign_ins import identity_of
from db.sign_ins import HalfSession
from domain.access import Actor, FieldLevel, Reach, Right
from domain.account_mails import MailKind
from domain.sign_in import Realm, SecondFactor

router = Router("/session", tags=["session"], responses=RESPONSES)


class SignIn(Storable):
    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class HalfRead(BaseModel):
    """The second factor that is owed, and where its code went."""

    second_factor: SecondFactor
    sent_to: str | None


class CodeEntry(Strict):
    code: str = Field(min_length=1, max_length=30, description="Or a recovery code.")


class Me(BaseModel):
    actor: str
    name: str
    login: str | None
    language: str
    staff_id: int | None
    rights: dict[Right, Reach]
    fields: dict[str, FieldLevel] = Field(description="Those that are not hidden.")
    branches: list[Name]
    groups: list[str]
    csrf_token: str | None
    second_factor: SecondFactor | None
    is_super_admin: bool


@router.post("")
async def sign_in(
    body: SignIn,
    request: Request,
    response: Response,
    db: Db,
    keys: Keys,
    caller: From,
    mails: Mails,
) -> HalfRead:
    """The first step. Its session reaches nothing but the second."""
    refuse_foreign_origin(request)

    def first_step() -> tuple[Holder, str, int]:
        holder = steps.check_login(db, Realm.STAFF, body.login, body.password, caller)
        return holder, *steps.open_half(db, keys, holder, caller)

    holder, token, session_id = await run_in_threadpool(first_step)
    by_mail = holder.second_factor is SecondFactor.EMAIL
    if by_mail:
        await mails.send_code(session_id)
    steps.keep_half(response, SESSION_COOKIE, token)
    sent_to = steps.masked(holder.email) if by_mail else None
    return HalfRead(second_factor=holder.second_factor, sent_to=sent_to)


@router.post("/code")
async def enter_code(
    body: CodeEntry,
    request: Request,
    response: Response,
    db: Db,
    keys: Keys,
    token: SessionToken,
    caller: From,
    mails: Mails,
) -> Me:
    """The second step: the half session dies, and a full one begins under a new token."""
    refuse_foreign_origin(request)
    entered = await run_in_threadpool(steps.complete, db, keys, token, body.code, caller)
    steps.keep_session(response, SESSION_COOKIE, entered)
    if entered.is_new_device:
        await mails.warn(MailKind.NEW_DEVICE, entered.holder.account_id, entered.session_id)
    return await run_in_threadpool(_me_of, db, entered.token)


@router.post("/code/resend", status_code=204)
async def resend_code(request: Request, db: Db, token: SessionToken, mails: Mails) -> None:
    """The same code once more, at most once a minute."""
    refuse_foreign_origin(request)

    def mark() -> HalfSession:
        with db.transaction() as tx:
            half = steps.need_half(tx, token, lock=True)
            sign_ins.mark_resent(tx, half)
            return half

    half = await run_in_threadpool(mark)
    if half.holder.second_factor is SecondFactor.EMAIL:
        await mails.send_code(half.id)


@router.get("")
def who_am_i(actor: SignedIn, db: Db, session: SessionToken) -> Me:
    with db.transaction() as tx:
        return _me(tx, actor, session if actor.session_id else None)


@router.delete("", status_code=204)
def sign_out(db: Db, response: Response, actor: SignedIn) -> None:
    if actor.account_id and actor.session_id:
        with db.transaction() as tx:
            sessions.sign_out(tx, actor.account_id, actor.session_id, actor.name)
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, secure=True, samesite="strict")


def _me_of(db: Database, token: str) -> Me:
    with db.transaction() as tx:
        actor = find_person(tx, token)
        if actor is None:
            raise NotSignedIn
        return _me(tx, actor, token)


def _me(tx: Session, actor: Actor, session: str | None) -> Me:
    identity = identity_of(tx, actor)
    levels = actor.grants.fields.items()
    return Me(
        actor=actor.name,
        name=identity.name,
        login=identity.login,
        language=identity.language,
        staff_id=actor.staff_id,
        rights=dict(actor.grants.rights),
        fields={key: level for key, level in levels if level is not FieldLevel.HIDDEN},
        branches=list(identity.branches),
        groups=list(identity.groups),
        csrf_token=csrf_token(session) if session else None,
        second_factor=identity.second_factor,
        is_super_admin=actor.is_super_admin,
    )
