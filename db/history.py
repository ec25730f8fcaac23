"""Who changed what, when and why. Written in the same transaction as the change."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db.engine import table_of
from db.tables.history import HistoryEntry

workflow_id: ContextVar[str | None] = ContextVar("workflow_id", default=None)
"""Set around an activity, so that every entry names the process that wrote it."""
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
origin: ContextVar[str | None] = ContextVar("origin", default=None)
"""The way in and the address it came from: `page 203.0.113.7`."""

Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Entry:
    subject: str
    subject_id: object
    action: str
    """`noun.past_participle`"""
    by: str
    changes: Changes = field(default_factory=dict)
    """{field: (old, new)}; fields that stayed the same are left out."""
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def append(tx: Session, *entries: Entry) -> None:
    tx.execute(insert(table_of(HistoryEntry)), [_row(entry) for entry in entries])


def make_room(tx: Session) -> None:
    """For the months to come; entries of a month that has none go to the rest."""
    tx.execute(select(func.history_room()))


def order_entry(
    order_id: UUID,
    action: str,
    by: str,
    changes: Changes | None = None,
    reason: str | None = None,
    **details: Any,
) -> Entry:
    return Entry("order", order_id, action, by, changes or {}, reason, details)


def differences(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """The fields whose value differs, of those that `after` names."""
    return {
        name: (before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    }


def _row(entry: Entry) -> dict[str, Any]:
    changed = {name: pair for name, pair in entry.changes.items() if pair[0] != pair[1]}
    return {
        "actor": entry.by,
        "origin": origin.get(),
        "subject": entry.subject,
        "subject_id": str(entry.subject_id),
        "action": entry.action,
        "changes": _plain(changed),
        "details": _plain(entry.details),
        "reason": entry.reason,
        "workflow_id": workflow_id.get(),
        "request_id": request_id.get(),
    }


def _plain(value: Any) -> Any:
    """What JSON can hold; everything else as its text."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | bool | None):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
