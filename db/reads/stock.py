"""How much of what lies where, and every movement that made it so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import Session

from db.reads.names import ActorName, Actors
from db.reads.rows import build, columns
from db.tables.catalogue import Product, Variant
from db.tables.orders import Order
from db.tables.shop import Branch, Location
from db.tables.stock import StockItem, StockMovement
from domain.access import of_noun
from domain.stock import Condition, MovementKind

MOST = 200


@dataclass(frozen=True)
class StockFilters:
    """None leaves a side open. `branches`: those the caller may see, if not all."""

    sku: str | None = None
    location: str | None = None
    condition: Condition | None = None
    branches: frozenset[int] | None = None


@dataclass(frozen=True)
class LevelKey:
    sku: str
    location: str
    condition: Condition


@of_noun("stock")
@dataclass(frozen=True)
class LevelRow(LevelKey):
    name: str
    on_hand: int
    allocated: int
    available: int


@dataclass(frozen=True)
class LevelPage:
    rows: list[LevelRow]
    next: LevelKey | None


@of_noun("stock")
@dataclass(frozen=True)
class MovementRow:
    """`receipt_id` is the id of the receipt or correction that was booked."""

    id: int
    at: datetime
    kind: MovementKind
    sku: str
    location: str
    condition: Condition
    on_hand_change: int
    allocated_change: int
    order_id: UUID | None
    order_number: int | None
    line: int | None
    shipment_id: UUID | None
    receipt_id: UUID | None
    reason: str | None
    actor: ActorName


@dataclass(frozen=True)
class LocationRow:
    code: str
    name: str
    branch: str


@dataclass(frozen=True)
class MovementPage:
    rows: list[MovementRow]
    next: int | None
    """The id of the last row, when older ones follow."""


def list_levels(
    tx: Session,
    filters: StockFilters,
    after: LevelKey | None = None,
    limit: int = 50,
    most: int = MOST,
) -> LevelPage:
    """By SKU, then location, then condition."""
    _check(limit, most)
    place = tuple_(Variant.sku, Location.code, StockItem.condition)
    wanted = levels(filters)
    if after is not None:
        wanted = wanted.where(place > (after.sku, after.location, after.condition.value))
    rows = tx.execute(wanted.order_by(place).limit(limit + 1)).all()
    shown = [build(LevelRow, row) for row in rows[:limit]]
    last = LevelKey(shown[-1].sku, shown[-1].location, shown[-1].condition) if shown else None
    return LevelPage(shown, last if len(rows) > limit else None)


def list_movements(
    tx: Session, filters: StockFilters, after: int | None = None, limit: int = 50
) -> MovementPage:
    """Newest first; `after` is the `next` of the page before."""
    _check(limit)
    movements = _movements(filters)
    if after is not None:
        movements = movements.where(StockMovement.id < after)
    rows = tx.execute(movements.order_by(StockMovement.id.desc()).limit(limit + 1)).all()
    actors = Actors(tx, (row.actor for row in rows[:limit]))
    shown = [build(MovementRow, row, actor=actors[row.actor]) for row in rows[:limit]]
    return MovementPage(shown, shown[-1].id if len(rows) > limit else None)


def list_locations(tx: Session, branches: frozenset[int] | None) -> list[LocationRow]:
    """By branch, then name. `branches`: those the caller may see, if not all."""
    read: tuple[Any, ...] = (Location.code, Location.name, Branch.name.label("branch"))
    wanted = select(*read).join(Branch, Branch.id == Location.branch_id)
    if branches is not None:
        wanted = wanted.where(Location.branch_id.in_(sorted(branches)))
    ordered = wanted.order_by(Branch.name, Location.name, Location.id)
    return [build(LocationRow, row) for row in tx.execute(ordered)]


def levels(filters: StockFilters) -> Select[Any]:
    read: tuple[Any, ...] = (
        Variant.sku,
        Product.name,
        Location.code.label("location"),
        StockItem.condition,
        StockItem.on_hand,
        StockItem.allocated,
        (StockItem.on_hand - StockItem.allocated).label("available"),
    )
    return (
        select(*read)
        .join(Variant, Variant.id == StockItem.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Location, Location.id == StockItem.location_id)
        .where(*_narrowed(filters, StockItem))
    )


def _movements(filters: StockFilters) -> Select[Any]:
    read: tuple[Any, ...] = (
        *columns(StockMovement, MovementRow),
        Variant.sku,
        Location.code.label("location"),
        Order.number.label("order_number"),
    )
    return (
        select(*read)
        .join(Variant, Variant.id == StockMovement.variant_id)
        .join(Location, Location.id == StockMovement.location_id)
        .outerjoin(Order, Order.id == StockMovement.order_id)
        .where(*_narrowed(filters, StockMovement))
    )


def _narrowed(
    filters: StockFilters, table: type[StockItem | StockMovement]
) -> Iterator[ColumnElement[bool]]:
    if filters.sku is not None:
        yield Variant.sku == _plain(filters.sku)
    if filters.location is not None:
        yield Location.code == _plain(filters.location)
    if filters.condition is not None:
        yield table.condition == filters.condition
    if filters.branches is not None:
        yield Location.branch_id.in_(sorted(filters.branches))


def _plain(text: str) -> str:
    return text.replace("\0", " ").strip()


def _check(limit: int, most: int = MOST) -> None:
    if not 1 <= limit <= most:
        raise ValueError(f"A page has 1 to {most} rows, not {limit}.")
