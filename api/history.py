"""The whole history for those who audit: found by anything, and taken along as a file."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel

from api.access import Db, needs
from api.answers import RESPONSES
from api.field_shapes import free, told_in
from api.paging import BadCursor
from api.routers import Router
from api.spreadsheets import Cell, SheetFormat, sheet
from db import history
from db.engine import Database
from db.history import Entry
from db.reads.audit import AuditFilters, AuditRow, Place, list_history
from db.reads.seals import SealStatus, seal_status
from domain.access import Actor, Right, nouns_of

router = Router("/history", tags=["history"], responses=RESPONSES)
Reader = Annotated[Actor, needs(Right.HISTORY_READ)]
Exporter = Annotated[Actor, needs(Right.HISTORY_EXPORT)]
Name = Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
TITLES = (
    *("id", "at", "actor", "actor name", "origin", "subject", "subject id", "subject name"),
    *("currency", "action", "changes", "details", "reason", "workflow id", "request id"),
)
ROWS_AT_ONCE = 1000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"([0-9]{1,17})\.([0-9]{1,18})")


class HistoryList(BaseModel):
    rows: list[AuditRow]
    next: str | None
    """Send it as `after` to get the next page."""


def wanted_entries(
    subject: Name = None,
    subject_id: Name = None,
    actor: Name = None,
    action: Name = None,
    field: Name = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    q: Annotated[str, Query(max_length=100)] = "",
) -> AuditFilters:
    return AuditFilters(
        subject=subject,
        subject_id=subject_id,
        actor=actor,
        action=action,
        field=field,
        since=since,
        until=until,
        q=q.replace("\0", " "),
    )


Wanted = Annotated[AuditFilters, Depends(wanted_entries)]


@router.get("")
def read_all_history(
    actor: Reader,
    db: Db,
    filters: Wanted,
    after: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> HistoryList:
    """Newest first; filters combine. `q` is an action, an id, an order's number or part of a
    reason; `field` one that was changed; `from` inclusive, `to` exclusive."""
    with db.transaction() as tx:
        page = list_history(tx, filters, _place(after) if after else None, limit)
    return HistoryList(rows=page.rows, next=_token(page.next) if page.next else None)


@router.get("/seals")
def read_seals(actor: Reader, db: Db) -> SealStatus:
    """Entries are sealed every minute: what is changed afterwards, whoever verifies them finds."""
    with db.transaction() as tx:
        return seal_status(tx)


@router.get("/export", response_class=StreamingResponse)
def export_history(
    actor: Exporter,
    db: Db,
    filters: Wanted,
    form: Annotated[SheetFormat, Query(alias="format")] = SheetFormat.CSV,
) -> StreamingResponse:
    """Everything that the filters find, without what is hidden from the caller. That it was taken
    along is itself an entry."""
    asked = {name: value for name, value in asdict(filters).items() if value}
    with db.transaction() as tx:
        entry = Entry(
            "history", "all", "history.exported", actor.name, details={**asked, "format": form}
        )
        history.append(tx, entry)
    rows = (_cells(_visible(row, actor)) for row in _every(db, filters))
    return sheet(form, f"history-{datetime.now(UTC):%Y-%m-%d}", TITLES, rows)


def _every(db: Database, filters: AuditFilters) -> Iterator[AuditRow]:
    """Page by page, so that no transaction waits for a slow reader."""
    place: Place | None = None
    while True:
        with db.transaction() as tx:
            page = list_history(tx, filters, place, ROWS_AT_ONCE, most=ROWS_AT_ONCE)
        yield from page.rows
        place = page.next
        if place is None:
            return


def _visible(row: AuditRow, actor: Actor) -> dict[str, Any]:
    record = asdict(row)
    if not actor.sees_everything:
        for told in list(told_in(record, free(nouns_of([row.subject])))):
            if told.fields & actor.hidden_keys:
                told.record.pop(told.key, None)
    return record


def _cells(record: dict[str, Any]) -> list[Cell]:
    names = ("origin", "subject", "subject_id", "subject_name", "currency", "action")
    texts = (
        record["actor"]["actor"],
        record["actor"].get("name"),
        *(record.get(name) for name in names),
        *(json.dumps(record.get(name, {}), ensure_ascii=False) for name in ("changes", "details")),
        *(record.get(name) for name in ("reason", "workflow_id", "request_id")),
    )
    return [record["id"], record["at"], *("" if text is None else text for text in texts)]


def _token(place: Place) -> str:
    return f"{(place.at - EPOCH) // timedelta(microseconds=1)}.{place.id}"


def _place(token: str) -> Place:
    found = _PLACE.fullmatch(token)
    if found is None:
        raise BadCursor("This page token cannot be read.")
    return Place(EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))
