"""A sign-in from the right password to the open session."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from db import accounts, history, known_devices, second_factors, sessions
from db.access import CUSTOMER_PREFIX, SESSION_LASTS, STAFF_PREFIX, new_token, token_hash
from db.accounts import Holder
from db.history import Entry
from db.secrets import Secrets
from db.tables.access import Session as SessionRow
from db.tables.access import SignInCode
from domain.sign_in import (
    CODE_LASTS,
    CODE_TRIES,
    RESEND_AFTER,
    Realm,
    SecondFactor,
    TooManyAttempts,
)

PREFIXES = {Realm.STAFF: STAFF_PREFIX, Realm.CUSTOMER: CUSTOMER_PREFIX}
LONGEST_AGENT = 300


@dataclass(frozen=True)
class Caller:
    """Whose browser it is, as far as it tells."""

    address: str
    user_agent: str = ""
    device: str | None = None
    """The token by which it may be known."""


@dataclass(frozen=True)
class HalfSession:
    """The password was right; the second factor is still owed."""

    id: int
    token_hash: bytes
    holder: Holder


@dataclass(frozen=True)
class Entered:
    session_id: int
    token: str
    device: str
    is_new_device: bool
    holder: Holder


_HALF = select(SessionRow).where(
    SessionRow.token_hash == bindparam("token"),
    ~SessionRow.is_full,
    SessionRow.expires_at > func.now(),
    exists().where(SignInCode.session_id == SessionRow.id),
)
_HALF_LOCKED = _HALF.with_for_update()


def open_half(tx: Session, keys: Secrets, holder: Holder, caller: Caller) -> tuple[str, int]:
    """Token and id of a half session, with its code for whoever gets one by mail."""
    sessions.end_expired(tx, holder.account_id)
    token = new_token(PREFIXES[holder.realm])
    hashed = token_hash(token)
    expires_at = datetime.now(UTC) + CODE_LASTS
    session_id = _add_session(tx, holder, caller, hashed, expires_at, is_full=False)
    by_mail = holder.second_factor is SecondFactor.EMAIL
    tx.execute(
        insert(SignInCode).values(
            session_id=session_id,
            code_hash=keys.code_hash(hashed, keys.code_of(hashed)) if by_mail else b"",
            expires_at=expires_at,
            tries_left=CODE_TRIES,
        )
    )
    return token, session_id


def find_half(tx: Session, token: str, *, lock: bool = False) -> HalfSession | None:
    """None also where there is no code that it could wait for: nothing can complete it."""
    row = tx.scalar(_HALF_LOCKED if lock else _HALF, {"token": token_hash(token)})
    holder = accounts.find_holder(tx, row.account_id) if row else None
    return HalfSession(row.id, row.token_hash, holder) if row and holder else None


def complete(
    tx: Session, keys: Secrets, half: HalfSession, code: str, caller: Caller
) -> Entered | None:
    """The half session, which the caller has locked, dies and another is born: nobody who knew its
    token is signed in. None: the code is wrong, and one try less is left."""
    if _takes(tx, keys, half, second_factors.plain(code)):
        _end(tx, half)
        return enter(tx, half.holder, caller)
    left = tx.execute(
        update(SignInCode)
        .where(SignInCode.session_id == half.id)
        .values(tries_left=SignInCode.tries_left - 1)
        .returning(SignInCode.tries_left)
    ).scalar_one()
    if left <= 0:
        _end(tx, half)
    return None


def enter(tx: Session, holder: Holder, caller: Caller) -> Entered:
    """A full session: every factor that this realm asks for was given."""
    known = known_devices.is_known(tx, holder.account_id, caller.device)
    device = known_devices.remember(tx, holder.account_id, caller.device)
    token = new_token(PREFIXES[holder.realm])
    expires_at = datetime.now(UTC) + SESSION_LASTS
    session_id = _add_session(tx, holder, caller, token_hash(token), expires_at, is_full=True)
    accounts.tell(
        tx,
        holder,
        "account.signed_in",
        session=session_id,
        address=caller.address,
        user_agent=caller.user_agent[:LONGEST_AGENT],
        device="known" if known else "new",
    )
    return Entered(session_id, token, device, not known, holder)


def record_failure(tx: Session, holder: Holder, caller: Caller, factor: str) -> None:
    """Nobody knows who it was."""
    details = {"factor": factor, "address": caller.address}
    entry = Entry("account", holder.account_id, "account.sign_in_failed", "system", details=details)
    history.append(tx, entry)


def mark_resent(tx: Session, half: HalfSession) -> None:
    """At most once a minute. The caller has locked the half session."""
    row = tx.get_one(SignInCode, half.id, with_for_update=True)
    wait = row.sent_at + RESEND_AFTER - datetime.now(UTC)
    if wait.total_seconds() > 0:
        raise TooManyAttempts(wait)
    row.sent_at = datetime.now(UTC)


def _takes(tx: Session, keys: Secrets, half: HalfSession, code: str) -> bool:
    account_id = half.holder.account_id
    if second_factors.take_recovery_code(tx, account_id, code):
        accounts.tell(tx, half.holder, "account.recovery_code_used")
        return True
    if half.holder.second_factor is SecondFactor.AUTHENTICATOR:
        return second_factors.take_totp(tx, keys, account_id, code)
    stored = tx.get_one(SignInCode, half.id).code_hash
    return keys.is_code(stored, half.token_hash, code)


def _end(tx: Session, half: HalfSession) -> None:
    tx.execute(delete(SessionRow).where(SessionRow.id == half.id))


def _add_session(
    tx: Session,
    holder: Holder,
    caller: Caller,
    hashed: bytes,
    expires_at: datetime,
    *,
    is_full: bool,
) -> int:
    return tx.execute(
        insert(SessionRow)
        .values(
            token_hash=hashed,
            account_id=holder.account_id,
            is_full=is_full,
            address=caller.address,
            user_agent=caller.user_agent[:LONGEST_AGENT],
            expires_at=expires_at,
        )
        .returning(SessionRow.id)
    ).scalar_one()
