"""Shipments: reserved before the carrier is asked, then confirmed or given back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db.tables.catalogue import ShippingMethod
from db.tables.orders import Order as OrderRow
from db.tables.shipments import Shipment as ShipmentRow
from db.tables.shipments import ShipmentLine
from domain.order_lines import LineQuantity
from domain.order_messages import ParcelFact, ShipOrder
from domain.shipments import CarrierCode, Shipment, ShipmentState
from domain.stock import Allocation

NO_LOCATION = 0
"""Where services leave from."""


def add_shipment(
    tx: Session, wanted: ShipOrder, taken: Sequence[Allocation], services: Sequence[LineQuantity]
) -> Shipment:
    sequence = tx.scalar(
        select(func.coalesce(func.max(ShipmentRow.sequence), 0) + 1).where(
            ShipmentRow.order_id == wanted.order_id
        )
    )
    tx.execute(
        insert(ShipmentRow).values(
            id=wanted.command_id,
            order_id=wanted.order_id,
            sequence=sequence,
            carrier=wanted.carrier,
            service=wanted.service,
            state=ShipmentState.PREPARING,
            tracking_number=wanted.tracking_number,
            boxes=[vars(box) for box in wanted.boxes],
        )
    )
    located = [(item.line, item.location_id, item.quantity) for item in taken]
    unlocated = [(item.line, NO_LOCATION, item.quantity) for item in services]
    tx.execute(
        insert(ShipmentLine),
        [
            {"shipment_id": wanted.command_id, "line": line, "location_id": at, "quantity": n}
            for line, at, n in [*located, *unlocated]
        ],
    )
    return Shipment(wanted.command_id, wanted.carrier, ShipmentState.PREPARING, list(wanted.lines))


def taken_for(tx: Session, shipment_id: UUID, variants: dict[int, int]) -> list[Allocation]:
    """From which locations its pieces came; `variants` names each line's variant."""
    rows = tx.execute(
        select(ShipmentLine.line, ShipmentLine.location_id, ShipmentLine.quantity).where(
            ShipmentLine.shipment_id == shipment_id, ShipmentLine.location_id != NO_LOCATION
        )
    )
    return [Allocation(row.line, variants[row.line], row.location_id, row.quantity) for row in rows]


def is_news(tx: Session, fact: ParcelFact) -> bool:
    """Whether the carrier says anything that is not in the books."""
    row = tx.execute(
        select(ShipmentRow.parcel_state, ShipmentRow.tracking_number, ShipmentRow.reference).where(
            ShipmentRow.id == fact.shipment_id
        )
    ).one()
    told = (fact.tracking_number, row.tracking_number), (fact.reference, row.reference)
    return fact.parcel_state != row.parcel_state or any(new and new != old for new, old in told)


def note_fact(tx: Session, fact: ParcelFact) -> None:
    """The carrier's words beside the state, which the order's facts hold."""
    values: dict[str, Any] = {"parcel_state": fact.parcel_state, "fail_reason": fact.reason}
    if fact.reference:
        values["reference"] = fact.reference
    if fact.tracking_number:
        values["tracking_number"] = fact.tracking_number
    now = datetime.now(UTC)
    if fact.state is ShipmentState.SHIPPED:
        values["shipped_at"] = func.coalesce(ShipmentRow.shipped_at, now)
    if fact.state is ShipmentState.DELIVERED:
        values["delivered_at"] = func.coalesce(ShipmentRow.delivered_at, now)
    tx.execute(update(ShipmentRow).where(ShipmentRow.id == fact.shipment_id).values(values))


def carrier_of(tx: Session, order_id: UUID) -> tuple[CarrierCode, str]:
    """(carrier, service) of the shipping method the customer chose; our own without one."""
    row = tx.execute(
        select(ShippingMethod.carrier, ShippingMethod.service)
        .join(OrderRow, OrderRow.shipping_method == ShippingMethod.code)
        .where(OrderRow.id == order_id)
    ).first()
    return (CarrierCode(row.carrier), row.service) if row else (CarrierCode.OWN, "")
