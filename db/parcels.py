"""What a carrier has to be told about a shipment, and what it told us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.payments import Payment
from db.tables.shipments import ParcelEvent, ShipmentLabel, ShipmentLine
from db.tables.shipments import Shipment as ShipmentRow
from db.tables.shop import Branch, Location
from db.tables.stock import Allocation
from domain.drafts import Address
from domain.payments import PaymentMethod, PaymentState
from domain.shipments import CarrierCode


@dataclass(frozen=True)
class BriefLine:
    sku: str
    name: str
    quantity: int
    unit_gross: int
    weight_g: int


@dataclass(frozen=True)
class ParcelBrief:
    shipment_id: UUID
    order_id: UUID
    number: str
    """Our reference with the carrier: order number and sequence."""
    carrier: CarrierCode
    service: str
    reference: str | None
    currency: str
    boxes: list[dict[str, Any]]
    lines: list[BriefLine]
    collect: bool
    """The courier takes the money."""
    sender: Address
    recipient: Address
    name: str
    phone: str
    email: str


def parcel_brief(tx: Session, shipment_id: UUID) -> ParcelBrief:
    shipment = tx.get_one(ShipmentRow, shipment_id)
    order = tx.get_one(OrderRow, shipment.order_id)
    return _brief(
        tx,
        order,
        shipment_id=shipment_id,
        number=f"{order.number}-{shipment.sequence}",
        carrier=CarrierCode(shipment.carrier),
        service=shipment.service,
        reference=shipment.reference,
        boxes=shipment.boxes,
        lines=_lines(tx, shipment_id, order.id),
        sender=_sender(tx, shipment_id),
    )


def open_parcel_brief(tx: Session, order_id: UUID, carrier: CarrierCode) -> ParcelBrief:
    """All that has not left yet, as if it left in one parcel from where most of it is held."""
    order = tx.get_one(OrderRow, order_id)
    rows = tx.scalars(
        select(OrderLine)
        .where(OrderLine.order_id == order_id, OrderLine.allocated > 0)
        .order_by(OrderLine.line)
    )
    return _brief(
        tx,
        order,
        shipment_id=order_id,
        number=str(order.number),
        carrier=carrier,
        service="",
        reference=None,
        boxes=[],
        lines=[_brief_line(row, row.allocated) for row in rows],
        sender=_holder(tx, order_id),
    )


def _brief(tx: Session, order: OrderRow, **parcel: Any) -> ParcelBrief:
    return ParcelBrief(
        order_id=order.id,
        currency=order.currency,
        collect=_is_collected(tx, order.id),
        recipient=Address(**order.address),
        name=order.customer_name,
        phone=order.customer_phone,
        email=order.customer_email,
        **parcel,
    )


def add_events(
    tx: Session, shipment_id: UUID, events: Sequence[tuple[str, datetime, str, str]]
) -> None:
    rows = [
        {"shipment_id": shipment_id, "code": code, "at": at, "state": state, "place": place}
        for code, at, state, place in events
    ]
    tx.execute(insert(ParcelEvent).on_conflict_do_nothing(), rows)


def save_label(tx: Session, shipment_id: UUID, content: bytes, media_type: str) -> None:
    label = insert(ShipmentLabel).values(
        shipment_id=shipment_id, content=content, media_type=media_type
    )
    tx.execute(label.on_conflict_do_nothing())


def find_label(tx: Session, shipment_id: UUID) -> tuple[bytes, str] | None:
    row = tx.get(ShipmentLabel, shipment_id)
    return (row.content, row.media_type) if row else None


def find_shipment_of(tx: Session, reference: str) -> tuple[UUID, UUID] | None:
    """(order, shipment) by the carrier's reference."""
    row = tx.execute(
        select(ShipmentRow.order_id, ShipmentRow.id).where(ShipmentRow.reference == reference)
    ).first()
    return (row[0], row[1]) if row else None


def find_shipment_numbered(tx: Session, number: str) -> tuple[UUID, UUID] | None:
    """(order, shipment) by our own number, where the carrier speaks before it answered us."""
    order_number, _, sequence = number.rpartition("-")
    if not (order_number.isdecimal() and sequence.isdecimal()) or len(number) > 30:
        return None
    row = tx.execute(
        select(ShipmentRow.order_id, ShipmentRow.id)
        .join(OrderRow, OrderRow.id == ShipmentRow.order_id)
        .where(OrderRow.number == int(order_number), ShipmentRow.sequence == int(sequence))
    ).first()
    return (row[0], row[1]) if row else None


def _lines(tx: Session, shipment_id: UUID, order_id: UUID) -> list[BriefLine]:
    rows = tx.execute(
        select(OrderLine, ShipmentLine.quantity)
        .join(ShipmentLine, ShipmentLine.line == OrderLine.line)
        .where(ShipmentLine.shipment_id == shipment_id, OrderLine.order_id == order_id)
        .order_by(OrderLine.line)
    )
    return [_brief_line(line, quantity) for line, quantity in rows]


def _brief_line(line: OrderLine, quantity: int) -> BriefLine:
    return BriefLine(line.sku, line.name, quantity, line.gross // line.ordered, line.weight_g)


def _is_collected(tx: Session, order_id: UUID) -> bool:
    waiting = select(Payment.id).where(
        Payment.order_id == order_id,
        Payment.method == PaymentMethod.CASH_ON_DELIVERY,
        Payment.state == PaymentState.AWAITED,
    )
    return tx.execute(waiting).first() is not None


def _sender(tx: Session, shipment_id: UUID) -> Address:
    row = tx.execute(
        select(Branch.country, Branch.city, Branch.postcode, Branch.street)
        .join(Location, Location.branch_id == Branch.id)
        .join(ShipmentLine, ShipmentLine.location_id == Location.id)
        .where(ShipmentLine.shipment_id == shipment_id)
        .limit(1)
    ).first()
    return Address(*row) if row else Address(country="")


def _holder(tx: Session, order_id: UUID) -> Address:
    row = tx.execute(
        select(Branch.country, Branch.city, Branch.postcode, Branch.street)
        .join(Location, Location.branch_id == Branch.id)
        .join(Allocation, Allocation.location_id == Location.id)
        .where(Allocation.order_id == order_id)
        .order_by(Allocation.quantity.desc())
        .limit(1)
    ).first()
    return Address(*row) if row else Address(country="")


def is_booked(tx: Session, order_id: UUID, shipment_id: UUID) -> bool:
    booked = select(ShipmentRow.id).where(
        ShipmentRow.id == shipment_id,
        ShipmentRow.order_id == order_id,
        ShipmentRow.shipped_at.is_not(None),
    )
    return tx.execute(booked).first() is not None
