"""Loads and saves orders. Every function runs inside the caller's transaction."""

from collections import defaultdict
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from db import history
from db.order_totals import recompute_totals
from db.tables.changes import OrderChange
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.payments import Payment as PaymentRow
from db.tables.payments import Refund as RefundRow
from db.tables.shipments import Shipment as ShipmentRow
from db.tables.shipments import ShipmentLine
from db.tables.shop import Channel
from domain.order_lines import LineQuantities, LineQuantity
from domain.order_messages import PlacedOrder
from domain.orders import CLOSED, NumberedLine, Order, OrderStatus
from domain.payments import CapturePolicy, Payment, PaymentMethod, PaymentState, RefundState
from domain.shipments import CarrierCode, Shipment, ShipmentState

QUANTITIES = [field.name for field in fields(LineQuantities)]
_LINE_COLUMNS = [getattr(OrderLine, name) for name in QUANTITIES]
_SAVE_LINES = text(
    "UPDATE order_lines AS l SET "
    + ", ".join(f"{name} = new.{name}" for name in QUANTITIES)
    + " FROM unnest(CAST(:line AS bigint[]), "
    + ", ".join(f"CAST(:{name} AS bigint[])" for name in QUANTITIES)
    + f") AS new (line, {', '.join(QUANTITIES)})"
    " WHERE l.order_id = :order_id AND l.line = new.line"
)


def currency(tx: Session, order_id: UUID) -> str:
    return tx.execute(select(OrderRow.currency).where(OrderRow.id == order_id)).scalar_one()


def has_external_ref(tx: Session, channel_id: int, external_ref: str | None) -> bool:
    if external_ref is None:
        return False
    same = (OrderRow.channel_id == channel_id) & (OrderRow.external_ref == external_ref)
    return tx.execute(select(OrderRow.id).where(same)).first() is not None


def lock(tx: Session, order_id: UUID) -> Order:
    """The order's facts, held until the transaction ends: nobody else changes it meanwhile."""
    tx.execute(select(OrderRow.id).where(OrderRow.id == order_id).with_for_update()).one()
    return get(tx, order_id)


def get(tx: Session, order_id: UUID) -> Order:
    head = tx.execute(
        select(OrderRow.status, OrderRow.total, OrderRow.allowance, OrderChange.id)
        .outerjoin(
            OrderChange, (OrderChange.order_id == OrderRow.id) & (OrderChange.state == "proposed")
        )
        .where(OrderRow.id == order_id)
    ).one()
    return Order(
        status=OrderStatus(head.status),
        total=head.total,
        numbered_lines=_lines(tx, order_id),
        payments=_payments(tx, order_id),
        shipments=_shipments(tx, order_id),
        open_change=head.id,
        allowance=head.allowance,
    )


def placed(tx: Session, order_id: UUID) -> PlacedOrder:
    """What its process needs to know of an order that exists."""
    head = tx.execute(
        select(
            OrderRow.number,
            OrderRow.placed_at,
            Channel.unpaid_expire_after_s,
            Channel.capture_policy,
        )
        .join(Channel, Channel.id == OrderRow.channel_id)
        .where(OrderRow.id == order_id)
    ).one()
    age_s = int((datetime.now(UTC) - head.placed_at).total_seconds())
    patience_s = head.unpaid_expire_after_s
    return PlacedOrder(
        order_id,
        head.number,
        get(tx, order_id),
        expires_in_s=None if patience_s is None else max(0, patience_s - age_s),
        capture_on_shipping=head.capture_policy == CapturePolicy.ON_SHIPPING,
    )


def save(
    tx: Session,
    order_id: UUID,
    before: Order,
    after: Order,
    action: str,
    by: str,
    *,
    reason: str | None = None,
    changes: history.Changes | None = None,
    **details: Any,
) -> Order:
    """Writes what differs, derives the axes and sums anew, and tells history.

    `changes` are of columns the caller wrote itself. Returns `after` with its new total."""
    changed = {
        number: line for number, line in after.lines.items() if before.lines.get(number) != line
    }
    _save_lines(tx, order_id, changed)
    if any(line.wanted != _wanted(before, number) for number, line in changed.items()):
        after = recompute_totals(tx, after, order_id)
    for payment in after.payments:
        if payment not in before.payments:
            _save_payment(tx, payment)
    for shipment in after.shipments:
        if shipment not in before.shipments:
            _save_shipment_state(tx, shipment)
    _save_head(tx, order_id, after)
    entry = history.order_entry(
        order_id, action, by, (changes or {}) | _differences(before, after), reason, **details
    )
    history.append(tx, entry)
    return after


def set_fields(tx: Session, order_id: UUID, **values: Any) -> None:
    """Columns of the order itself; the caller tells history."""
    tx.execute(update(OrderRow).where(OrderRow.id == order_id).values(**values))


def _wanted(order: Order, line: int) -> int:
    return order.lines[line].wanted if line in order.lines else 0


def _lines(tx: Session, order_id: UUID) -> list[NumberedLine]:
    rows = tx.execute(
        select(OrderLine.line, *_LINE_COLUMNS)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.line)
    )
    return [NumberedLine(row[0], LineQuantities(*row[1:])) for row in rows]


def _payments(tx: Session, order_id: UUID) -> list[Payment]:
    moving = (
        select(func.coalesce(func.sum(RefundRow.amount), 0))
        .where(
            RefundRow.payment_id == PaymentRow.id,
            RefundRow.state.in_([RefundState.PENDING, RefundState.UNKNOWN]),
        )
        .scalar_subquery()
        .label("refunding")
    )
    rows = tx.execute(
        select(
            PaymentRow.id,
            PaymentRow.method,
            PaymentRow.state,
            PaymentRow.amount,
            PaymentRow.authorised,
            PaymentRow.captured,
            PaymentRow.refunded,
            moving,
        )
        .where(PaymentRow.order_id == order_id)
        .order_by(PaymentRow.created_at, PaymentRow.id)
    )
    return [
        Payment(
            id=row.id,
            method=PaymentMethod(row.method),
            state=PaymentState(row.state),
            amount=row.amount,
            authorised=row.authorised,
            captured=row.captured,
            refunded=row.refunded,
            refunding=int(row.refunding),
        )
        for row in rows
    ]


def _shipments(tx: Session, order_id: UUID) -> list[Shipment]:
    rows = tx.execute(
        select(
            ShipmentRow.id,
            ShipmentRow.carrier,
            ShipmentRow.state,
            ShipmentLine.line,
            ShipmentLine.quantity,
        )
        .join(ShipmentLine, ShipmentLine.shipment_id == ShipmentRow.id)
        .where(ShipmentRow.order_id == order_id)
        .order_by(ShipmentRow.sequence, ShipmentLine.line)
    ).all()
    pieces: dict[UUID, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        pieces[row.id][row.line] += row.quantity
    heads = {row.id: (CarrierCode(row.carrier), ShipmentState(row.state)) for row in rows}
    return [
        Shipment(id, *head, [LineQuantity(line, n) for line, n in pieces[id].items()])
        for id, head in heads.items()
    ]


def _save_lines(tx: Session, order_id: UUID, lines: dict[int, LineQuantities]) -> None:
    if not lines:
        return
    values: dict[str, Any] = {
        name: [getattr(line, name) for line in lines.values()] for name in QUANTITIES
    }
    tx.execute(_SAVE_LINES, {"order_id": order_id, "line": list(lines), **values})


def _save_payment(tx: Session, payment: Payment) -> None:
    tx.execute(
        update(PaymentRow)
        .where(PaymentRow.id == payment.id)
        .values(
            state=payment.state,
            authorised=payment.authorised,
            captured=payment.captured,
            refunded=payment.refunded,
        )
    )


def _save_shipment_state(tx: Session, shipment: Shipment) -> None:
    tx.execute(
        update(ShipmentRow).where(ShipmentRow.id == shipment.id).values(state=shipment.state)
    )


def _save_head(tx: Session, order_id: UUID, order: Order) -> None:
    closed_at = datetime.now(UTC) if order.status in CLOSED else None
    tx.execute(
        update(OrderRow)
        .where(OrderRow.id == order_id)
        .values(
            **axes(order),
            authorised=order.authorised,
            captured=order.captured,
            refunded=order.refunded,
            allowance=order.allowance,
            closed_at=func.coalesce(OrderRow.closed_at, closed_at) if closed_at else None,
            version=OrderRow.version + 1,
        )
    )


def axes(order: Order) -> dict[str, Any]:
    return {
        "status": order.status.value,
        "payment": order.payment_status.value,
        "fulfilment": order.fulfilment_status.value,
        "returns": order.return_status.value,
    }


def _differences(before: Order, after: Order) -> history.Changes:
    changes = history.differences(_told(before), _told(after))
    for number, line in after.lines.items():
        old = before.lines.get(number)
        told = history.differences(vars(old) if old else {}, vars(line))
        changes |= {f"line {number} {name}": pair for name, pair in told.items()}
    return changes


def _told(order: Order) -> dict[str, Any]:
    return axes(order) | {
        "total": order.total,
        "allowance": order.allowance,
        "captured": order.captured,
        "refunded": order.refunded,
    }
