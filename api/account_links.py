"""Choosing a password with a one-time link: after an invitation, or when it was forgotten."""

from typing import Annotated

from fastapi import Path, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api import passwords
from api.access import Db, refuse_foreign_origin
from api.account_mails import Mails
from api.answers import RESPONSES, NotFound
from api.own_account import PasswordEntry
from api.routers import Router
from api.sign_in import From, count_link, forget_failures
from api.strict import Storable
from db import account_links, accounts
from db.account_links import OpenLink
from db.engine import Session
from domain.account_mails import MailKind
from domain.sign_in import LinkPurpose, Realm

router = Router(tags=["session"], responses=RESPONSES)

Token = Annotated[str, Path(min_length=10, max_length=100)]


class ResetRequest(Storable):
    login: str = Field(min_length=1, max_length=200)


class LinkRead(BaseModel):
    purpose: LinkPurpose
    login: str


@router.post("/password-resets", status_code=202)
async def ask_for_reset(
    body: ResetRequest, request: Request, db: Db, caller: From, mails: Mails
) -> None:
    """The answer is the same whether or not there is such a login."""
    refuse_foreign_origin(request)

    def find() -> int | None:
        with db.transaction() as tx:
            holder = accounts.find_by_login(tx, Realm.STAFF, body.login)
        count_link(db, Realm.STAFF, body.login, holder, caller)
        return holder.account_id if holder else None

    await mails.send_link(await run_in_threadpool(find), LinkPurpose.RESET)


@router.get("/account-links/{token}")
def read_account_link(token: Token, db: Db) -> LinkRead:
    with db.transaction() as tx:
        link = _need(tx, token)
    return LinkRead(purpose=link.purpose, login=link.holder.login)


@router.post("/account-links/{token}", status_code=204)
async def use_account_link(
    token: Token, body: PasswordEntry, request: Request, db: Db, mails: Mails
) -> None:
    """Sets the password, once, and ends every session. Then one signs in with it."""
    refuse_foreign_origin(request)

    def use() -> OpenLink:
        with db.transaction() as tx:
            link = _need(tx, token)
        new = passwords.hashed(body.password, link.holder.words)
        with db.transaction() as tx:
            if account_links.use_link(tx, token, new) is None:
                raise NotFound(_GONE)
            forget_failures(tx, link.holder)
        return link

    link = await run_in_threadpool(use)
    if link.purpose is LinkPurpose.RESET:
        await mails.warn(MailKind.PASSWORD_CHANGED, link.holder.account_id)


_GONE = "This link was used, or is too old: ask for a new one."


def _need(tx: Session, token: str) -> OpenLink:
    link = account_links.find_link(tx, token)
    if link is None:
        raise NotFound(_GONE)
    return link
