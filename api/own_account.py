"""One's own password and second factor. Whoever finds an open session cannot change them."""

import segno
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api import passwords
from api.access import Db
from api.account_mails import Mails
from api.answers import RESPONSES
from api.routers import Router
from api.session import CodeEntry
from api.sessions import AccountId, Person
from api.sign_in import From, Keys, check_own_password, need_holder
from api.strict import Storable
from db import accounts, second_factors
from domain.account_mails import MailKind
from domain.passwords import LONGEST

router = Router("/session", tags=["session"], responses=RESPONSES)


class PasswordEntry(Storable):
    password: str = Field(min_length=1, max_length=LONGEST)


class PasswordEdit(Storable):
    current: str = Field(min_length=1, max_length=LONGEST)
    new: str = Field(min_length=1, max_length=LONGEST)


class AuthenticatorRead(BaseModel):
    """For the app: typed in, or scanned as a picture of the address."""

    secret: str
    uri: str
    picture: str = Field(description="The address as a QR code, as an address of its own.")


class RecoveryCodes(BaseModel):
    """Shown this once; each is good for one sign-in."""

    recovery_codes: list[str]


@router.put("/password", status_code=204)
async def change_password(
    body: PasswordEdit, db: Db, actor: Person, account_id: AccountId, caller: From, mails: Mails
) -> None:
    """Ends all other sessions."""

    def change() -> None:
        holder = check_own_password(db, account_id, body.current, caller)
        new = passwords.hashed(body.new, holder.words)
        with db.transaction() as tx:
            action = "account.password_changed"
            accounts.set_password(tx, holder, new, action, keep_session=actor.session_id)

    await run_in_threadpool(change)
    await mails.warn(MailKind.PASSWORD_CHANGED, account_id)


@router.post("/authenticator")
def begin_authenticator(db: Db, keys: Keys, account_id: AccountId) -> AuthenticatorRead:
    """Counts once a code of it was sent with `PUT`."""
    with db.transaction() as tx:
        holder = need_holder(tx, account_id)
        secret, uri = second_factors.begin_authenticator(tx, keys, holder)
    picture = segno.make(uri, micro=False).svg_data_uri(scale=4)
    return AuthenticatorRead(secret=secret, uri=uri, picture=picture)


@router.put("/authenticator")
def confirm_authenticator(
    body: CodeEntry, db: Db, keys: Keys, account_id: AccountId
) -> RecoveryCodes:
    with db.transaction() as tx:
        holder = need_holder(tx, account_id)
        codes = second_factors.confirm_authenticator(tx, keys, holder, body.code)
    return RecoveryCodes(recovery_codes=codes)


@router.delete("/authenticator", status_code=204)
def remove_authenticator(body: PasswordEntry, db: Db, account_id: AccountId, caller: From) -> None:
    """Codes come by mail again."""
    holder = check_own_password(db, account_id, body.password, caller)
    with db.transaction() as tx:
        second_factors.remove_authenticator(tx, holder)


@router.post("/recovery-codes")
def renew_recovery_codes(
    body: PasswordEntry, db: Db, account_id: AccountId, caller: From
) -> RecoveryCodes:
    holder = check_own_password(db, account_id, body.password, caller)
    with db.transaction() as tx:
        return RecoveryCodes(recovery_codes=second_factors.renew_recovery_codes(tx, holder))
