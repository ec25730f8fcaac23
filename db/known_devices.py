"""Browsers in which somebody signed in before."""

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.access import new_token, token_hash
from db.tables.access import KnownDevice
from domain.sign_in import DEVICE_KNOWN_FOR

DEVICE_PREFIX = "bod_"


def is_known(tx: Session, account_id: int, device: str | None) -> bool:
    """To this account: a browser that two people use is known to each by itself."""
    if not device:
        return False
    found = select(KnownDevice.account_id).where(
        KnownDevice.account_id == account_id,
        KnownDevice.device_hash == token_hash(device),
        KnownDevice.last_seen_at > func.now() - DEVICE_KNOWN_FOR,
    )
    return tx.scalar(found) is not None


def remember(tx: Session, account_id: int, device: str | None) -> str:
    """The token by which the browser will be known: its own if some account of ours knows it,
    else a new one, so that nobody chooses a token for somebody else's browser."""
    token = device if device and _is_ours(tx, device) else new_token(DEVICE_PREFIX)
    seen = insert(KnownDevice).values(account_id=account_id, device_hash=token_hash(token))
    tx.execute(
        seen.on_conflict_do_update(
            index_elements=["account_id", "device_hash"], set_={"last_seen_at": func.now()}
        )
    )
    return token


def forget(tx: Session, account_id: int) -> None:
    """All of them: whoever knew the old password may have signed in with one."""
    tx.execute(delete(KnownDevice).where(KnownDevice.account_id == account_id))


def _is_ours(tx: Session, device: str) -> bool:
    known = select(KnownDevice.account_id).where(KnownDevice.device_hash == token_hash(device))
    return tx.scalar(known.limit(1)) is not None
