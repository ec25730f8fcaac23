"""Customers as staff see and keep them."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, Field

from api.access import Db, SignedIn, needs, require_at, rights_of
from api.answers import RESPONSES, NotFound
from api.customer_bodies import ConsentsEdit, CustomerCreate, CustomerEdit
from api.routers import Router
from api.strict import Strict
from db import custom_fields, customers, mailing_lists, shop
from db.engine import Session
from db.reads.customer_filters import CustomerFilters, CustomerScope
from db.reads.customers import (
    MOST,
    CustomerDetail,
    CustomerRow,
    CustomerSort,
    find_customer,
    find_customer_branch,
    list_customers,
)
from db.reads.history import HistoryRow, customer_history
from db.reads.order_filters import Scope
from domain.access import Actor, Forbidden, Right, require
from domain.customers import ContactBy

router = Router("/customers", tags=["customers"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.CUSTOMER_READ)]
Creator = Annotated[Actor, needs(Right.CUSTOMER_CREATE)]
Editor = Annotated[Actor, needs(Right.CUSTOMER_EDIT)]
Disabler = Annotated[Actor, needs(Right.CUSTOMER_DISABLE)]
BIGINT = 2**63


class CustomerList(BaseModel):
    rows: list[CustomerRow]
    next: int | None
    """Send it as `after` to get the next page."""


class CustomerHistory(BaseModel):
    rows: list[HistoryRow]
    next: int | None


class CreatedCustomer(BaseModel):
    id: int


class Reason(Strict):
    reason: str = Field(min_length=1, max_length=1000)


def customer_id_in_path(
    customer_id: Annotated[int, Path(ge=1, lt=BIGINT)],
    request: Request,
    actor: SignedIn,
    db: Db,
) -> int:
    """Of a customer within the reach of the rights that the route asks for."""
    for right in rights_of(request):
        require(actor, right)
    with db.transaction() as tx:
        known = find_customer_branch(tx, CustomerScope.of(actor), customer_id)
    if known is None:
        raise NotFound("There is no such customer.")
    require_at(request, actor, known.branch_id)
    return customer_id


CustomerId = Annotated[int, Depends(customer_id_in_path)]
Moment = datetime | None
Count = Annotated[int | None, Query(ge=0, le=1_000_000)]
Amount = Annotated[int | None, Query(ge=-BIGINT, lt=BIGINT)]
Text = Annotated[str | None, Query(max_length=320)]
Codes = Annotated[list[Annotated[str, Field(max_length=50)]] | None, Query(max_length=20)]


def wanted_customers(
    actor: SignedIn,
    db: Db,
    q: Annotated[str, Query(max_length=200)] = "",
    email: Text = None,
    phone: Text = None,
    city: Text = None,
    country: Text = None,
    language: Annotated[str | None, Query(pattern="^(en|fr|ru)$")] = None,
    contact_by: ContactBy | None = None,
    branch_id: Annotated[int | None, Query(ge=1, lt=BIGINT)] = None,
    is_active: bool | None = None,
    has_account: bool | None = None,
    consent: Codes = None,
    no_consent: Codes = None,
    created_from: Moment = None,
    created_to: Moment = None,
    ordered_from: Moment = None,
    ordered_to: Moment = None,
    not_ordered_from: Moment = None,
    orders_from: Count = None,
    orders_to: Count = None,
    currency: Annotated[str | None, Query(pattern="^[A-Z]{3}$")] = None,
    spent_from: Amount = None,
    spent_to: Amount = None,
    custom: Annotated[
        list[Annotated[str, Field(max_length=300)]] | None,
        Query(max_length=20, description="key:value; numbers and dates also key>=value"),
    ] = None,
) -> CustomerFilters:
    with db.transaction() as tx:
        rules = custom_fields.get_rules(tx) if custom else {}
    return CustomerFilters(
        q=q,
        hidden=actor.hidden["customer"],
        email=email,
        phone=phone,
        city=city,
        country=country,
        language=language,
        contact_by=contact_by,
        branch_id=branch_id,
        is_active=is_active,
        has_account=has_account,
        consents=frozenset(consent or ()),
        no_consents=frozenset(no_consent or ()),
        created_from=created_from,
        created_to=created_to,
        ordered_from=ordered_from,
        ordered_to=ordered_to,
        not_ordered_from=not_ordered_from,
        orders_from=orders_from,
        orders_to=orders_to,
        currency=currency,
        spent_from=spent_from,
        spent_to=spent_to,
        custom=tuple(custom or ()),
        fields=rules,
    )


@router.get("")
def read_customers(
    actor: Reader,
    db: Db,
    filters: Annotated[CustomerFilters, Depends(wanted_customers)],
    sort: CustomerSort = CustomerSort.NEWEST,
    after: Annotated[int | None, Query(ge=1, lt=BIGINT)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> CustomerList:
    """Newest first; filters combine. Amounts spent need `currency`."""
    with db.transaction() as tx:
        page = list_customers(tx, CustomerScope.of(actor), filters, sort, after, limit)
    return CustomerList(rows=page.rows, next=page.next)


@router.post("", status_code=201)
def create_customer(body: CustomerCreate, actor: Creator, db: Db) -> CreatedCustomer:
    with db.transaction() as tx:
        profile = body.profile(_branch(tx, actor, body.branch_id))
        return CreatedCustomer(id=customers.add_customer(tx, profile, actor.name))


@router.get("/{customer_id}")
def read_customer(customer_id: CustomerId, actor: Reader, db: Db) -> CustomerDetail:
    with db.transaction() as tx:
        return _detail(tx, actor, customer_id)


@router.get("/{customer_id}/history")
def read_customer_history(
    customer_id: CustomerId,
    actor: Reader,
    db: Db,
    after: Annotated[int | None, Query(ge=1, lt=BIGINT)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> CustomerHistory:
    """Newest first: who, when, what from what to what, and why; consents too."""
    with db.transaction() as tx:
        page = customer_history(tx, customer_id, after, limit)
    return CustomerHistory(rows=page.rows, next=page.next)


@router.patch("/{customer_id}")
def edit_customer(
    customer_id: CustomerId, body: CustomerEdit, actor: Editor, db: Db
) -> CustomerDetail:
    values = body.values()
    if "branch_id" in values:
        _require_branch(actor, Right.CUSTOMER_EDIT, values["branch_id"])
    with db.transaction() as tx:
        customers.edit_customer(tx, customer_id, body.version, values, actor.name)
        return _detail(tx, actor, customer_id)


@router.put("/{customer_id}/consents")
def record_consents(
    customer_id: CustomerId, body: ConsentsEdit, actor: Editor, db: Db
) -> CustomerDetail:
    """What the customer said to us; lists that are not named stay as they are."""
    with db.transaction() as tx:
        for code, given in sorted(body.consents.items()):
            mailing_lists.record_consent(
                tx, customer_id, code, given=given, way=body.way, by=actor.name
            )
        return _detail(tx, actor, customer_id)


@router.post("/{customer_id}/disable")
def disable_customer(
    customer_id: CustomerId, body: Reason, actor: Disabler, db: Db
) -> CustomerDetail:
    """Stays in the books, with all orders; cannot sign in, and nothing is sold to them."""
    with db.transaction() as tx:
        customers.set_active(tx, customer_id, False, actor.name, body.reason)
        return _detail(tx, actor, customer_id)


@router.post("/{customer_id}/enable")
def enable_customer(customer_id: CustomerId, actor: Disabler, db: Db) -> CustomerDetail:
    with db.transaction() as tx:
        customers.set_active(tx, customer_id, True, actor.name)
        return _detail(tx, actor, customer_id)


def _detail(tx: Session, actor: Actor, customer_id: int) -> CustomerDetail:
    """With the orders that this person may see."""
    orders = Scope.of(actor) if actor.may(Right.ORDER_READ) else None
    scope = CustomerScope.of(actor, Right.CUSTOMER_READ)
    detail = find_customer(tx, scope, orders, customer_id)
    if detail is None:
        raise NotFound("There is no such customer.")
    return detail


def _branch(tx: Session, actor: Actor, wanted: int | None) -> int | None:
    """Where the new customer belongs: a storefront's to its branch; when whoever adds them works
    in one branch alone, there."""
    if actor.channel_id is not None:
        return shop.find_branch(tx, actor.channel_id)
    branches = actor.branches_for(Right.CUSTOMER_CREATE)
    if wanted is None and branches is not None and len(branches) == 1:
        return next(iter(branches))
    _require_branch(actor, Right.CUSTOMER_CREATE, wanted)
    return wanted


def _require_branch(actor: Actor, right: Right, branch_id: int | None) -> None:
    if not actor.may_at(right, branch_id):
        raise Forbidden(f"Your right {right} does not reach to this branch.")
