"""The second factor: a code by mail, an authenticator app, or a recovery code."""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Sequence

import pyotp
from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from db import accounts
from db.accounts import Holder
from db.secrets import Secrets
from db.tables.access import Account, RecoveryCode
from domain.sign_in import AuthenticatorState, SecondFactor, WrongCode

ISSUER = "BackOffice"
RECOVERY_CODES = 10
STEP_S = 30
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that looks like another one."""
_RECOVERY = re.compile(rf"[{_LETTERS}]{{12}}")


def plain(code: str) -> str:
    """As people copy them: with blanks, dashes, capitals."""
    return re.sub(r"[\s-]", "", code).lower()


def begin_authenticator(tx: Session, keys: Secrets, holder: Holder) -> tuple[str, str]:
    """The secret and the address for the app. It counts once a code of it was shown to us."""
    _refuse_if_set_up(holder)
    secret = pyotp.random_base32()
    _save(tx, holder, totp_secret=keys.seal(secret), totp_last_step=None)
    accounts.tell(tx, holder, "account.authenticator_begun")
    uri = pyotp.TOTP(secret, name=holder.login, issuer=ISSUER).provisioning_uri()
    return secret, uri


def confirm_authenticator(tx: Session, keys: Secrets, holder: Holder, code: str) -> list[str]:
    """From now on it is asked for instead of a code by mail. The recovery codes, shown once."""
    _refuse_if_set_up(holder)
    if not take_totp(tx, keys, holder.account_id, plain(code)):
        raise WrongCode("This is not the code that the app shows now.")
    _save(tx, holder, totp_confirmed_at=func.now())
    accounts.tell(tx, holder, "account.authenticator_confirmed")
    return renew_recovery_codes(tx, holder)


def remove_authenticator(tx: Session, holder: Holder) -> None:
    if holder.second_factor is not SecondFactor.AUTHENTICATOR:
        raise AuthenticatorState("No authenticator app is set up.")
    _save(tx, holder, totp_secret=None, totp_confirmed_at=None, totp_last_step=None)
    _forget_recovery_codes(tx, holder)
    accounts.tell(tx, holder, "account.authenticator_removed")


def renew_recovery_codes(tx: Session, holder: Holder) -> list[str]:
    """Those from before are good for nothing any more."""
    _forget_recovery_codes(tx, holder)
    codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    rows = [
        {"account_id": holder.account_id, "code_hash": _hash(holder.account_id, plain(code))}
        for code in codes
    ]
    tx.execute(insert(RecoveryCode), rows)
    accounts.tell(tx, holder, "account.recovery_codes_renewed", codes=len(codes))
    return codes


def take_totp(tx: Session, keys: Secrets, account_id: int, code: str) -> bool:
    """One step of drift either way; no code, and none older than it, is taken again."""
    sealed = tx.scalar(select(Account.totp_secret).where(Account.id == account_id))
    step = _step_of(keys.open(sealed), code) if sealed else None
    if step is None:
        return False
    taken = tx.scalar(
        update(Account)
        .where(
            Account.id == account_id,
            or_(Account.totp_last_step.is_(None), Account.totp_last_step < step),
        )
        .values(totp_last_step=step)
        .returning(Account.id)
    )
    return taken is not None


def take_recovery_code(tx: Session, account_id: int, code: str) -> bool:
    if not _RECOVERY.fullmatch(code):
        return False
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _hash(account_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=func.now())
        .returning(RecoveryCode.account_id)
    )
    return tx.scalar(used) is not None


def _step_of(secret: str, code: str) -> int | None:
    """The newest step around now that has this code."""
    app, now = pyotp.TOTP(secret), int(time.time()) // STEP_S
    steps: Sequence[int] = (now + 1, now, now - 1)
    found = [step for step in steps if hmac.compare_digest(app.generate_otp(step), code)]
    return found[0] if found else None


def _refuse_if_set_up(holder: Holder) -> None:
    if holder.second_factor is SecondFactor.AUTHENTICATOR:
        raise AuthenticatorState("An authenticator app is set up already: remove it first.")


def _save(tx: Session, holder: Holder, **values: object) -> None:
    row = update(Account).where(Account.id == holder.account_id)
    tx.execute(row.values(**values, version=Account.version + 1))


def _forget_recovery_codes(tx: Session, holder: Holder) -> None:
    tx.execute(delete(RecoveryCode).where(RecoveryCode.account_id == holder.account_id))


def _new_recovery_code() -> str:
    signs = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def _hash(account_id: int, code: str) -> bytes:
    """59 random bits, and the account's number for salt: one round is enough."""
    return hashlib.sha256(f"{account_id}:{code}".encode()).digest()
