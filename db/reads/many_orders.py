"""The facts of many orders at once, in the same few statements however many."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.reads.rows import build, columns
from db.tables.changes import OrderChange
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.payments import Payment as PaymentRow
from db.tables.payments import Refund
from db.tables.shipments import Shipment as ShipmentRow
from db.tables.shipments import ShipmentLine
from domain.order_lines import LineQuantities, LineQuantity
from domain.orders import NumberedLine, Order, OrderStatus
from domain.payments import Payment, PaymentMethod, PaymentState, RefundState
from domain.shipments import CarrierCode, Shipment, ShipmentState

Ids = Collection[UUID]


def facts_of(tx: Session, ids: Ids) -> dict[UUID, Order]:
    lines, payments, shipments = _lines(tx, ids), _payments(tx, ids), _shipments(tx, ids)
    heads = tx.execute(
        select(OrderRow.id, OrderRow.status, OrderRow.total, OrderRow.allowance)
        .add_columns(OrderChange.id.label("open_change"))
        .outerjoin(
            OrderChange, (OrderChange.order_id == OrderRow.id) & (OrderChange.state == "proposed")
        )
        .where(OrderRow.id.in_(ids))
    )
    return {
        head.id: Order(
            status=OrderStatus(head.status),
            total=head.total,
            numbered_lines=lines[head.id],
            payments=payments[head.id],
            shipments=shipments[head.id],
            open_change=head.open_change,
            allowance=head.allowance,
        )
        for head in heads
    }


def _lines(tx: Session, ids: Ids) -> dict[UUID, list[NumberedLine]]:
    shown: tuple[Any, ...] = (OrderLine.order_id, OrderLine.line)
    rows = tx.execute(
        select(*shown, *columns(OrderLine, LineQuantities))
        .where(OrderLine.order_id.in_(ids))
        .order_by(OrderLine.line)
    )
    numbered = ((row.order_id, NumberedLine(row.line, build(LineQuantities, row))) for row in rows)
    return _grouped(numbered)


def _payments(tx: Session, ids: Ids) -> dict[UUID, list[Payment]]:
    moving = Refund.state.in_([RefundState.PENDING, RefundState.UNKNOWN])
    refunding = select(func.coalesce(func.sum(Refund.amount), 0)).where(
        Refund.payment_id == PaymentRow.id, moving
    )
    shown: tuple[Any, ...] = (PaymentRow.order_id, refunding.scalar_subquery().label("refunding"))
    rows = tx.execute(
        select(*shown, *columns(PaymentRow, Payment))
        .where(PaymentRow.order_id.in_(ids))
        .order_by(PaymentRow.created_at, PaymentRow.id)
    )
    return _grouped((row.order_id, _payment(row)) for row in rows)


def _payment(row: Any) -> Payment:
    kinds = {"method": PaymentMethod(row.method), "state": PaymentState(row.state)}
    return build(Payment, row, **kinds, refunding=int(row.refunding))


def _shipments(tx: Session, ids: Ids) -> dict[UUID, list[Shipment]]:
    shown: tuple[Any, ...] = (ShipmentRow.order_id, ShipmentRow.carrier, ShipmentRow.state)
    quantity = func.sum(ShipmentLine.quantity).label("quantity")
    rows = tx.execute(
        select(ShipmentRow.id, *shown, ShipmentLine.line, quantity)
        .join(ShipmentLine, ShipmentLine.shipment_id == ShipmentRow.id)
        .where(ShipmentRow.order_id.in_(ids))
        .group_by(ShipmentRow.id, ShipmentLine.line)
        .order_by(ShipmentRow.sequence, ShipmentLine.line)
    ).all()
    pieces = _grouped((row.id, LineQuantity(row.line, int(row.quantity))) for row in rows)
    heads = {row.id: row for row in rows}
    return _grouped(
        (
            head.order_id,
            Shipment(id, CarrierCode(head.carrier), ShipmentState(head.state), pieces[id]),
        )
        for id, head in heads.items()
    )


def _grouped(pairs: Iterable[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
