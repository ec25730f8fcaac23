"""The page a day begins with: what is sold, what is to be done, what is stuck, what runs out."""

from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field

from api.access import Db, SignedIn
from api.answers import RESPONSES
from api.notices import StaffId
from api.routers import Router
from api.settings import SHOP, ShopData
from db.engine import Session
from db.reads.dashboard import (
    BestProduct,
    LowLevel,
    SalesSum,
    ToProcess,
    best_products,
    low_stock,
    orders_to_process,
    sales_in,
)
from db.reads.order_filters import Scope
from db.rollups import refresh_sales
from db.settings import read_setting
from domain.access import Actor, Right
from domain.periods import periods

router = Router("/dashboard", tags=["dashboard"], responses=RESPONSES)
BEST_OF = timedelta(days=30)


class Sales(BaseModel):
    since: datetime
    until: datetime
    sums: list[SalesSum] = Field(description="One for each currency.")


class DashboardRead(BaseModel):
    """What the caller has no right to is null."""

    at: datetime
    timezone: str
    sales: dict[str, Sales] | None
    to_process: ToProcess | None
    best_products: list[BestProduct] | None = Field(description="Of the last 30 days.")
    low_stock: list[LowLevel] | None


@router.get("")
def read_dashboard(staff_id: StaffId, actor: SignedIn, db: Db) -> DashboardRead:
    """Of the caller's own branches, where rights reach no further."""
    now = datetime.now(UTC)
    with db.transaction() as tx:
        refresh_sales(tx)
    with db.transaction() as tx:
        shop = ShopData(**read_setting(tx, SHOP).value)
        return DashboardRead(
            at=now,
            timezone=shop.timezone,
            sales=_sales(tx, actor, now, shop.timezone),
            to_process=_to_process(tx, actor),
            best_products=_best(tx, actor, now),
            low_stock=_low(tx, actor, shop.low_stock),
        )


def _sales(tx: Session, actor: Actor, now: datetime, timezone: str) -> dict[str, Sales] | None:
    if not actor.may(Right.ORDER_READ):
        return None
    wanted = periods(now, timezone)
    sums = sales_in(tx, actor.branches_for(Right.ORDER_READ), wanted)
    return {
        name: Sales(since=period.since, until=period.until, sums=sums[name])
        for name, period in wanted.items()
    }


def _to_process(tx: Session, actor: Actor) -> ToProcess | None:
    return orders_to_process(tx, Scope.of(actor)) if actor.may(Right.ORDER_READ) else None


def _best(tx: Session, actor: Actor, now: datetime) -> list[BestProduct] | None:
    if not (actor.may(Right.ORDER_READ) and actor.may(Right.PRODUCT_READ)):
        return None
    return best_products(tx, actor.branches_for(Right.ORDER_READ), now - BEST_OF)


def _low(tx: Session, actor: Actor, at_most: int) -> list[LowLevel] | None:
    if not actor.may(Right.STOCK_READ):
        return None
    return low_stock(tx, actor.branches_for(Right.STOCK_READ), at_most)
