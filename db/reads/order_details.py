"""Everything a screen shows of one order, in the same few statements whatever it holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session

from db.reads.names import ORDER_NAMES, Actors, Name, join_order_names, order_names
from db.reads.order_filters import Scope
from db.reads.order_parts import (
    CancellationDetail,
    ChangeDetail,
    FileDetail,
    LegDetail,
    LineDetail,
    NoteDetail,
    OrderDetail,
    ParcelEventDetail,
    PaymentDetail,
    RefundDetail,
    ShipmentDetail,
    ShippedLine,
    StepDetail,
)
from db.reads.rows import build, columns
from db.tables.catalogue import ShippingMethod
from db.tables.changes import Cancellation, CancellationLeg, OrderChange, OrderStep
from db.tables.orders import Order, OrderFile, OrderLine, OrderNote
from db.tables.payments import Payment, Refund
from db.tables.shipments import ParcelEvent, Shipment, ShipmentLabel, ShipmentLine
from db.tables.shop import Location
from domain.changes import ChangePreview
from domain.order_lines import LineQuantities, LineQuantity

Rows = Sequence[Row[Any]]


def find_order_detail(tx: Session, scope: Scope, order_id: UUID) -> OrderDetail | None:
    """None also when the order is out of the reader's scope."""
    head = tx.execute(_head(scope, order_id)).one_or_none()
    if head is None:
        return None
    return build(
        OrderDetail, head, **order_names(head), **_goods(tx, order_id), **_papers(tx, order_id)
    )


def _head(scope: Scope, order_id: UUID) -> Select[Any]:
    method = ShippingMethod.name.label("shipping_method_name")
    orders = select(*columns(Order, OrderDetail), *ORDER_NAMES, method).select_from(Order)
    named = join_order_names(orders).outerjoin(
        ShippingMethod, ShippingMethod.code == Order.shipping_method
    )
    return named.where(Order.id == order_id, *scope.conditions())


def _goods(tx: Session, order_id: UUID) -> dict[str, Any]:
    """What moves: pieces, parcels, money."""
    payments = _of(tx, order_id, Payment, PaymentDetail, Payment.created_at, Payment.id)
    refunds = _of(tx, order_id, Refund, RefundDetail, Refund.created_at, Refund.id)
    steps = _of(tx, order_id, OrderStep, StepDetail, OrderStep.since, OrderStep.subject_id)
    return {
        "lines": _lines(tx, order_id),
        "payments": [build(PaymentDetail, row) for row in payments],
        "refunds": [build(RefundDetail, row) for row in refunds],
        "shipments": _shipments(tx, order_id),
        "steps": [build(StepDetail, row) for row in steps],
    }


def _papers(tx: Session, order_id: UUID) -> dict[str, Any]:
    """What people wrote and decided; each with the name of who did."""
    cancelled = _of(
        tx, order_id, Cancellation, CancellationDetail, Cancellation.at, Cancellation.id
    )
    change = tx.execute(_open_change(order_id)).one_or_none()
    files = _of(tx, order_id, OrderFile, FileDetail, OrderFile.at, OrderFile.id)
    notes = _of(tx, order_id, OrderNote, NoteDetail, OrderNote.at, OrderNote.id)
    actors = Actors(tx, _authors(cancelled, [change] if change else [], files, notes))
    legs = _legs(tx, order_id)
    return {
        "cancellations": [_cancellation(row, legs[row.id], actors) for row in cancelled],
        "open_change": change
        and build(
            ChangeDetail,
            change,
            preview=ChangePreview.from_json(change.preview),
            proposed_by=actors[change.proposed_by],
        ),
        "files": [build(FileDetail, row, author=actors[row.author]) for row in files],
        "notes": [build(NoteDetail, row, author=actors[row.author]) for row in notes],
    }


def _of(tx: Session, order_id: UUID, table: type[Any], detail: type[Any], *order: Any) -> Rows:
    """The order's rows of a table; of each only what the detail shows."""
    rows = select(*columns(table, detail)).where(table.order_id == order_id).order_by(*order)
    return tx.execute(rows).all()


def _lines(tx: Session, order_id: UUID) -> list[LineDetail]:
    shown = [*columns(OrderLine, LineDetail), *columns(OrderLine, LineQuantities)]
    lines: Select[Any] = select(*shown).where(OrderLine.order_id == order_id)
    rows = tx.execute(lines.order_by(OrderLine.line))
    return [_line(row, build(LineQuantities, row)) for row in rows]


def _line(row: Row[Any], quantities: LineQuantities) -> LineDetail:
    return build(LineDetail, row, quantities=quantities, stage=quantities.stage)


def _shipments(tx: Session, order_id: UUID) -> list[ShipmentDetail]:
    label = exists().where(ShipmentLabel.shipment_id == Shipment.id).label("has_label")
    shown: Select[Any] = select(*columns(Shipment, ShipmentDetail), label)
    rows = tx.execute(shown.where(Shipment.order_id == order_id).order_by(Shipment.sequence)).all()
    lines, events = _shipped_lines(tx, order_id), _events(tx, order_id)
    return [build(ShipmentDetail, row, lines=lines[row.id], events=events[row.id]) for row in rows]


def _shipped_lines(tx: Session, order_id: UUID) -> dict[UUID, list[ShippedLine]]:
    rows = tx.execute(
        select(ShipmentLine.shipment_id, ShipmentLine.line, ShipmentLine.quantity)
        .add_columns(Location.id, Location.name)
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .outerjoin(Location, Location.id == ShipmentLine.location_id)
        .where(Shipment.order_id == order_id)
        .order_by(ShipmentLine.line, ShipmentLine.location_id)
    )
    shipped: dict[UUID, list[ShippedLine]] = defaultdict(list)
    for shipment_id, line, quantity, location_id, name in rows:
        location = None if location_id is None else Name(location_id, name)
        shipped[shipment_id].append(ShippedLine(line, location, quantity))
    return shipped


def _events(tx: Session, order_id: UUID) -> dict[UUID, list[ParcelEventDetail]]:
    rows = tx.execute(
        select(ParcelEvent.shipment_id, *columns(ParcelEvent, ParcelEventDetail))
        .join(Shipment, Shipment.id == ParcelEvent.shipment_id)
        .where(Shipment.order_id == order_id)
        .order_by(ParcelEvent.at, ParcelEvent.received_at, ParcelEvent.code)
    )
    events: dict[UUID, list[ParcelEventDetail]] = defaultdict(list)
    for row in rows:
        events[row.shipment_id].append(build(ParcelEventDetail, row))
    return events


def _legs(tx: Session, order_id: UUID) -> dict[UUID, list[LegDetail]]:
    rows = tx.execute(
        select(CancellationLeg.cancellation_id, *columns(CancellationLeg, LegDetail))
        .join(Cancellation, Cancellation.id == CancellationLeg.cancellation_id)
        .where(Cancellation.order_id == order_id)
        .order_by(CancellationLeg.kind, CancellationLeg.subject)
    )
    legs: dict[UUID, list[LegDetail]] = defaultdict(list)
    for row in rows:
        legs[row.cancellation_id].append(build(LegDetail, row))
    return legs


def _cancellation(row: Row[Any], legs: list[LegDetail], actors: Actors) -> CancellationDetail:
    lines = [LineQuantity(**line) for line in row.lines]
    return build(CancellationDetail, row, lines=lines, legs=legs, actor=actors[row.actor])


def _open_change(order_id: UUID) -> Select[Any]:
    return select(*columns(OrderChange, ChangeDetail)).where(
        OrderChange.order_id == order_id, OrderChange.state == "proposed"
    )


def _authors(*tables: Iterable[Row[Any]]) -> set[str]:
    columns = {"actor", "author", "proposed_by"}
    return {
        row._mapping[name] for rows in tables for row in rows for name in columns & {*row._fields}
    }
