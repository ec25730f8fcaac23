"""Customers' own accounts: made, signed in to with a password, and signed out of."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, EmailStr, Field
from starlette.concurrency import run_in_threadpool

from api import passwords
from api import sign_in as steps
from api.access import Db, csrf_token, refuse_foreign_origin
from api.account_links import ResetRequest
from api.account_mails import Mails
from api.answers import RESPONSES
from api.customer_bodies import LANGUAGE
from api.own_account import PasswordEdit
from api.routers import Router
from api.session import SignIn
from api.shop_access import SHOP_COOKIE, MyAccount, Shopper, ShopToken
from api.sign_in import From
from api.strict import Strict
from db import accounts, sessions
from db.engine import Database
from db.shop_accounts import register
from db.sign_ins import Caller, Entered
from domain.account_mails import MailKind
from domain.customers import EmailTaken
from domain.sign_in import LinkPurpose, Realm

router = Router("/shop", tags=["shop"], responses=RESPONSES)

NAME = r"^[^<>/:@\\]+$"
"""It stands in a mail to an address that nobody has proven yet: no links in it."""


class ShopAccountCreate(Strict):
    """The password is chosen with the link that comes by mail: so nobody can prepare an account
    for somebody else's address and wait until its owner confirms it."""

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=NAME)]
    email: EmailStr
    language: str = Field("en", pattern=LANGUAGE)


class ShopSession(BaseModel):
    customer_id: int
    csrf_token: str


@router.post("/accounts", status_code=202)
async def create_account(
    body: ShopAccountCreate, request: Request, db: Db, caller: From, mails: Mails
) -> None:
    """A link goes to the address: with it a password is chosen, at `/api/account-links`. The answer
    is the same whether or not the shop knows the address."""
    refuse_foreign_origin(request)
    account_id, purpose = await run_in_threadpool(_register, db, body, caller)
    await mails.send_link(account_id, purpose)


@router.post("/session")
async def sign_in(
    body: SignIn, request: Request, response: Response, db: Db, caller: From, mails: Mails
) -> ShopSession:
    refuse_foreign_origin(request)

    def enter() -> Entered:
        holder = steps.check_login(db, Realm.CUSTOMER, body.login, body.password, caller)
        return steps.enter(db, holder, caller)

    entered = await run_in_threadpool(enter)
    steps.keep_session(response, SHOP_COOKIE, entered)
    if entered.is_new_device:
        await mails.warn(MailKind.NEW_DEVICE, entered.holder.account_id, entered.session_id)
    customer_id = int(entered.holder.actor.partition(":")[2])
    return ShopSession(customer_id=customer_id, csrf_token=csrf_token(entered.token))


@router.get("/session")
def who_am_i(actor: Shopper, token: ShopToken) -> ShopSession:
    assert actor.customer_id is not None
    assert token is not None
    return ShopSession(customer_id=actor.customer_id, csrf_token=csrf_token(token))


@router.delete("/session", status_code=204)
def sign_out(db: Db, response: Response, actor: Shopper, account_id: MyAccount) -> None:
    if actor.session_id:
        with db.transaction() as tx:
            sessions.sign_out(tx, account_id, actor.session_id, actor.name)
    response.delete_cookie(SHOP_COOKIE, path="/", httponly=True, secure=True, samesite="strict")


@router.put("/session/password", status_code=204)
async def change_password(
    body: PasswordEdit, db: Db, actor: Shopper, account_id: MyAccount, caller: From, mails: Mails
) -> None:
    """Ends all other sessions."""

    def change() -> None:
        holder = steps.check_own_password(db, account_id, body.current, caller)
        new = passwords.hashed(body.new, holder.words)
        with db.transaction() as tx:
            action = "account.password_changed"
            accounts.set_password(tx, holder, new, action, keep_session=actor.session_id)

    await run_in_threadpool(change)
    await mails.warn(MailKind.PASSWORD_CHANGED, account_id)


@router.post("/password-resets", status_code=202)
async def ask_for_reset(
    body: ResetRequest, request: Request, db: Db, caller: From, mails: Mails
) -> None:
    """The answer is the same whether or not there is such an account."""
    refuse_foreign_origin(request)

    def find() -> int | None:
        with db.transaction() as tx:
            holder = accounts.find_by_login(tx, Realm.CUSTOMER, body.login)
        steps.count_link(db, Realm.CUSTOMER, body.login, holder, caller)
        return holder.account_id if holder else None

    await mails.send_link(await run_in_threadpool(find), LinkPurpose.RESET)


def _register(
    db: Database, body: ShopAccountCreate, caller: Caller
) -> tuple[int | None, LinkPurpose]:
    """No account: the same work follows, and no mail."""
    with db.transaction() as tx:
        holder = accounts.find_by_login(tx, Realm.CUSTOMER, body.email)
    steps.count_link(db, Realm.CUSTOMER, body.email, holder, caller)
    try:
        with db.transaction() as tx:
            known = register(tx, body.name, body.email, body.language)
    except EmailTaken:  # by the same person, a moment ago, who gets that mail
        known = None
    return known or (None, LinkPurpose.INVITATION)
