"""Customers: the list, one statement a page; and everything shop and staff know of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from db.reads.customer_filters import (
    CurrencyNeeded,
    CustomerFilters,
    CustomerScope,
    spent,
)
from db.reads.names import ActorName, Actors, Name
from db.reads.order_filters import OrderFilters, Scope
from db.reads.orders import OrderRow, list_orders
from db.reads.rows import build, columns
from db.tables.access import Account
from db.tables.customers import Consent, Customer, CustomerTotal, MailingList
from db.tables.orders import Order
from db.tables.shop import Branch
from domain.customers import ConsentWay, CustomerAddress, ListKind

MOST = 200
LATEST_ORDERS = 10


class CustomerSort(StrEnum):
    """The column, with a minus in front where the highest comes first."""

    NEWEST = "-created_at"
    OLDEST = "created_at"
    NAME_RISING = "name"
    NAME_FALLING = "-name"
    SPENT_MOST = "-spent"
    SPENT_LEAST = "spent"

    @property
    def is_falling(self) -> bool:
        return self.startswith("-")

    def column(self, currency: str | None) -> ColumnElement[Any]:
        if self in (CustomerSort.NAME_RISING, CustomerSort.NAME_FALLING):
            return func.lower(Customer.name)
        if self in (CustomerSort.NEWEST, CustomerSort.OLDEST):
            created: ColumnElement[Any] = Customer.created_at.expression
            return created
        if currency is None:
            raise CurrencyNeeded("Say in which currency: currency=EUR.")
        return spent


@dataclass(frozen=True)
class Spent:
    currency: str
    amount: int
    """Minor units; paid and not given back."""


@dataclass(frozen=True)
class ConsentDetail:
    list: str
    name: str
    kind: ListKind
    is_given: bool
    way: ConsentWay
    by: ActorName
    at: datetime


@dataclass(frozen=True)
class CustomerRow:
    id: int
    name: str
    email: str
    phone: str
    language: str
    addresses: list[CustomerAddress]
    custom: dict[str, Any]
    consents: list[str]
    """The lists the customer is on."""
    branch: Name | None
    is_active: bool
    created_at: datetime
    orders: int
    last_order_at: datetime | None
    spent: list[Spent]


@dataclass(frozen=True)
class CustomerPage:
    rows: list[CustomerRow]
    next: int | None
    """The id of the last row, when more follow."""


@dataclass(frozen=True)
class CustomerDetail:
    id: int
    version: int
    name: str
    email: str
    phone: str
    language: str
    addresses: list[CustomerAddress]
    preferences: dict[str, Any]
    custom: dict[str, Any]
    note: str
    branch: Name | None
    is_active: bool
    has_account: bool
    created_at: datetime
    consents: list[ConsentDetail]
    spent: list[Spent]
    orders: int
    latest_orders: list[OrderRow]
    """Those that the reader may see."""


def list_customers(
    tx: Session,
    scope: CustomerScope,
    filters: CustomerFilters,
    sort: CustomerSort = CustomerSort.NEWEST,
    after: int | None = None,
    limit: int = 50,
    most: int = MOST,
) -> CustomerPage:
    """`after` is the `next` of the page before."""
    if not 1 <= limit <= most:
        raise ValueError(f"A page has 1 to {most} customers, not {limit}.")
    key = sort.column(filters.currency)
    page = _with_totals(select(Customer.id, key.label("key")), filters.currency)
    page = page.where(*scope.conditions(), *filters.conditions())
    if after is not None:
        last = _with_totals(select(key), filters.currency).where(Customer.id == after)
        page = page.where(_beyond(key, sort, last, after))
    order = [each.desc() if sort.is_falling else each.asc() for each in (key, Customer.id)]
    rows = tx.execute(_with_contents(page.order_by(*order).limit(limit + 1), sort)).all()
    shown = [_row(row) for row in rows[:limit]]
    return CustomerPage(shown, shown[-1].id if len(rows) > limit else None)


def find_customer(
    tx: Session, scope: CustomerScope, orders: Scope | None, customer_id: int
) -> CustomerDetail | None:
    """None also when the customer is out of the reader's scope."""
    row = tx.execute(_detail(scope, customer_id)).one_or_none()
    if row is None:
        return None
    latest = orders and list_orders(
        tx, orders, OrderFilters(customer_id=customer_id), limit=LATEST_ORDERS
    )
    return build(
        CustomerDetail,
        row,
        branch=_branch(row),
        addresses=_addresses(row),
        spent=_spent(row),
        consents=list_consents(tx, customer_id),
        latest_orders=latest.rows if latest else [],
    )


def find_customer_branch(tx: Session, scope: CustomerScope, customer_id: int) -> Row[Any] | None:
    """Of a customer in the reader's scope; a row, as the branch may be none."""
    found = select(Customer.branch_id).where(Customer.id == customer_id, *scope.conditions())
    return tx.execute(found).one_or_none()


def list_consents(tx: Session, customer_id: int) -> list[ConsentDetail]:
    shown: tuple[Any, ...] = (
        Consent.list_code.label("list"),
        *(MailingList.name, MailingList.kind),
        *(Consent.is_given, Consent.way, Consent.by, Consent.at),
    )
    said = (
        select(*shown)
        .join(MailingList, MailingList.code == Consent.list_code)
        .where(Consent.customer_id == customer_id)
        .order_by(MailingList.kind, Consent.list_code)
    )
    rows = tx.execute(said).all()
    actors = Actors(tx, (row.by for row in rows))
    return [build(ConsentDetail, row, by=actors[row.by]) for row in rows]


def _with_totals(customers: Select[Any], currency: str | None) -> Select[Any]:
    """Not one customer more or less."""
    if currency is None:
        return customers
    same = (CustomerTotal.customer_id == Customer.id) & (CustomerTotal.currency == currency)
    return customers.select_from(Customer).outerjoin(CustomerTotal, same)


def _beyond(
    key: ColumnElement[Any], sort: CustomerSort, last: Select[Any], after: int
) -> ColumnElement[bool]:
    there = tuple_(last.correlate(None).scalar_subquery(), after)
    here = tuple_(key, Customer.id)
    return here < there if sort.is_falling else here > there


def _with_contents(page: Select[Any], sort: CustomerSort) -> Select[Any]:
    found = page.subquery("page")
    shown = (*columns(Customer, CustomerRow), *_facts(), *_agreed())
    rows = select(*shown).join(found, found.c.id == Customer.id)
    keys = (found.c.key, found.c.id)
    order = [each.desc() if sort.is_falling else each.asc() for each in keys]
    return rows.outerjoin(Branch, Branch.id == Customer.branch_id).order_by(*order)


def _detail(scope: CustomerScope, customer_id: int) -> Select[Any]:
    account = exists().where(Account.customer_id == Customer.id).label("has_account")
    rows: Select[Any] = select(*columns(Customer, CustomerDetail), *_facts(), account)
    named = rows.outerjoin(Branch, Branch.id == Customer.branch_id)
    return named.where(Customer.id == customer_id, *scope.conditions())


def _facts() -> Iterator[Any]:
    """What is not in the customer's own row."""
    yield Customer.branch_id
    yield Branch.name.label("branch_name")
    theirs = Order.customer_id == Customer.id
    yield select(func.count()).where(theirs).scalar_subquery().label("orders")
    yield select(func.max(Order.placed_at)).where(theirs).scalar_subquery().label("last_order_at")
    total = func.jsonb_build_object(
        "currency", CustomerTotal.currency, "amount", CustomerTotal.spent
    )
    totals = func.jsonb_agg(aggregate_order_by(total, CustomerTotal.currency))
    spent = select(totals).where(CustomerTotal.customer_id == Customer.id)
    yield spent.scalar_subquery().label("spent")


def _agreed() -> Iterator[Any]:
    codes = func.array_agg(aggregate_order_by(Consent.list_code, Consent.list_code))
    given = select(codes).where(Consent.customer_id == Customer.id, Consent.is_given)
    yield given.scalar_subquery().label("consents")


def _row(row: Row[Any]) -> CustomerRow:
    return build(
        CustomerRow,
        row,
        branch=_branch(row),
        addresses=_addresses(row),
        spent=_spent(row),
        consents=row.consents or [],
    )


def _branch(row: Row[Any]) -> Name | None:
    return None if row.branch_id is None else Name(row.branch_id, row.branch_name)


def _addresses(row: Row[Any]) -> list[CustomerAddress]:
    return [CustomerAddress(**address) for address in row.addresses]


def _spent(row: Row[Any]) -> list[Spent]:
    return [Spent(**total) for total in row.spent or ()]
