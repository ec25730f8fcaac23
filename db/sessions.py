"""Somebody's open doors: the list of them, and closing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import history
from db.access import IDLE_ENDS
from db.history import Entry
from db.tables.access import Session as SessionRow

Condition = ColumnElement[bool] | InstrumentedAttribute[bool]


@dataclass(frozen=True)
class OpenSession:
    id: int
    address: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


def list_open(tx: Session, account_id: int) -> list[OpenSession]:
    """Newest first."""
    columns = [getattr(SessionRow, name) for name in OpenSession.__dataclass_fields__]
    rows = tx.execute(
        select(*columns)
        .where(*_of(account_id), SessionRow.is_full, *_alive())
        .order_by(SessionRow.id.desc())
    )
    return [OpenSession(*row) for row in rows]


def revoke(tx: Session, account_id: int, session_id: int, by: str) -> bool:
    """False: this account has no such session."""
    ended = _end(tx, *_of(account_id), SessionRow.id == session_id, SessionRow.is_full)
    _tell(tx, account_id, ended, by)
    return bool(ended)


def sign_out(tx: Session, account_id: int, session_id: int, by: str) -> None:
    if _end(tx, *_of(account_id), SessionRow.id == session_id):
        details = {"session": session_id}
        history.append(tx, Entry("account", account_id, "account.signed_out", by, details=details))


def revoke_all(tx: Session, account_id: int, by: str, *, keep: int | None = None) -> int:
    """How many; half-finished sign-ins end too."""
    ended = _end(tx, *_of(account_id), SessionRow.id.is_distinct_from(keep))
    _tell(tx, account_id, ended, by)
    return len(ended)


def end_all(tx: Session, account_id: int, *, keep: int | None = None) -> int:
    """For whoever tells history themselves why."""
    return len(_end(tx, *_of(account_id), SessionRow.id.is_distinct_from(keep)))


def end_expired(tx: Session, account_id: int) -> None:
    _end(tx, *_of(account_id), SessionRow.expires_at < func.now())


def _of(account_id: int) -> tuple[ColumnElement[bool]]:
    return (SessionRow.account_id == account_id,)


def _alive() -> tuple[ColumnElement[bool], ...]:
    return (
        SessionRow.expires_at > func.now(),
        SessionRow.last_seen_at > func.now() - IDLE_ENDS,
    )


def _end(tx: Session, *conditions: Condition) -> Sequence[int]:
    return tx.scalars(delete(SessionRow).where(*conditions).returning(SessionRow.id)).all()


def _tell(tx: Session, account_id: int, ended: Sequence[int], by: str) -> None:
    if ended:
        details = {"sessions": sorted(ended)}
        history.append(tx, Entry("account", account_id, "session.revoked", by, details=details))
