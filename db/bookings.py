"""Receipts and corrections of stock: the ledger, the levels and history in one transaction."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from db import history, stock
from db.history import Entry
from db.stock import Movement
from db.tables.catalogue import Product, Variant
from db.tables.shop import Location
from db.tables.stock import StockItem, StockMovement
from domain.bookings import (
    Booking,
    BookingIdReused,
    Level,
    LocationUnknown,
    ServiceHasNoStock,
)
from domain.pricing import UnknownSku
from domain.stock import MovementKind

ACTIONS = {
    MovementKind.RECEIPT: "stock.received",
    MovementKind.ADJUSTMENT: "stock.adjusted",
    MovementKind.WRITE_OFF: "stock.written_off",
}
NAMED = 10
"""So many SKUs are named in a refusal."""


def book(tx: Session, booking: Booking, by: str) -> bool:
    """False: it was booked before."""
    _one_at_a_time(tx, booking.id)
    variants = _variants(tx, booking.changes)
    changes = {variants[sku]: change for sku, change in booking.changes.items()}
    if _was_booked(tx, booking, changes):
        return False
    _open_levels(tx, booking, changes)
    levels = _lock_levels(tx, booking, changes)
    told = {}
    for sku, change in booking.changes.items():
        level = levels.get(variants[sku], Level(0, 0))
        told[f"{sku} on_hand"] = (level.on_hand, level.after(change, sku))
    stock.move(tx, [_movement(booking, by, *change) for change in changes.items()])
    history.append(tx, _entry(booking, by, told))
    return True


def get_location(tx: Session, code: str, branches: Collection[int] | None) -> int:
    """`branches`: those the caller may book at, if not all."""
    found = select(Location.id).where(Location.code == code)
    if branches is not None:
        found = found.where(Location.branch_id.in_(sorted(branches)))
    location_id = tx.scalar(found)
    if location_id is None:
        raise LocationUnknown(f"There is no stock location {code!r} for this caller.")
    return location_id


def _one_at_a_time(tx: Session, booking_id: UUID) -> None:
    """The second of two at the same moment waits here and then finds the first."""
    key = int.from_bytes(booking_id.bytes[:8], signed=True)
    tx.execute(select(func.pg_advisory_xact_lock(key)))


def _variants(tx: Session, skus: Collection[str]) -> dict[str, int]:
    rows = tx.execute(
        select(Variant.id, Variant.sku, Product.is_service)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.sku.in_(skus))
    ).all()
    if unknown := sorted(set(skus) - {row.sku for row in rows}):
        raise UnknownSku(f"The shop knows no {_named(unknown)}.")
    if services := sorted(row.sku for row in rows if row.is_service):
        raise ServiceHasNoStock(f"Services have no stock: {_named(services)}.")
    return {row.sku: row.id for row in rows}


def _named(skus: list[str]) -> str:
    more = f" and {len(skus) - NAMED} more" if len(skus) > NAMED else ""
    return ", ".join(skus[:NAMED]) + more


def _was_booked(tx: Session, booking: Booking, changes: Mapping[int, int]) -> bool:
    rows = tx.execute(
        select(
            StockMovement.variant_id,
            StockMovement.on_hand_change,
            StockMovement.location_id,
            StockMovement.condition,
            StockMovement.kind,
        ).where(StockMovement.receipt_id == booking.id)
    ).all()
    where = (booking.location_id, booking.condition, booking.kind)
    booked = {tuple(row) for row in rows}
    if booked and booked != {(variant, n, *where) for variant, n in changes.items()}:
        raise BookingIdReused("This id came before with other pieces.")
    return bool(booked)


def _open_levels(tx: Session, booking: Booking, changes: Mapping[int, int]) -> None:
    """In id order, as levels are locked everywhere."""
    rows = [
        {
            "variant_id": variant,
            "location_id": booking.location_id,
            "condition": booking.condition.value,
        }
        for variant in sorted(changes)
        if changes[variant] > 0
    ]
    if rows:
        tx.execute(upsert(StockItem).on_conflict_do_nothing(), rows)


def _lock_levels(tx: Session, booking: Booking, changes: Mapping[int, int]) -> dict[int, Level]:
    rows = tx.execute(
        select(StockItem.variant_id, StockItem.on_hand, StockItem.allocated)
        .where(
            StockItem.variant_id.in_(changes),
            StockItem.location_id == booking.location_id,
            StockItem.condition == booking.condition,
        )
        .order_by(StockItem.variant_id)
        .with_for_update()
    )
    return {row.variant_id: Level(row.on_hand, row.allocated) for row in rows}


def _movement(booking: Booking, by: str, variant_id: int, change: int) -> Movement:
    return Movement(
        booking.kind,
        variant_id,
        booking.location_id,
        by,
        on_hand=change,
        condition=booking.condition,
        receipt_id=booking.id,
        reason=booking.reason,
    )


def _entry(booking: Booking, by: str, changes: history.Changes) -> Entry:
    details = {
        "location_id": booking.location_id,
        "condition": booking.condition,
        "pieces": sum(booking.changes.values()),
    }
    return Entry("stock", booking.id, ACTIONS[booking.kind], by, changes, booking.reason, details)
