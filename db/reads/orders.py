"""The list of orders: one statement a page, however many orders there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Select,
    Subquery,
    any_,
    exists,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.reads.names import ORDER_NAMES, ChannelName, Name, join_order_names, order_names
from db.reads.order_filters import OrderFilters, Scope, plain
from db.reads.rows import build, columns
from db.reads.search import LONGEST, Condition, Search
from db.tables.orders import Order, OrderLine
from domain.access import of_noun
from domain.orders import (
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
)

MOST = 100
FEW = 5000
"""Up to so many orders of one SKU are fetched and sorted; of more, the list is walked."""


class OrderSort(StrEnum):
    """The column, with a minus in front where the highest comes first."""

    NEWEST = "-placed_at"
    OLDEST = "placed_at"
    NUMBER_FALLING = "-number"
    NUMBER_RISING = "number"
    DEAREST = "-total"
    CHEAPEST = "total"

    @property
    def is_falling(self) -> bool:
        return self.startswith("-")

    @property
    def column(self) -> InstrumentedAttribute[Any]:
        column: InstrumentedAttribute[Any] = getattr(Order, self.removeprefix("-"))
        return column


@dataclass(frozen=True)
class Cursor:
    """The last order of a page. `key` is its value in the sorted column; None: it stood before
    all others, as its number was what was looked for."""

    key: datetime | int | None
    id: UUID


@of_noun("order")
@dataclass(frozen=True)
class OrderRow:
    """Amounts in minor units of the currency."""

    id: UUID
    number: int
    placed_at: datetime
    channel: ChannelName
    branch: Name | None
    status: OrderStatus
    payment: PaymentStatus
    fulfilment: FulfilmentStatus
    returns: ReturnStatus
    currency: str
    total: int
    captured: int
    refunded: int
    customer_name: str
    customer_email: str
    responsible: Name | None
    line_count: int
    first_line: str | None
    attention: str | None


@dataclass(frozen=True)
class OrderPage:
    rows: list[OrderRow]
    next: Cursor | None
    """None: there is nothing after this page."""


@dataclass(frozen=True)
class OrderKey:
    id: UUID
    branch_id: int | None


def find_order_key(tx: Session, scope: Scope, number_or_id: str) -> OrderKey | None:
    """By what people see or by what programs hold; None also when it is out of their scope."""
    known = _number_or_id(number_or_id.strip())
    if known is None:
        return None
    found = select(Order.id, Order.branch_id).where(known, *scope.conditions())
    row = tx.execute(found).one_or_none()
    return row and OrderKey(row.id, row.branch_id)


def list_orders(
    tx: Session,
    scope: Scope,
    filters: OrderFilters,
    sort: OrderSort = OrderSort.NEWEST,
    after: Cursor | None = None,
    limit: int = 50,
    most: int = MOST,
) -> OrderPage:
    if not 1 <= limit <= most:
        raise ValueError(f"A page has 1 to {most} orders, not {limit}.")
    found = [*_found(scope, filters, sort, after, limit + 1)]
    rows = tx.execute(_with_contents(_page(found, sort, limit + 1), sort)).all()
    following = _cursor(rows[limit - 1]) if len(rows) > limit else None
    shown = [build(OrderRow, row, **order_names(row)) for row in rows[:limit]]
    return OrderPage(shown, following)


def matching(scope: Scope, filters: OrderFilters) -> Select[Any]:
    """All of them, in no order. The one with the number searched for may be among them or not."""
    conditions = [*scope.conditions(), *filters.conditions(), *_with_sku(filters.sku)]
    return select(Order.id).where(*conditions, *filters.search.conditions(scope.hidden))


def _number_or_id(text: str) -> Condition | None:
    number = Search(text).number if len(text) < LONGEST else None
    if number is not None:
        return Order.number == number
    try:
        return Order.id == UUID(text)
    except ValueError:
        return None


def _found(
    scope: Scope, filters: OrderFilters, sort: OrderSort, after: Cursor | None, limit: int
) -> Iterator[Select[Any]]:
    """Where the page's orders come from; each gives at most one page, sorted by index."""
    conditions = [*scope.conditions(), *filters.conditions()]
    search = filters.search
    if search.number is not None and after is None:
        exact = Order.number == search.number
        yield _orders(sort, limit, 0, [*conditions, exact, *_with_sku(filters.sku)])
    conditions += search.conditions(scope.hidden)
    if after is not None and after.key is not None:
        conditions.append(_beyond(sort, after))
    for skus in _ways_to_sku(filters.sku):
        yield _orders(sort, limit, 1, [*conditions, *skus])


def _orders(sort: OrderSort, limit: int, lead: int, conditions: Sequence[Condition]) -> Select[Any]:
    columns = (literal(lead).label("lead"), sort.column.label("key"), Order.id.label("id"))
    return select(*columns).where(*conditions).order_by(*_directed(sort)).limit(limit)


def _directed(sort: OrderSort) -> list[Any]:
    return [key.desc() if sort.is_falling else key.asc() for key in (sort.column, Order.id)]


def _beyond(sort: OrderSort, after: Cursor) -> Condition:
    keys, last = tuple_(sort.column, Order.id), tuple_(after.key, after.id)
    return keys < last if sort.is_falling else keys > last


def _with_sku(sku: str | None) -> list[Condition]:
    if sku is None:
        return []
    line = exists().where(OrderLine.order_id == Order.id, OrderLine.sku == plain(sku))
    # As a value, not as a condition to be joined: so the sorted walk is kept.
    return [line.is_(True)]


def _ways_to_sku(sku: str | None) -> Iterator[list[Condition]]:
    """Statistics do not know when a SKU was sold. Of a rare one the orders are fetched, whenever
    they were; for a common one the list is walked. PostgreSQL counts, and runs one of both."""
    if sku is None:
        yield []
        return
    some = select(OrderLine.order_id).where(OrderLine.sku == plain(sku)).limit(FEW + 1)
    count = select(func.count()).select_from(some.subquery()).scalar_subquery()
    yield [count <= FEW, Order.id == any_(func.array(some.scalar_subquery()))]
    yield [count > FEW, *_with_sku(sku)]


def _page(found: Sequence[Select[Any]], sort: OrderSort, limit: int) -> Subquery:
    together = union_all(*(select(part.subquery()) for part in found)).subquery()
    return select(together).order_by(*_page_order(together, sort)).limit(limit).subquery("page")


def _page_order(page: Subquery, sort: OrderSort) -> list[Any]:
    keys = (page.c.key, page.c.id)
    return [page.c.lead, *(key.desc() if sort.is_falling else key.asc() for key in keys)]


def _with_contents(page: Subquery, sort: OrderSort) -> Select[Any]:
    names = func.array_agg(aggregate_order_by(OrderLine.name, OrderLine.line))
    contents = (
        select(func.count().label("line_count"), names[1].label("first_line"))
        .where(OrderLine.order_id == page.c.id)
        .lateral("contents")
    )
    shown = (page.c.lead, page.c.key, *columns(Order, OrderRow), *ORDER_NAMES, *contents.c)
    orders = select(*shown).select_from(page).join(Order, Order.id == page.c.id)
    return join_order_names(orders).join(contents, true()).order_by(*_page_order(page, sort))


def _cursor(row: Row[Any]) -> Cursor:
    return Cursor(row.key if row.lead else None, row.id)
