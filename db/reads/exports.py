"""Whole lists, page by page, so that no transaction waits for whoever takes them along slowly."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from db.engine import Database
from db.reads.customer_filters import CustomerFilters, CustomerScope
from db.reads.order_filters import OrderFilters, Scope
from db.reads.orders import matching
from db.reads.product_filters import ProductFilters
from db.reads.stock import StockFilters, levels
from db.tables.catalogue import Product, Variant
from db.tables.customers import Customer, CustomerTotal

ROWS_AT_ONCE = 1000
Walk = Callable[[Session, Any, int], Any]
"""A page of a list: what comes after a place, at most so many rows."""


def walk(db: Database, page_after: Walk) -> Iterator[Any]:
    place = None
    while True:
        with db.transaction() as tx:
            page = page_after(tx, place, ROWS_AT_ONCE)
        yield from page.rows
        place = page.next
        if place is None:
            return


def count_orders(tx: Session, scope: Scope, filters: OrderFilters, most: int) -> int:
    """These count to `most` and one; more is only more."""
    return _count(tx, matching(scope, filters), most)


def count_products(tx: Session, filters: ProductFilters, most: int) -> int:
    """Whatever is searched for among them."""
    variants = select(literal(1)).select_from(Variant)
    joined = variants.join(Product, Product.id == Variant.product_id)
    return _count(tx, joined.where(*filters.conditions(tx)), most)


def count_customers(tx: Session, scope: CustomerScope, filters: CustomerFilters, most: int) -> int:
    customers = select(Customer.id)
    if filters.currency is not None:
        same = CustomerTotal.customer_id == Customer.id
        spent = same & (CustomerTotal.currency == filters.currency)
        customers = customers.outerjoin(CustomerTotal, spent)
    return _count(tx, customers.where(*scope.conditions(), *filters.conditions()), most)


def count_levels(tx: Session, filters: StockFilters, most: int) -> int:
    return _count(tx, levels(filters), most)


def _count(tx: Session, found: Select[Any], most: int) -> int:
    some = found.limit(most + 1).subquery()
    return tx.execute(select(func.count()).select_from(some)).scalar_one()
