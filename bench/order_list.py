"""How long a page of the order list takes: by default, deep in the list, under each filter."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.figures import Figure, percentile, spread, timed
from db.engine import Database
from db.reads.order_filters import EVERY_ORDER, OrderFilters
from db.reads.orders import Cursor, OrderSort, list_orders
from db.tables.orders import Order, OrderLine
from db.tables.shop import Branch, Channel
from db.tables.staff import StaffMember
from domain.orders import (
    ChannelKind,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
)

CALLS = 60
PAGE = 50
DEEP = 150_000
DAYS = 1096
SAMPLED = 200


@dataclass(frozen=True)
class Sample:
    """Values that occur in the database, to ask for."""

    channels: list[str]
    branches: list[int]
    staff: list[int]
    skus: list[str]
    orders: list[Any]
    deep: list[Cursor]


@dataclass(frozen=True)
class Page:
    filters: OrderFilters = field(default_factory=OrderFilters)
    sort: OrderSort = OrderSort.NEWEST
    after: Cursor | None = None


Case = Callable[[random.Random, Sample], Page]


def measure(database_url: str, calls: int = CALLS) -> list[Figure]:
    """Of a seeded database, through the function that the API calls."""
    database = Database.connect(database_url, pool_size=1)
    try:
        with database.transaction() as tx:
            sample = _sample(tx)
        times = {name: _times(database, sample, case, calls) for name, case in CASES.items()}
    finally:
        database.close()
    ratio = percentile(times["deep in the list"], 50) / percentile(times["first page"], 50)
    figures = [figure for name, taken in times.items() for figure in spread(name, taken)]
    return [*figures, Figure("deep in the list to first page", ratio, "times", ratio)]


def _times(database: Database, sample: Sample, case: Case, calls: int) -> list[float]:
    chance = random.Random(7)
    pages = [case(chance, sample) for _ in range(calls)]
    _list(database, pages[0])
    return [timed(partial(_list, database, page)) for page in pages]


def _list(database: Database, page: Page) -> None:
    with database.transaction() as tx:
        list_orders(tx, EVERY_ORDER, page.filters, page.sort, page.after, PAGE)


def _sample(tx: Session) -> Sample:
    newest = select(Order.placed_at, Order.id).order_by(Order.placed_at.desc(), Order.id.desc())
    some = select(
        Order.number, Order.customer_name, Order.customer_email, Order.customer_phone
    ).add_columns(Order.external_ref, Order.total)
    orders = tx.scalar(select(func.count()).select_from(Order)) or 0
    every, depth = max(orders // SAMPLED, 1), min(DEEP, orders * 3 // 4)
    return Sample(
        channels=[*tx.scalars(select(Channel.code).order_by(Channel.id))],
        branches=[*tx.scalars(select(Branch.id).order_by(Branch.id))],
        staff=[*tx.scalars(select(StaffMember.id).order_by(StaffMember.id))],
        skus=[*tx.scalars(select(OrderLine.sku).distinct().order_by(OrderLine.sku))],
        orders=[*tx.execute(some.where(Order.number % every == 0).order_by(Order.number))],
        deep=[Cursor(*row) for row in tx.execute(newest.offset(depth).limit(CALLS))],
    )


def _some(chance: random.Random, values: Any) -> frozenset[Any]:
    choice = sorted(values)
    return frozenset(chance.sample(choice, chance.randint(2, max(2, len(choice) - 1))))


def _one(chance: random.Random, values: Any) -> frozenset[Any]:
    return frozenset({chance.choice(sorted(values))})


def _dates(chance: random.Random) -> dict[str, datetime]:
    start = datetime.now(UTC) - timedelta(days=chance.uniform(1, DAYS))
    return {"placed_from": start, "placed_to": start + timedelta(days=chance.uniform(1, 90))}


def _totals(chance: random.Random, sample: Sample) -> dict[str, int]:
    total = chance.choice(sample.orders).total
    return {"total_from": total, "total_to": total * 11 // 10}


def _asked(order: Any, chance: random.Random) -> str:
    """What somebody who looks for this order might type."""
    texts = [order.customer_name, order.customer_name.split()[-1], order.customer_phone]
    return str(chance.choice([*texts, order.customer_phone[-4:], order.customer_email[:2]]))


def _combined(chance: random.Random, sample: Sample) -> Page:
    names = chance.sample(sorted(FILTERS), chance.randint(2, 4))
    filters = OrderFilters()
    for name in names:
        filters = replace(filters, **FILTERS[name](chance, sample))
    return Page(filters, chance.choice(list(OrderSort)))


FILTERS: dict[str, Callable[[random.Random, Sample], dict[str, Any]]] = {
    "channel": lambda r, s: {"channels": _one(r, s.channels)},
    "several channels": lambda r, s: {"channels": _some(r, s.channels)},
    "channel kind": lambda r, s: {"channel_kinds": _one(r, ChannelKind)},
    "branch": lambda r, s: {"branch_id": r.choice(s.branches)},
    "status": lambda r, s: {"statuses": _one(r, OrderStatus)},
    "several statuses": lambda r, s: {"statuses": _some(r, OrderStatus)},
    "payment": lambda r, s: {"payments": _one(r, PaymentStatus)},
    "fulfilment": lambda r, s: {"fulfilments": _one(r, FulfilmentStatus)},
    "returns": lambda r, s: {"returns": _one(r, ReturnStatus)},
    "dates": lambda r, s: _dates(r),
    "total": lambda r, s: _totals(r, s),
    "responsible": lambda r, s: {"responsible_id": r.choice(s.staff)},
    "customer": lambda r, s: {"customer_email": r.choice(s.orders).customer_email},
    "SKU": lambda r, s: {"sku": r.choice(s.skus)},
    "attention": lambda r, s: {"attention": True},
    "text": lambda r, s: {"q": _asked(r.choice(s.orders), r)},
    "number": lambda r, s: {"q": str(r.choice(s.orders).number)},
    "e-mail as text": lambda r, s: {"q": r.choice(s.orders).customer_email},
    "reference": lambda r, s: {"q": r.choice([o for o in s.orders if o.external_ref]).external_ref},
    "text nobody has": lambda r, s: {"q": f"{r.choice('qxz')}zq{r.randint(10, 99)}"},
}


def _filtered(name: str) -> Case:
    return lambda chance, sample: Page(OrderFilters(**FILTERS[name](chance, sample)))


def _sorted_by(sort: OrderSort) -> Case:
    return lambda chance, sample: Page(sort=sort)


CASES: dict[str, Case] = {
    "first page": _sorted_by(OrderSort.NEWEST),
    "deep in the list": lambda chance, sample: Page(after=chance.choice(sample.deep)),
    "oldest first": _sorted_by(OrderSort.OLDEST),
    "by falling number": _sorted_by(OrderSort.NUMBER_FALLING),
    "dearest first": _sorted_by(OrderSort.DEAREST),
    **{f"by {name}": _filtered(name) for name in FILTERS},
    "two to four filters at once": _combined,
}
