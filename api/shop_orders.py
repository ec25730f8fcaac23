"""Customers' own orders, without what staff write and think about them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict

from api.access import Db
from api.answers import RESPONSES, NotFound
from api.paging import decode, encode
from api.routers import Router
from api.shop_access import Shopper
from db.reads.order_details import find_order_detail
from db.reads.order_filters import OrderFilters, Scope
from db.reads.orders import OrderSort, find_order_key, list_orders
from domain.access import of_noun
from domain.order_lines import LineQuantities, LineStage
from domain.orders import FulfilmentStatus, OrderStatus, PaymentStatus, ReturnStatus
from domain.payments import PaymentMethod, PaymentState
from domain.shipments import CarrierCode, ShipmentState

router = Router("/shop/orders", tags=["shop"], responses=RESPONSES)


@of_noun()
class Own(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class MyOrderRow(Own):
    """Amounts in minor units of the currency."""

    number: int
    placed_at: datetime
    status: OrderStatus
    payment: PaymentStatus
    fulfilment: FulfilmentStatus
    returns: ReturnStatus
    currency: str
    total: int
    line_count: int
    first_line: str | None


class MyOrders(Own):
    rows: list[MyOrderRow]
    next: str | None
    """Send it as `after` to get the next page."""


class MyLine(Own):
    line: int
    sku: str
    name: str
    unit_price: int
    gross: int
    quantities: LineQuantities
    stage: LineStage


class MyPayment(Own):
    method: PaymentMethod
    state: PaymentState
    amount: int
    captured: int
    refunded: int
    confirmation_url: str | None


class MyShipment(Own):
    carrier: CarrierCode
    state: ShipmentState
    tracking_number: str | None
    shipped_at: datetime | None
    delivered_at: datetime | None


class MyOrder(Own):
    number: int
    placed_at: datetime
    closed_at: datetime | None
    status: OrderStatus
    payment: PaymentStatus
    fulfilment: FulfilmentStatus
    returns: ReturnStatus
    currency: str
    prices_include_tax: bool
    goods: int
    shipping: int
    tax: int
    total: int
    captured: int
    refunded: int
    shipping_method_name: str | None
    customer_name: str
    customer_email: str
    customer_phone: str
    address: dict[str, Any]
    comment: str
    lines: list[MyLine]
    payments: list[MyPayment]
    shipments: list[MyShipment]


@router.get("")
def read_my_orders(
    actor: Shopper,
    db: Db,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> MyOrders:
    """Newest first."""
    sort = OrderSort.NEWEST
    cursor = decode(after, sort) if after else None
    with db.transaction() as tx:
        page = list_orders(tx, Scope.of(actor), OrderFilters(), sort, cursor, limit)
    following = encode(page.next, sort) if page.next else None
    return MyOrders(rows=[MyOrderRow.model_validate(row) for row in page.rows], next=following)


@router.get("/{number}")
def read_my_order(number: Annotated[int, Path(ge=1, lt=2**63)], actor: Shopper, db: Db) -> MyOrder:
    with db.transaction() as tx:
        key = find_order_key(tx, Scope.of(actor), str(number))
        detail = find_order_detail(tx, Scope.of(actor), key.id) if key else None
    if detail is None:
        raise NotFound("You have no such order.")
    return MyOrder.model_validate(detail)
