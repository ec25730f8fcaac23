"""Notices: prepared once for each person concerned, then sent and recorded one by one."""

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import notice_settings
from db.tables.changes import Cancellation
from db.tables.notices import Notice
from db.tables.orders import Order, OrderLine
from db.tables.shipments import Shipment
from db.tables.shop import Channel, Setting
from db.tables.staff import Group, StaffBranch, StaffGroup, StaffMember
from domain.access import Reach, Right
from domain.money import Money
from domain.notice_texts import language_of
from domain.notice_texts.facts import Facts, Item
from domain.notice_texts.templates import text_for
from domain.notices import (
    TOLD_TO_ALL,
    Announcement,
    Audience,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    NoticeText,
    Recipient,
    kinds_to_tell,
)
from domain.shipments import ShipmentState

WAITING = (NoticeState.QUEUED, NoticeState.UNKNOWN)
_PARCEL_STATES = {
    NoticeEvent.ORDER_SHIPPED: ShipmentState.SHIPPED,
    NoticeEvent.ORDER_READY_FOR_PICKUP: ShipmentState.READY_FOR_PICKUP,
    NoticeEvent.ORDER_DELIVERED: ShipmentState.DELIVERED,
}
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


def prepare(tx: Session, announcement: Announcement) -> None:
    """Writes the notices of this change, unless that was done before: whom a first attempt found
    hears of it, even when the rules or an address change before the next."""
    if tx.scalar(select(Notice.id).where(Notice.change_id == announcement.change_id).limit(1)):
        return
    event = NoticeEvent(announcement.event)
    order = tx.get_one(Order, announcement.order_id)
    rules = notice_settings.list_rules(tx, event)
    own = notice_settings.list_templates(tx, event)
    facts = _facts(tx, order, event)
    rows = [
        _row(announcement, kind, recipient, text_for(kind, recipient, facts, own.get(kind, {})))
        for recipient in _recipients(tx, order, event, tell_customer=announcement.tell_customer)
        for kind in kinds_to_tell(event, recipient, rules)
    ]
    if rows:
        tx.execute(insert(Notice).values(rows).on_conflict_do_nothing())


def list_waiting(tx: Session, change_id: UUID) -> list[WaitingNotice]:
    """Those not tried yet first, so that an attempt cut short keeps nobody waiting twice; of them
    customers first."""
    was_tried = or_(Notice.state == NoticeState.UNKNOWN, Notice.fail_reason.is_not(None))
    rows = tx.scalars(
        select(Notice)
        .where(Notice.change_id == change_id, Notice.state.in_(WAITING))
        .order_by(was_tried, Notice.audience, Notice.channel, Notice.recipient)
    )
    return [
        WaitingNotice(
            row.id,
            NoticeChannel(row.channel),
            row.recipient,
            row.language,
            NoticeText(row.subject, row.body),
            NoticeState(row.state),
            row.created_at,
        )
        for row in rows
    ]


def claim_waiting(tx: Session, change_id: UUID) -> list[WaitingNotice]:
    """The waiting ones, with the state they were in. Until their providers have answered nobody
    knows whether they were sent, and the books say so."""
    waiting = list_waiting(tx, change_id)
    if waiting:
        tx.execute(
            update(Notice)
            .where(Notice.id.in_([notice.id for notice in waiting]))
            .values(state=NoticeState.UNKNOWN)
        )
    return waiting


@dataclass(frozen=True)
class Outcome:
    """What became of a notice that was given to its provider."""

    id: UUID
    state: NoticeState
    reference: str | None = None
    reason: str | None = None


def record(tx: Session, outcomes: Sequence[Outcome]) -> None:
    """What was sent stays sent."""
    for outcome in outcomes:
        sent_at = func.now() if outcome.state is NoticeState.SENT else None
        tx.execute(
            update(Notice)
            .where(Notice.id == outcome.id, Notice.state.in_(WAITING))
            .values(
                state=outcome.state,
                reference=outcome.reference,
                fail_reason=outcome.reason[:_LONGEST_REASON] if outcome.reason else None,
                sent_at=sent_at,
            )
        )


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
        "state": NoticeState.SENT if is_shown_here else NoticeState.QUEUED,
        "sent_at": func.now() if is_shown_here else None,
    }


def _recipients(
    tx: Session, order: Order, event: NoticeEvent, *, tell_customer: bool
) -> Iterable[Recipient]:
    if tell_customer:
        yield Recipient(
            Audience.CUSTOMER,
            order.customer_name,
            order.customer_email,
            order.customer_phone,
            language_of(order.language),
        )
    for member in _staff_concerned(tx, order, event):
        yield Recipient(
            Audience.STAFF,
            member.name,
            member.email,
            member.phone,
            language_of(member.language),
            member.id,
        )


def _staff_concerned(tx: Session, order: Order, event: NoticeEvent) -> list[StaffMember]:
    """The responsible person; everybody who may see the order where it is news to all, or where
    nobody is responsible."""
    active = select(StaffMember).where(StaffMember.is_active).order_by(StaffMember.id)
    responsible = StaffMember.id == order.responsible_id
    theirs = list(tx.scalars(active.where(responsible)))
    if theirs and event not in TOLD_TO_ALL:
        return theirs
    return list(tx.scalars(active.where(or_(responsible, _may_read(order)))))


def _may_read(order: Order) -> ColumnElement[bool]:
    """Members of a group that reads all orders, or those of the branch where they work."""
    reach = Group.rights[Right.ORDER_READ.value].astext
    works_there = exists().where(
        StaffBranch.staff_id == StaffGroup.staff_id, StaffBranch.branch_id == order.branch_id
    )
    return exists().where(
        StaffGroup.staff_id == StaffMember.id,
        StaffGroup.group_id == Group.id,
        or_(Group.level == 0, reach == Reach.ALL, and_(reach == Reach.OWN, works_there)),
    )


def _facts(tx: Session, order: Order, event: NoticeEvent) -> Facts:
    return Facts(
        order_number=order.number,
        shop_name=_shop_name(tx, order),
        customer_name=order.customer_name or order.customer_email,
        total=Money(order.total, order.currency),
        refunded=Money(order.refunded, order.currency),
        items=_items(tx, order),
        responsible_name=_responsible_name(tx, order),
        tracking=_tracking_number(tx, order, event),
        attention=(order.attention or "") if event is NoticeEvent.ATTENTION_NEEDED else "",
        reason=_reason(tx, order, event),
    )


def _shop_name(tx: Session, order: Order) -> str:
    """As set, or else the name of the channel the customer ordered through."""
    setting = tx.get(Setting, "shop")
    return (setting and setting.value.get("name")) or tx.get_one(Channel, order.channel_id).name


def _items(tx: Session, order: Order) -> list[Item]:
    wanted = OrderLine.ordered - OrderLine.cancelled
    rows = tx.execute(
        select(OrderLine.name, wanted)
        .where(OrderLine.order_id == order.id, wanted > 0)
        .order_by(OrderLine.line)
    )
    return [Item(name, quantity) for name, quantity in rows]


def _responsible_name(tx: Session, order: Order) -> str:
    if order.responsible_id is None:
        return ""
    return tx.get_one(StaffMember, order.responsible_id).name


def _tracking_number(tx: Session, order: Order, event: NoticeEvent) -> str:
    """Of the parcel that the event is about: the newest one in its state."""
    if event not in _PARCEL_STATES:
        return ""
    moved_at = func.coalesce(Shipment.delivered_at, Shipment.shipped_at, Shipment.created_at)
    number = tx.scalar(
        select(Shipment.tracking_number)
        .where(Shipment.order_id == order.id, Shipment.state == _PARCEL_STATES[event])
        .order_by(moved_at.desc(), Shipment.sequence.desc())
        .limit(1)
    )
    return number or ""


def _reason(tx: Session, order: Order, event: NoticeEvent) -> str:
    if event is NoticeEvent.ORDER_HELD:
        return order.hold_reason or ""
    if event is not NoticeEvent.ORDER_CANCELLED:
        return ""
    newest = (
        select(Cancellation.reason)
        .where(Cancellation.order_id == order.id)
        .order_by(Cancellation.at.desc())
        .limit(1)
    )
    return tx.scalar(newest) or ""


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
