"""The stock ledger: every change moves the counters and writes its movement in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from db.engine import table_of
from db.tables.stock import Allocation as AllocationRow
from db.tables.stock import StockItem, StockMovement
from domain.stock import Available, Condition, MovementKind


@dataclass(frozen=True)
class Movement:
    """One change of one level. `order_id`, `line`, `shipment_id`, `receipt_id` name its cause."""

    kind: MovementKind
    variant_id: int
    location_id: int
    by: str
    on_hand: int = 0
    allocated: int = 0
    condition: Condition = Condition.GOOD
    order_id: UUID | None = None
    line: int | None = None
    shipment_id: UUID | None = None
    receipt_id: UUID | None = None
    reason: str | None = None


_MOVE = text(
    """
    UPDATE stock_items AS item
       SET on_hand = item.on_hand + moved.on_hand, allocated = item.allocated + moved.allocated
      FROM unnest(CAST(:variants AS bigint[]), CAST(:locations AS bigint[]),
                  CAST(:conditions AS text[]), CAST(:on_hand AS bigint[]),
                  CAST(:allocated AS bigint[]))
           AS moved (variant_id, location_id, condition, on_hand, allocated)
     WHERE item.variant_id = moved.variant_id AND item.location_id = moved.location_id
       AND item.condition = moved.condition
    """
)


def lock_available(tx: Session, variants: Iterable[int], locations: Sequence[int]) -> Available:
    """What can be promised, locked in id order so that no two orders wait for each other."""
    rows = tx.execute(
        select(StockItem.variant_id, StockItem.location_id, StockItem.on_hand - StockItem.allocated)
        .where(
            StockItem.variant_id.in_(sorted(set(variants))),
            StockItem.location_id.in_(list(locations)),
            StockItem.condition == Condition.GOOD,
        )
        .order_by(StockItem.variant_id, StockItem.location_id)
        .with_for_update()
    )
    return {(variant, location): available for variant, location, available in rows}


def move(tx: Session, movements: Sequence[Movement]) -> None:
    """Writes the movements and moves the levels; the levels must exist."""
    if not movements:
        return
    on_hand: Counter[tuple[int, int, str]] = Counter()
    allocated: Counter[tuple[int, int, str]] = Counter()
    for movement in movements:
        key = (movement.variant_id, movement.location_id, movement.condition.value)
        on_hand[key] += movement.on_hand
        allocated[key] += movement.allocated
    keys = sorted(on_hand)
    moved = tx.execute(
        _MOVE,
        {
            "variants": [key[0] for key in keys],
            "locations": [key[1] for key in keys],
            "conditions": [key[2] for key in keys],
            "on_hand": [on_hand[key] for key in keys],
            "allocated": [allocated[key] for key in keys],
        },
    )
    assert moved.rowcount == len(keys), "a movement of a level that does not exist"  # type: ignore[attr-defined]
    tx.execute(insert(table_of(StockMovement)), [_row(movement) for movement in movements])


def receive(
    tx: Session,
    receipt_id: UUID,
    lines: Sequence[tuple[int, int]],
    location_id: int,
    by: str,
    kind: MovementKind = MovementKind.RECEIPT,
    reason: str | None = None,
) -> bool:
    """(variant, quantity) pairs come in, or are corrected. False: it was booked before."""
    known = select(StockMovement.id).where(StockMovement.receipt_id == receipt_id).limit(1)
    if tx.scalar(known):
        return False
    for variant_id in sorted({variant for variant, _ in lines}):
        tx.execute(
            upsert(StockItem)
            .values(variant_id=variant_id, location_id=location_id)
            .on_conflict_do_nothing()
        )
    move(
        tx,
        [
            Movement(
                kind,
                variant,
                location_id,
                by,
                on_hand=quantity,
                receipt_id=receipt_id,
                reason=reason,
            )
            for variant, quantity in lines
        ],
    )
    return True


def disagreements(tx: Session) -> list[tuple[int, int, str]]:
    """Levels whose counters differ from the sums of their movements or of open allocations."""
    ledger = (
        select(
            StockMovement.variant_id,
            StockMovement.location_id,
            StockMovement.condition,
            func.sum(StockMovement.on_hand_change).label("on_hand"),
            func.sum(StockMovement.allocated_change).label("allocated"),
        )
        .group_by(StockMovement.variant_id, StockMovement.location_id, StockMovement.condition)
        .subquery()
    )
    held = (
        select(
            AllocationRow.variant_id,
            AllocationRow.location_id,
            func.sum(AllocationRow.quantity).label("quantity"),
        )
        .group_by(AllocationRow.variant_id, AllocationRow.location_id)
        .subquery()
    )
    key = tuple_(ledger.c.variant_id, ledger.c.location_id, ledger.c.condition)
    rows = tx.execute(
        select(StockItem.variant_id, StockItem.location_id, StockItem.condition)
        .outerjoin(
            ledger, tuple_(StockItem.variant_id, StockItem.location_id, StockItem.condition) == key
        )
        .outerjoin(
            held,
            (held.c.variant_id == StockItem.variant_id)
            & (held.c.location_id == StockItem.location_id)
            & (StockItem.condition == Condition.GOOD),
        )
        .where(
            (StockItem.on_hand != func.coalesce(ledger.c.on_hand, 0))
            | (StockItem.allocated != func.coalesce(ledger.c.allocated, 0))
            | (StockItem.allocated != func.coalesce(held.c.quantity, 0))
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _row(movement: Movement) -> dict[str, object]:
    return {
        "kind": movement.kind.value,
        "variant_id": movement.variant_id,
        "location_id": movement.location_id,
        "condition": movement.condition.value,
        "on_hand_change": movement.on_hand,
        "allocated_change": movement.allocated,
        "order_id": movement.order_id,
        "line": movement.line,
        "shipment_id": movement.shipment_id,
        "receipt_id": movement.receipt_id,
        "reason": movement.reason,
        "actor": movement.by,
    }
