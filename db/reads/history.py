"""The protocol of a subject: who did what to it, when and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.reads.names import ActorName, Actors
from db.reads.rows import build, columns
from db.tables.history import HistoryEntry

MOST = 100


@dataclass(frozen=True)
class HistoryRow:
    id: int
    at: datetime
    actor: ActorName
    action: str
    changes: dict[str, Any]
    """{field: [old, new]}"""
    details: dict[str, Any]
    reason: str | None
    workflow_id: str | None
    request_id: str | None


@dataclass(frozen=True)
class HistoryPage:
    rows: list[HistoryRow]
    next: int | None
    """The id of the last row, when older ones follow."""


def order_history(
    tx: Session, order_id: UUID, after: int | None = None, limit: int = 50
) -> HistoryPage:
    return _history(tx, "order", order_id, after, limit)


def customer_history(
    tx: Session, customer_id: int, after: int | None = None, limit: int = 50
) -> HistoryPage:
    return _history(tx, "customer", customer_id, after, limit)


def _history(
    tx: Session, subject: str, subject_id: object, after: int | None, limit: int
) -> HistoryPage:
    """Newest first; `after` is the `next` of the page before."""
    if not 1 <= limit <= MOST:
        raise ValueError(f"A page has 1 to {MOST} entries, not {limit}.")
    entries = select(*columns(HistoryEntry, HistoryRow)).where(
        HistoryEntry.subject == subject, HistoryEntry.subject_id == str(subject_id)
    )
    if after is not None:
        entries = entries.where(HistoryEntry.id < after)
    rows = tx.execute(entries.order_by(HistoryEntry.id.desc()).limit(limit + 1)).all()
    actors = Actors(tx, (row.actor for row in rows[:limit]))
    shown = [build(HistoryRow, row, actor=actors[row.actor]) for row in rows[:limit]]
    return HistoryPage(shown, shown[-1].id if len(rows) > limit else None)
