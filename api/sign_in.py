"""Signing in step by step: for every realm the same bricks, which its routes put together."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Cookie, Depends, Header, Request, Response

from api import passwords
from api.access import NotSignedIn
from db import accounts, known_devices, sign_ins, throttles
from db.access import SESSION_LASTS, token_hash
from db.accounts import Holder
from db.engine import Database, Session
from db.secrets import Secrets
from db.sign_ins import Caller, Entered, HalfSession
from domain.sign_in import (
    CODE_LASTS,
    DEVICE_KNOWN_FOR,
    Gate,
    Realm,
    WrongCode,
    WrongPassword,
    account_gate,
    address_gate,
    device_gate,
    mail_gate,
)

DEVICE_COOKIE = "backoffice_device"


def client_address(request: Request) -> str:
    """Of whoever is connected to us; what a header says about it anybody can write."""
    return request.client.host if request.client else "unknown"


def get_caller(
    request: Request,
    user_agent: Annotated[str, Header(include_in_schema=False)] = "",
    device: Annotated[str | None, Cookie(alias=DEVICE_COOKIE, include_in_schema=False)] = None,
) -> Caller:
    return Caller(client_address(request), user_agent, device)


def get_secrets(request: Request) -> Secrets:
    keys: Secrets = request.app.state.secrets
    return keys


From = Annotated[Caller, Depends(get_caller)]
Keys = Annotated[Secrets, Depends(get_secrets)]


def check_login(db: Database, realm: Realm, login: str, password: str, caller: Caller) -> Holder:
    """The person, if the password is right. Whether the login exists shows in nothing."""
    with db.transaction() as tx:
        holder = accounts.find_by_login(tx, realm, login)
        gates = _gates(tx, realm, login, holder, caller)
        is_news = throttles.take(tx, gates)
    stored = holder.password_hash if holder else None
    if not passwords.verifies(stored, password) or holder is None:
        _record_failure(db, holder if is_news else None, caller, "password")
        raise NotSignedIn
    with db.transaction() as tx:
        throttles.give_back(tx, gates)
    return holder


def open_half(db: Database, keys: Secrets, holder: Holder, caller: Caller) -> tuple[str, int]:
    """Token and id of a half session: it waits for the second factor."""
    with db.transaction() as tx:
        gates = _gates(tx, holder.realm, holder.login, holder, caller)
        throttles.take(tx, [mail_gate("code", gates[0])])
        return sign_ins.open_half(tx, keys, holder, caller)


def complete(db: Database, keys: Secrets, token: str | None, code: str, caller: Caller) -> Entered:
    with db.transaction() as tx:
        half = need_half(tx, token)
        gates = _gates(tx, half.holder.realm, half.holder.login, half.holder, caller)
        is_news = throttles.take(tx, gates)
    with db.transaction() as tx:
        half = need_half(tx, token, lock=True)
        entered = sign_ins.complete(tx, keys, half, code, caller)
        if entered:
            forget_failures(tx, half.holder, gates)
    if entered is None:
        _record_failure(db, half.holder if is_news else None, caller, "code")
        raise WrongCode("This code is wrong. After five wrong ones you start again.")
    return entered


def enter(db: Database, holder: Holder, caller: Caller) -> Entered:
    """For realms that ask for the password alone."""
    with db.transaction() as tx:
        gates = _gates(tx, holder.realm, holder.login, holder, caller)
        forget_failures(tx, holder, gates[:1])
        return sign_ins.enter(tx, holder, caller)


def need_half(tx: Session, token: str | None, *, lock: bool = False) -> HalfSession:
    half = sign_ins.find_half(tx, token, lock=lock) if token else None
    if half is None:
        raise NotSignedIn
    return half


def need_holder(tx: Session, account_id: int) -> Holder:
    holder = accounts.find_holder(tx, account_id)
    if holder is None:
        raise NotSignedIn
    return holder


def check_own_password(db: Database, account_id: int, password: str, caller: Caller) -> Holder:
    """Whoever sits at an open session says the password once more before anything grave."""
    with db.transaction() as tx:
        holder = need_holder(tx, account_id)
        gates = _gates(tx, holder.realm, holder.login, holder, caller)
        throttles.take(tx, gates)
    if not passwords.verifies(holder.password_hash, password):
        raise WrongPassword("This is not your password.")
    with db.transaction() as tx:
        throttles.give_back(tx, gates)
    return holder


def count_link(
    db: Database, realm: Realm, login: str, holder: Holder | None, caller: Caller
) -> None:
    """Nobody fills somebody's mailbox through us."""
    with db.transaction() as tx:
        gates = _gates(tx, realm, login, holder, caller)
        throttles.take(tx, [mail_gate("link", gates[0]), *gates[1:]])


def forget_failures(tx: Session, holder: Holder, gates: Sequence[Gate] = ()) -> None:
    """Those of the person; what was taken at their address is given back."""
    own = account_gate(holder.realm, holder.login)
    through = [*gates[:1], *(gate for gate in [own] if gate not in gates)]
    mails = [mail_gate(kind, gate) for gate in through for kind in ("code", "link")]
    throttles.let_in(tx, [*through, *mails], gates[1:])


def keep_session(response: Response, cookie: str, entered: Entered) -> None:
    """In the browser, until it is closed or the session ends."""
    set_cookie(response, cookie, entered.token, int(SESSION_LASTS.total_seconds()))
    lasting = int(DEVICE_KNOWN_FOR.total_seconds())
    set_cookie(response, DEVICE_COOKIE, entered.device, lasting)


def keep_half(response: Response, cookie: str, token: str) -> None:
    set_cookie(response, cookie, token, int(CODE_LASTS.total_seconds()))


def set_cookie(response: Response, name: str, value: str, lasts_s: int) -> None:
    response.set_cookie(
        name, value, max_age=lasts_s, path="/", httponly=True, secure=True, samesite="strict"
    )


def masked(email: str) -> str:
    """Enough for its owner to know which one: `o***@shop.example`."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}"


def _gates(
    tx: Session, realm: Realm, login: str, holder: Holder | None, caller: Caller
) -> list[Gate]:
    """A browser known to this person has its own; all others share the account's, and that of
    their address."""
    if holder and caller.device and known_devices.is_known(tx, holder.account_id, caller.device):
        return [device_gate(holder.account_id, token_hash(caller.device))]
    return [account_gate(realm, login), address_gate(caller.address)]


def _record_failure(db: Database, holder: Holder | None, caller: Caller, factor: str) -> None:
    if holder:
        with db.transaction() as tx:
            sign_ins.record_failure(tx, holder, caller, factor)
