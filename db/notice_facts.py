"""What the notices of a batch of news are made of, and whom they go to: read once for all."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from db import notice_settings
from db.access import grants_of
from db.tables.changes import Cancellation
from db.tables.orders import Order, OrderLine
from db.tables.shipments import Shipment
from db.tables.shop import Channel, Setting
from db.tables.staff import Group, StaffBranch, StaffGroup, StaffMember
from domain.access import Actor, Reach, Right
from domain.money import Money
from domain.notice_texts import language_of
from domain.notice_texts.facts import Facts, Item
from domain.notices import TOLD_TO_ALL, Announcement, Audience, NoticeEvent, Recipient
from domain.shipments import ShipmentState

_PARCEL_STATES = {
    NoticeEvent.ORDER_SHIPPED: ShipmentState.SHIPPED,
    NoticeEvent.ORDER_READY_FOR_PICKUP: ShipmentState.READY_FOR_PICKUP,
    NoticeEvent.ORDER_DELIVERED: ShipmentState.DELIVERED,
}


class NoticeFacts:
    def __init__(self, tx: Session, news: Collection[Announcement]) -> None:
        self._tx = tx
        ids = {each.order_id for each in news}
        self._orders = {row.id: row for row in tx.execute(_orders(ids))}
        self._items = _items(tx, ids)
        self._readers: dict[int | None, list[StaffMember]] = {}

    @cached_property
    def rules(self) -> dict[Any, bool]:
        return notice_settings.list_rules(self._tx)

    @cached_property
    def own_texts(self) -> notice_settings.OwnTexts:
        return notice_settings.list_templates(self._tx)

    def of(self, order_id: UUID, event: NoticeEvent) -> Facts:
        order = self._orders[order_id]
        return Facts(
            order_number=order.number,
            shop_name=self._shop_name or order.channel_name,
            customer_name=order.customer_name or order.customer_email,
            total=Money(order.total, order.currency),
            refunded=Money(order.refunded, order.currency),
            items=self._items[order_id],
            responsible_name=order.responsible_name or "",
            tracking=_tracking_number(self._tx, order_id, event),
            attention=(order.attention or "") if event is NoticeEvent.ATTENTION_NEEDED else "",
            reason=_reason(self._tx, order, event),
            is_named=bool(order.customer_name),
        )

    def recipients(self, news: Announcement) -> Iterator[Recipient]:
        order = self._orders[news.order_id]
        if news.tell_customer:
            yield Recipient(
                Audience.CUSTOMER,
                order.customer_name,
                order.customer_email,
                order.customer_phone,
                language_of(order.language),
            )
        for member in self._staff_concerned(order, NoticeEvent(news.event)):
            yield Recipient(
                Audience.STAFF,
                member.name,
                member.email,
                member.phone,
                language_of(member.language),
                member.id,
                self._hidden.get(member.id, NOBODYS),
            )

    @cached_property
    def _hidden(self) -> dict[int, frozenset[str]]:
        """By member of staff: the fields of orders that they do not see."""
        rows = self._tx.execute(
            select(StaffGroup.staff_id, Group.level, Group.rights, Group.fields).join(
                Group, Group.id == StaffGroup.group_id
            )
        )
        groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            groups[row.staff_id].append(row._asdict())
        return {staff: _hidden_by(theirs) for staff, theirs in groups.items()}

    @cached_property
    def _shop_name(self) -> str:
        """As set, or else that of the channel the customer ordered through."""
        setting = self._tx.get(Setting, "shop")
        return (setting and setting.value.get("name")) or ""

    def _staff_concerned(self, order: Row[Any], event: NoticeEvent) -> list[StaffMember]:
        """The responsible person; everybody who may see the order where it is news to all, or
        where nobody is responsible."""
        responsible = self._member(order.responsible_id)
        if responsible and event not in TOLD_TO_ALL:
            return [responsible]
        readers = self._readers_of(order.branch_id)
        if responsible is None or responsible in readers:
            return readers
        return sorted([responsible, *readers], key=lambda member: member.id)

    def _member(self, staff_id: int | None) -> StaffMember | None:
        member = None if staff_id is None else self._tx.get(StaffMember, staff_id)
        return member if member and member.is_active else None

    def _readers_of(self, branch_id: int | None) -> list[StaffMember]:
        if branch_id not in self._readers:
            active = select(StaffMember).where(StaffMember.is_active).order_by(StaffMember.id)
            self._readers[branch_id] = list(self._tx.scalars(active.where(_may_read(branch_id))))
        return self._readers[branch_id]


NOBODYS = Actor("staff").hidden["order"]
"""Who is in no group sees nothing that is guarded."""


def _hidden_by(groups: list[dict[str, Any]]) -> frozenset[str]:
    _, grants = grants_of(groups)
    return Actor("staff", grants).hidden["order"]


def _orders(ids: Collection[UUID]) -> Any:
    return (
        select(
            *(Order.id, Order.number, Order.branch_id, Order.responsible_id, Order.currency),
            *(Order.total, Order.refunded, Order.customer_name, Order.customer_email),
            *(Order.customer_phone, Order.language, Order.attention, Order.hold_reason),
            Channel.name.label("channel_name"),
            StaffMember.name.label("responsible_name"),
        )
        .join(Channel, Channel.id == Order.channel_id)
        .outerjoin(StaffMember, StaffMember.id == Order.responsible_id)
        .where(Order.id.in_(ids))
    )


def _items(tx: Session, ids: Collection[UUID]) -> dict[UUID, Sequence[Item]]:
    wanted = OrderLine.ordered - OrderLine.cancelled
    rows = tx.execute(
        select(OrderLine.order_id, OrderLine.name, wanted)
        .where(OrderLine.order_id.in_(ids), wanted > 0)
        .order_by(OrderLine.order_id, OrderLine.line)
    )
    items: dict[UUID, list[Item]] = defaultdict(list)
    for order_id, name, quantity in rows:
        items[order_id].append(Item(name, quantity))
    return defaultdict(list, items)


def _may_read(branch_id: int | None) -> ColumnElement[bool]:
    """Members of a group that reads all orders, or those of the branch where they work."""
    reach = Group.rights[Right.ORDER_READ.value].astext
    works_there = exists().where(
        StaffBranch.staff_id == StaffGroup.staff_id, StaffBranch.branch_id == branch_id
    )
    return exists().where(
        StaffGroup.staff_id == StaffMember.id,
        StaffGroup.group_id == Group.id,
        or_(Group.level == 0, reach == Reach.ALL, and_(reach == Reach.OWN, works_there)),
    )


def _tracking_number(tx: Session, order_id: UUID, event: NoticeEvent) -> str:
    """Of the parcel that the event is about: the newest one that has come so far."""
    if event not in _PARCEL_STATES:
        return ""
    moved_at = func.coalesce(Shipment.delivered_at, Shipment.shipped_at, Shipment.created_at)
    number = tx.scalar(
        select(Shipment.tracking_number)
        .where(Shipment.order_id == order_id, Shipment.state == _PARCEL_STATES[event])
        .order_by(moved_at.desc(), Shipment.sequence.desc())
        .limit(1)
    )
    return number or ""


def _reason(tx: Session, order: Row[Any], event: NoticeEvent) -> str:
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
