"""Orders as screens and storefronts read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.order_commands import OrderId
from api.paging import decode, encode
from api.routers import Router
from db import orders as orders_db
from db.reads.history import HistoryRow, order_history
from db.reads.order_details import find_order_detail
from db.reads.order_filters import OrderFilters, Scope
from db.reads.order_parts import OrderDetail, PaymentDetail
from db.reads.orders import OrderRow, OrderSort, list_orders
from domain.access import Actor, Right
from domain.order_commands import Action, actions
from domain.orders import (
    ChannelKind,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
)

router = Router("/orders", tags=["orders"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.ORDER_READ)]


class OrderList(BaseModel):
    rows: list[OrderRow]
    next: str | None
    """Send it as `after` to get the next page."""


class History(BaseModel):
    rows: list[HistoryRow]
    next: int | None


@dataclass(frozen=True)
class OrderRead(OrderDetail):
    actions: list[Action]
    """What this caller may do now; closed ones with the reason."""


def wanted_orders(
    channel: Annotated[list[str] | None, Query(max_length=50)] = None,
    channel_kind: Annotated[list[ChannelKind] | None, Query()] = None,
    branch_id: int | None = None,
    status: Annotated[list[OrderStatus] | None, Query()] = None,
    payment: Annotated[list[PaymentStatus] | None, Query()] = None,
    fulfilment: Annotated[list[FulfilmentStatus] | None, Query()] = None,
    returns: Annotated[list[ReturnStatus] | None, Query()] = None,
    placed_from: datetime | None = None,
    placed_to: datetime | None = None,
    total_from: int | None = None,
    total_to: int | None = None,
    responsible_id: int | None = None,
    customer_id: int | None = None,
    customer_email: Annotated[str | None, Query(max_length=320)] = None,
    sku: Annotated[str | None, Query(max_length=100)] = None,
    attention: bool = False,
    q: Annotated[str, Query(max_length=200)] = "",
) -> OrderFilters:
    return OrderFilters(
        channels=frozenset(channel or ()),
        channel_kinds=frozenset(channel_kind or ()),
        branch_id=branch_id,
        statuses=frozenset(status or ()),
        payments=frozenset(payment or ()),
        fulfilments=frozenset(fulfilment or ()),
        returns=frozenset(returns or ()),
        placed_from=placed_from,
        placed_to=placed_to,
        total_from=total_from,
        total_to=total_to,
        responsible_id=responsible_id,
        customer_id=customer_id,
        customer_email=customer_email,
        sku=sku,
        attention=attention,
        q=q,
    )


@router.get("")
def read_orders(
    actor: Reader,
    db: Db,
    filters: Annotated[OrderFilters, Depends(wanted_orders)],
    sort: OrderSort = OrderSort.NEWEST,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> OrderList:
    """Newest first; filters combine; `after` pages on without skipping or repeating."""
    cursor = decode(after, sort) if after else None
    with db.transaction() as tx:
        page = list_orders(tx, Scope.of(actor), filters, sort, cursor, limit)
    following = encode(page.next, sort) if page.next else None
    return OrderList(rows=page.rows, next=following)


@router.get("/{order}", response_model=OrderRead)
def read_order(order_id: OrderId, actor: Reader, db: Db) -> OrderRead:
    with db.transaction() as tx:
        detail = find_order_detail(tx, Scope.of(actor), order_id)
        facts = orders_db.get(tx, order_id)
    if detail is None:
        raise NotFound("There is no such order.")
    return OrderRead(**vars(detail), actions=actions(facts, actor))


@router.get("/{order}/history")
def read_history(
    order_id: OrderId,
    actor: Reader,
    db: Db,
    after: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> History:
    """The whole protocol, newest first: who, when, what from what to what, and why."""
    with db.transaction() as tx:
        page = order_history(tx, order_id, after, limit)
    return History(rows=page.rows, next=page.next)


@router.get("/{order}/payments/{payment_id}", response_model=PaymentDetail)
def read_payment(order_id: OrderId, payment_id: UUID, actor: Reader, db: Db) -> PaymentDetail:
    """For storefronts: its `confirmation_url` is where the customer pays."""
    with db.transaction() as tx:
        detail = find_order_detail(tx, Scope.of(actor), order_id)
    for payment in detail.payments if detail else []:
        if payment.id == payment_id:
            return payment
    raise NotFound("There is no such payment.")
