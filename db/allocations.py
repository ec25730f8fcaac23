"""Which pieces are held for which order line, and where. Stock moves with every change of it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from db import stock
from db.stock import Movement
from db.tables.stock import Allocation as AllocationRow
from db.tables.stock import StockItem
from domain.order_lines import LineQuantity
from domain.stock import Allocation, MovementKind

_SHRINK = """
    FROM unnest(CAST(:lines AS bigint[]), CAST(:locations AS bigint[]), CAST(:taken AS bigint[]))
         AS gone (line, location_id, quantity)
    WHERE a.order_id = :order_id AND a.line = gone.line AND a.location_id = gone.location_id
"""
_DELETE_EMPTY = text(
    "DELETE FROM allocations a USING " + _SHRINK.strip()[5:] + " AND a.quantity = gone.quantity"
)
_REDUCE = text("UPDATE allocations a SET quantity = a.quantity - gone.quantity" + _SHRINK)


def hold(tx: Session, order_id: UUID, held: Sequence[Allocation], by: str) -> None:
    """Allocates pieces to order lines. Callers have locked the levels and asked the rule."""
    located = [item for item in held if item.location_id is not None]
    if not located:
        return
    stock.move(
        tx,
        [
            _movement(MovementKind.ALLOCATION, order_id, item, by, allocated=item.quantity)
            for item in located
        ],
    )
    added = upsert(AllocationRow).values(
        [
            {
                "order_id": order_id,
                "line": item.line,
                "location_id": item.location_id,
                "variant_id": item.variant_id,
                "quantity": item.quantity,
            }
            for item in located
        ]
    )
    tx.execute(
        added.on_conflict_do_update(
            index_elements=["order_id", "line", "location_id"],
            set_={"quantity": AllocationRow.quantity + added.excluded.quantity},
        )
    )


def release(tx: Session, order_id: UUID, pieces: Sequence[LineQuantity], by: str) -> None:
    """The pieces may be promised to somebody else."""
    taken = _take(tx, order_id, pieces)
    _lock_levels(tx, taken)
    stock.move(
        tx,
        [
            _movement(MovementKind.RELEASE, order_id, item, by, allocated=-item.quantity)
            for item in taken
        ],
    )


def write_off(
    tx: Session, order_id: UUID, pieces: Sequence[LineQuantity], by: str, reason: str
) -> None:
    """The pieces are not sold and not fit to be sold again."""
    taken = _take(tx, order_id, pieces)
    _lock_levels(tx, taken)
    stock.move(
        tx,
        [
            _movement(
                MovementKind.WRITE_OFF,
                order_id,
                item,
                by,
                on_hand=-item.quantity,
                allocated=-item.quantity,
                reason=reason,
            )
            for item in taken
        ],
    )


def sell(
    tx: Session, order_id: UUID, shipment_id: UUID, pieces: Sequence[LineQuantity], by: str
) -> list[Allocation]:
    """The pieces leave the house, from where they were held; says from where."""
    taken = _take(tx, order_id, pieces)
    _lock_levels(tx, taken)
    stock.move(
        tx,
        [
            _movement(
                MovementKind.SALE,
                order_id,
                item,
                by,
                on_hand=-item.quantity,
                allocated=-item.quantity,
                shipment_id=shipment_id,
            )
            for item in taken
        ],
    )
    return taken


def unsell(
    tx: Session, order_id: UUID, shipment_id: UUID, taken: Sequence[Allocation], by: str
) -> None:
    """The parcel did not leave: its pieces are back and held for the same lines."""
    _lock_levels(tx, taken)
    stock.move(
        tx,
        [
            _movement(
                MovementKind.CANCELLATION,
                order_id,
                item,
                by,
                on_hand=item.quantity,
                shipment_id=shipment_id,
            )
            for item in taken
        ],
    )
    hold(tx, order_id, taken, by)


def _take(tx: Session, order_id: UUID, pieces: Sequence[LineQuantity]) -> list[Allocation]:
    """Takes pieces off the lines' allocations, in location order. The caller moves the levels."""
    missing = {item.line: item.quantity for item in pieces}
    rows = tx.execute(
        select(
            AllocationRow.line,
            AllocationRow.variant_id,
            AllocationRow.location_id,
            AllocationRow.quantity,
        )
        .where(AllocationRow.order_id == order_id, AllocationRow.line.in_(missing))
        .order_by(AllocationRow.line, AllocationRow.location_id)
    ).all()
    taken = []
    for row in rows:
        take = min(row.quantity, missing[row.line])
        missing[row.line] -= take
        if take:
            taken.append(Allocation(row.line, row.variant_id, row.location_id, take))
    assert not any(missing.values()), f"order {order_id} holds less than its lines say: {missing}"
    _shrink(tx, order_id, taken)
    return taken


def _shrink(tx: Session, order_id: UUID, taken: Sequence[Allocation]) -> None:
    if not taken:
        return
    values = {
        "order_id": order_id,
        "lines": [item.line for item in taken],
        "locations": [item.location_id for item in taken],
        "taken": [item.quantity for item in taken],
    }
    emptied = tx.execute(_DELETE_EMPTY, values)
    if emptied.rowcount < len(taken):  # type: ignore[attr-defined]
        tx.execute(_REDUCE, values)


def _lock_levels(tx: Session, taken: Sequence[Allocation]) -> None:
    """In id order, as everywhere, before several levels move at once."""
    tx.execute(
        select(StockItem.variant_id)
        .where(
            tuple_(StockItem.variant_id, StockItem.location_id).in_(
                {(item.variant_id, item.location_id) for item in taken}
            )
        )
        .order_by(StockItem.variant_id, StockItem.location_id)
        .with_for_update()
    )


def _movement(
    kind: MovementKind,
    order_id: UUID,
    item: Allocation,
    by: str,
    on_hand: int = 0,
    allocated: int = 0,
    shipment_id: UUID | None = None,
    reason: str | None = None,
) -> Movement:
    assert item.location_id is not None
    return Movement(
        kind,
        item.variant_id,
        item.location_id,
        by,
        on_hand=on_hand,
        allocated=allocated,
        order_id=order_id,
        line=item.line,
        shipment_id=shipment_id,
        reason=reason,
    )
