"""How far the history is sealed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.seals import BEFORE_THE_FIRST
from db.tables.history import HistoryEntry, HistorySeal

MOST_COUNTED = 10_000
"""So many waiting entries are counted; that so many wait is reason enough to look."""


@dataclass(frozen=True)
class SealRow:
    number: int
    sealed_at: datetime
    rows: int


@dataclass(frozen=True)
class SealStatus:
    last: SealRow | None
    sealed: int
    """Entries under all seals."""
    waiting: int
    """Entries under none yet; at most 10 000 are counted."""
    waiting_since: datetime | None


def seal_status(tx: Session) -> SealStatus:
    newest = select(HistorySeal.number, HistorySeal.sealed_at, HistorySeal.rows, HistorySeal.to_id)
    last = tx.execute(newest.order_by(HistorySeal.number.desc()).limit(1)).one_or_none()
    above = BEFORE_THE_FIRST if last is None else last.to_id
    later = select(HistoryEntry.at).where(HistoryEntry.id > above).order_by(HistoryEntry.id)
    few = later.limit(MOST_COUNTED).subquery()
    waiting, since = tx.execute(select(func.count(), func.min(few.c.at))).one()
    return SealStatus(
        last=SealRow(last.number, last.sealed_at, last.rows) if last else None,
        sealed=int(tx.scalar(select(func.sum(HistorySeal.rows))) or 0),
        waiting=waiting,
        waiting_since=since,
    )
