"""The figures a day begins with: from sums made before and from indexes, never by counting all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from db.reads.order_filters import Scope
from db.tables.catalogue import Product, Variant
from db.tables.desk import SalesDay
from db.tables.orders import Order
from db.tables.shop import Location
from db.tables.stock import StockItem
from domain.access import of_noun
from domain.orders import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.periods import Period
from domain.stock import Condition

Branches = frozenset[int] | None
"""None: all of them."""
OPEN = (OrderStatus.PLACED, OrderStatus.ON_HOLD)
TO_SHIP = (FulfilmentStatus.UNFULFILLED, FulfilmentStatus.PARTIAL)
BEST, LOWEST, MOST = 10, 10, 1000

_SUMS = text("""
    SELECT period.name, sums.*
    FROM unnest(CAST(:names AS text[]), CAST(:starts AS timestamptz[]),
        CAST(:ends AS timestamptz[])) AS period(name, since, until)
    CROSS JOIN LATERAL (
        SELECT s.currency, sum(s.orders) AS orders, sum(s.total) AS total,
            sum(s.refunded) AS refunded
        FROM sales_hours AS s
        WHERE s.hour >= period.since AND s.hour < period.until AND (
            CAST(:branches AS bigint[]) IS NULL OR s.branch_id = ANY(CAST(:branches AS bigint[])))
        GROUP BY s.currency
    ) AS sums
    ORDER BY period.name, sums.currency
""")


@of_noun("order")
@dataclass(frozen=True)
class SalesSum:
    """Of the orders placed in a period that still stand; in minor units."""

    currency: str
    orders: int
    total: int
    refunded: int


@dataclass(frozen=True)
class ToProcess:
    """Orders as the list shows them under the same filters; at most 1,000 are counted."""

    open: int
    on_hold: int
    unpaid: int
    to_ship: int
    attention: int


@of_noun("order")
@dataclass(frozen=True)
class BestProduct:
    variant_id: int
    sku: str
    name: str
    currency: str
    pieces: int
    gross: int


@of_noun("stock")
@dataclass(frozen=True)
class LowLevel:
    sku: str
    name: str
    location: str
    available: int


def sales_in(
    tx: Session, branches: Branches, periods: Mapping[str, Period]
) -> dict[str, list[SalesSum]]:
    given = {
        "names": list(periods),
        "starts": [period.since for period in periods.values()],
        "ends": [period.until for period in periods.values()],
        "branches": None if branches is None else sorted(branches),
    }
    found: dict[str, list[SalesSum]] = {name: [] for name in periods}
    for row in tx.execute(_SUMS, given):
        sums = (int(row.orders), int(row.total), int(row.refunded))
        found[row.name].append(SalesSum(row.currency, *sums))
    return found


def orders_to_process(tx: Session, scope: Scope) -> ToProcess:
    is_open = Order.status.in_(OPEN)
    wanted: dict[str, list[ColumnElement[bool]]] = {
        "open": [is_open],
        "on_hold": [Order.status == OrderStatus.ON_HOLD],
        "unpaid": [is_open, Order.payment == PaymentStatus.UNPAID],
        "to_ship": [Order.status == OrderStatus.PLACED, Order.fulfilment.in_(TO_SHIP)],
        "attention": [Order.attention.is_not(None)],
    }
    counts = [_count(scope, conditions).label(name) for name, conditions in wanted.items()]
    return ToProcess(**tx.execute(select(*counts)).one()._mapping)


def best_products(tx: Session, branches: Branches, since: datetime) -> list[BestProduct]:
    """Most pieces first."""
    pieces, gross = func.sum(SalesDay.pieces), func.sum(SalesDay.total)
    shown: tuple[Any, ...] = (SalesDay.variant_id, SalesDay.currency)
    sold = select(*shown, pieces.label("pieces"), gross.label("gross"))
    sold = sold.where(SalesDay.day >= since.date())
    if branches is not None:
        sold = sold.where(SalesDay.branch_id.in_(sorted(branches)))
    best = sold.group_by(SalesDay.variant_id, SalesDay.currency).order_by(
        pieces.desc(), SalesDay.variant_id
    )
    top = best.limit(BEST).subquery()
    rows = tx.execute(
        select(top, Variant.sku, Product.name)
        .join(Variant, Variant.id == top.c.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .order_by(top.c.pieces.desc(), top.c.variant_id)
    )
    return [
        BestProduct(
            row.variant_id, row.sku, row.name, row.currency, int(row.pieces), int(row.gross)
        )
        for row in rows
    ]


def low_stock(tx: Session, branches: Branches, at_most: int) -> list[LowLevel]:
    """Least first."""
    available = StockItem.on_hand - StockItem.allocated
    low = (
        select(Variant.sku, Product.name, Location.name.label("location"))
        .add_columns(available.label("available"))
        .select_from(StockItem)
        .join(Variant, Variant.id == StockItem.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Location, Location.id == StockItem.location_id)
        .where(StockItem.condition == Condition.GOOD, available <= at_most)
    )
    if branches is not None:
        low = low.where(Location.branch_id.in_(sorted(branches)))
    rows = tx.execute(low.order_by(available, Variant.sku, Location.id).limit(LOWEST))
    return [LowLevel(*row) for row in rows]


def _count(scope: Scope, conditions: list[ColumnElement[bool]]) -> ColumnElement[int]:
    some = select(Order.id).where(*conditions, *scope.conditions()).limit(MOST).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
