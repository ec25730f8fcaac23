"""Notices: prepared once for each person concerned, then sent and recorded one by one."""

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, bindparam, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.engine import table_of
from db.notice_facts import NoticeFacts
from db.tables.notices import Notice
from domain.notice_texts.templates import text_for
from domain.notices import (
    Announcement,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    NoticeText,
    Recipient,
    kinds_to_tell,
)

WAITING = (NoticeState.QUEUED, NoticeState.UNKNOWN)
_LONGEST_REASON = 300


@dataclass(frozen=True)
class WaitingNotice:
    id: UUID
    channel: NoticeChannel
    to: str
    language: str
    text: NoticeText
    state: NoticeState
    created_at: datetime


def claim(tx: Session, news: Sequence[Announcement]) -> dict[UUID, list[WaitingNotice]]:
    """By change: its notices that still wait, in the state they were in. They are written first,
    unless that was done before: whom a first attempt found hears of it, even when the rules or an
    address change before the next. Until their providers have answered nobody knows whether they
    were sent, and the books say so."""
    waiting = _claim_written(tx, [each.change_id for each in news])
    unwritten = [each for each in news if each.change_id not in waiting]
    if unwritten:
        waiting |= _write(tx, unwritten)
    return waiting


def _claim_written(tx: Session, change_ids: Sequence[UUID]) -> dict[UUID, list[WaitingNotice]]:
    """Those not tried yet first, so that an attempt cut short keeps nobody waiting twice; of them
    customers first."""
    was_tried = or_(Notice.state == NoticeState.UNKNOWN, Notice.fail_reason.is_not(None))
    rows = tx.scalars(
        select(Notice)
        .where(Notice.change_id.in_(change_ids))
        .order_by(was_tried, Notice.audience, Notice.channel, Notice.recipient)
    ).all()
    found: dict[UUID, list[WaitingNotice]] = {row.change_id: [] for row in rows}
    for row in rows:
        if row.state in WAITING:
            found[row.change_id].append(_waiting(row))
            row.state = NoticeState.UNKNOWN
    tx.flush()
    return found


def _waiting(row: Notice) -> WaitingNotice:
    return WaitingNotice(
        row.id,
        NoticeChannel(row.channel),
        row.recipient,
        row.language,
        NoticeText(row.subject, row.body),
        NoticeState(row.state),
        row.created_at,
    )


def _write(tx: Session, news: Sequence[Announcement]) -> dict[UUID, list[WaitingNotice]]:
    facts = NoticeFacts(tx, news)
    rows = [row for each in news for row in _rows(facts, each)]
    ours = _insert(tx, rows)
    waiting: dict[UUID, list[WaitingNotice]] = {each.change_id: [] for each in news}
    for row in sorted(rows, key=lambda row: (row["audience"], row["channel"], row["recipient"])):
        if row["id"] in ours and row["state"] in WAITING:
            waiting[row["change_id"]].append(_as_waiting(row))
    return waiting


def _insert(tx: Session, rows: Sequence[dict[str, Any]]) -> set[UUID]:
    """Those that another attempt has not written at the same moment."""
    if not rows:
        return set()
    written = insert(table_of(Notice)).on_conflict_do_nothing()
    return set(tx.scalars(written.returning(table_of(Notice).c.id), list(rows)))


def _rows(facts: NoticeFacts, news: Announcement) -> Iterator[dict[str, Any]]:
    event = NoticeEvent(news.event)
    said = facts.of(news.order_id, event)
    for recipient in facts.recipients(news):
        for kind in kinds_to_tell(event, recipient, facts.rules):
            own = facts.own_texts.get(kind, {})
            yield _row(news, kind, recipient, text_for(kind, recipient, said, own))


def _as_waiting(row: dict[str, Any]) -> WaitingNotice:
    text = NoticeText(row["subject"], row["body"])
    return WaitingNotice(
        *(row["id"], row["channel"], row["recipient"], row["language"], text),
        *(NoticeState.QUEUED, datetime.now(UTC)),
    )


@dataclass(frozen=True)
class Outcome:
    """What became of a notice that was given to its provider."""

    id: UUID
    state: NoticeState
    reference: str | None = None
    reason: str | None = None


def record(tx: Session, outcomes: Sequence[Outcome]) -> None:
    """What was sent stays sent."""
    if outcomes:
        tx.execute(_RECORD, [_recorded(outcome) for outcome in outcomes])


_notices = table_of(Notice)
_RECORD = (
    update(_notices)
    .where(
        _notices.c.id == bindparam("notice"),
        or_(*(_notices.c.state == state for state in WAITING)),
    )
    .values(
        state=bindparam("new_state"),
        reference=bindparam("new_reference"),
        fail_reason=bindparam("why"),
        sent_at=case((bindparam("was_sent", type_=Boolean), func.now())),
    )
)


def _recorded(outcome: Outcome) -> dict[str, Any]:
    return {
        "notice": outcome.id,
        "new_state": outcome.state,
        "was_sent": outcome.state is NoticeState.SENT,
        "new_reference": outcome.reference,
        "why": outcome.reason[:_LONGEST_REASON] if outcome.reason else None,
    }


def _row(
    announcement: Announcement,
    kind: NoticeKind,
    recipient: Recipient,
    worded: tuple[str, NoticeText],
) -> dict[str, Any]:
    language, text = worded
    is_shown_here = kind.channel is NoticeChannel.IN_APP
    return {
        "id": _time_ordered_id(),
        "change_id": announcement.change_id,
        "order_id": announcement.order_id,
        "event": kind.event,
        "audience": kind.audience,
        "channel": kind.channel,
        "recipient": recipient.address(kind.channel),
        "staff_id": recipient.staff_id,
        "language": language,
        "subject": text.subject,
        "body": text.body,
        "state": NoticeState.SENT if is_shown_here else NoticeState.UNKNOWN,
        "sent_at": datetime.now(UTC) if is_shown_here else None,
    }


def _time_ordered_id() -> UUID:
    """UUID version 7: newer notices have greater ids, as the list of one's notices needs it."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return UUID(
        int=milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0x2 << 62 | random % (1 << 62)
    )


def record_undelivered(tx: Session, reference: str, reason: str) -> None:
    """The provider took it and could not bring it to the person. Told twice changes nothing."""
    tx.execute(
        update(Notice)
        .where(
            Notice.channel == NoticeChannel.SMS,
            Notice.reference == reference,
            Notice.state == NoticeState.SENT,
        )
        .values(state=NoticeState.FAILED, fail_reason=reason[:_LONGEST_REASON])
    )
