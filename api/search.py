"""One box that finds everything: orders, products, customers and staff, a few of each."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from api.access import Db, SignedIn
from api.answers import RESPONSES
from api.notices import StaffId
from api.routers import Router
from db.engine import Session
from db.reads.customer_filters import CustomerFilters, CustomerScope
from db.reads.customers import list_customers
from db.reads.order_filters import OrderFilters, Scope
from db.reads.orders import list_orders
from db.reads.products import list_products
from db.reads.staff import StaffFilters, list_staff
from domain.access import Actor, Right
from domain.access.visible import visible

router = Router("/search", tags=["search"], responses=RESPONSES)
OF_EACH = 5
Kind = Literal["order", "product", "customer", "staff"]


class Hit(BaseModel):
    kind: Kind
    id: str = Field(description="As the address of its page has it.")
    title: str
    detail: str


class Found(BaseModel):
    hits: list[Hit] = Field(description=f"At most {OF_EACH} of each kind, the best first.")


@router.get("")
def search_everything(
    staff_id: StaffId,
    actor: SignedIn,
    db: Db,
    q: Annotated[str, Query(max_length=100)] = "",
) -> Found:
    """What the caller may read, and by the fields the caller sees. An order by its number and a
    product by its SKU come first."""
    words = q.replace("\0", " ").strip()
    if not words:
        return Found(hits=[])
    with db.transaction() as tx:
        return Found(hits=[hit for look in _LOOKS for hit in look(tx, actor, words)])


def _orders(tx: Session, actor: Actor, q: str) -> Iterator[Hit]:
    if not actor.may(Right.ORDER_READ):
        return
    page = list_orders(tx, Scope.of(actor), OrderFilters(q=q), limit=OF_EACH)
    for row in page.rows:
        seen = visible(actor, "order", row)
        detail = _words(seen.get("customer_name"), row.status, row.channel.name)
        yield Hit(kind="order", id=str(row.id), title=str(row.number), detail=detail)


def _products(tx: Session, actor: Actor, q: str) -> Iterator[Hit]:
    if not actor.may(Right.PRODUCT_READ):
        return
    for row in list_products(tx, q, limit=OF_EACH).rows:
        detail = _words(row.sku, row.variant)
        yield Hit(kind="product", id=str(row.product_id), title=row.name, detail=detail)


def _customers(tx: Session, actor: Actor, q: str) -> Iterator[Hit]:
    if not actor.may(Right.CUSTOMER_READ):
        return
    filters = CustomerFilters(q=q, hidden=actor.hidden["customer"])
    for row in list_customers(tx, CustomerScope.of(actor), filters, limit=OF_EACH).rows:
        seen = visible(actor, "customer", row)
        detail = _words(seen.get("email"), seen.get("phone"))
        yield Hit(kind="customer", id=str(row.id), title=row.name, detail=detail)


def _staff(tx: Session, actor: Actor, q: str) -> Iterator[Hit]:
    if not actor.may(Right.STAFF_READ):
        return
    within = actor.branches_for(Right.STAFF_READ)
    filters = StaffFilters(q=q, within=within, hidden=actor.hidden["staff"])
    for row in list_staff(tx, filters, limit=OF_EACH).rows:
        seen = visible(actor, "staff", row)
        yield Hit(kind="staff", id=str(row.id), title=row.name, detail=_words(seen.get("email")))


_LOOKS: tuple[Callable[[Session, Actor, str], Iterator[Hit]], ...] = (
    _orders,
    _products,
    _customers,
    _staff,
)


def _words(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)
