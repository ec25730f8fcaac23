"""The whole history as an auditor reads it: found by anything that an entry says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from db.reads.history import MOST, HistoryRow
from db.reads.names import Actors
from db.reads.rows import build, columns
from db.reads.search import Search
from db.reads.subjects import Subjects
from db.tables.history import HistoryEntry
from db.tables.orders import Order

TRIGRAM = 3


@dataclass(frozen=True, kw_only=True)
class AuditFilters:
    subject: str | None = None
    subject_id: str | None = None
    actor: str | None = None
    action: str | None = None
    field: str | None = None
    """One that was changed."""
    since: datetime | None = None
    until: datetime | None = None
    """Exclusive."""
    q: str = ""


@dataclass(frozen=True)
class AuditRow(HistoryRow):
    origin: str | None
    subject: str
    subject_id: str
    subject_name: str | None
    currency: str | None
    """Of an order: its amounts are in minor units of it."""


@dataclass(frozen=True)
class Place:
    """Of the last row of a page."""

    at: datetime
    id: int


@dataclass(frozen=True)
class AuditPage:
    rows: list[AuditRow]
    next: Place | None


def list_history(
    tx: Session,
    filters: AuditFilters,
    after: Place | None = None,
    limit: int = 50,
    most: int = MOST,
) -> AuditPage:
    """Newest first."""
    if not 1 <= limit <= most:
        raise ValueError(f"A page has 1 to {most} entries, not {limit}.")
    wanted = select(*columns(HistoryEntry, AuditRow)).where(*_conditions(filters))
    if after is not None:
        wanted = wanted.where(_key() < tuple_(literal(after.at), literal(after.id)))
    rows = tx.execute(_newest_first(wanted).limit(limit + 1)).all()
    shown = _named(tx, rows[:limit])
    last = shown[-1] if len(rows) > limit else None
    return AuditPage(shown, Place(last.at, last.id) if last else None)


def _newest_first(wanted: Select[Any]) -> Select[Any]:
    return wanted.order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc())


def _key() -> Any:
    return tuple_(HistoryEntry.at, HistoryEntry.id)


def _named(tx: Session, rows: Any) -> list[AuditRow]:
    if not rows:
        return []
    actors, subjects = Actors(tx, (row.actor for row in rows)), Subjects(tx, rows)
    return [_row(row, actors, subjects) for row in rows]


def _row(row: Row[Any], actors: Actors, subjects: Subjects) -> AuditRow:
    name, currency = subjects.name_of(row), subjects.currency_of(row)
    actor = actors[row.actor]
    return build(AuditRow, row, actor=actor, subject_name=name, currency=currency)


def _conditions(filters: AuditFilters) -> Iterator[ColumnElement[bool]]:
    for name in ("subject", "subject_id", "actor", "action"):
        if (value := getattr(filters, name)) is not None:
            yield getattr(HistoryEntry, name) == value
    if filters.field is not None:
        changed = func.history_fields(HistoryEntry.changes, type_=ARRAY(Text))
        yield changed.contains([filters.field])
    if filters.since is not None:
        yield HistoryEntry.at >= filters.since
    if filters.until is not None:
        yield HistoryEntry.at < filters.until
    if words := filters.q.strip():
        yield or_(*_meant(words))


def _meant(words: str) -> Iterator[ColumnElement[bool]]:
    """An action, a subject's id, an order's number, or something out of the reason."""
    yield HistoryEntry.action == words
    yield HistoryEntry.subject_id == words
    if (number := Search(words).number) is not None:
        order = select(cast(Order.id, String)).where(Order.number == number).scalar_subquery()
        yield HistoryEntry.subject_id == order
    if len(words) >= TRIGRAM:
        told = func.lower(HistoryEntry.reason).contains(words.lower(), autoescape=True)
        yield and_(HistoryEntry.reason.is_not(None), told)
