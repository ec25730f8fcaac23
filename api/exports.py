"""Whole lists as files: what the filters find, in the columns chosen, without what is hidden."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from api.access import Db, needs
from api.answers import RESPONSES
from api.customers import wanted_customers
from api.fields import FieldHidden
from api.orders import wanted_orders
from api.products import filters as wanted_products
from api.routers import Router
from api.spreadsheets import Cell, SheetFormat, sheet
from db import history
from db.engine import Database, Session
from db.history import Entry
from db.reads import exports as reads
from db.reads.customer_filters import CustomerFilters, CustomerScope
from db.reads.customers import CustomerRow, CustomerSort, list_customers
from db.reads.exports import Walk, walk
from db.reads.order_filters import OrderFilters, Scope
from db.reads.orders import OrderRow, OrderSort, list_orders
from db.reads.product_filters import ProductFilters
from db.reads.products import ProductRow, ProductSort, list_products
from db.reads.stock import LevelRow, StockFilters, list_levels
from domain.access import Actor, Right
from domain.access.visible import visible
from domain.errors import Refusal
from domain.money import Money
from domain.stock import Condition

router = Router(tags=["exports"], responses=RESPONSES)
MOST_ROWS = {SheetFormat.CSV: 1_000_000, SheetFormat.XLSX: 200_000}
AMOUNTS = frozenset({"total", "captured", "refunded", "price"})
Form = Annotated[SheetFormat, Query(alias="format")]
Columns = Annotated[
    list[str] | None, Query(max_length=50, description="In this order; all, if none is named.")
]


class ExportTooLarge(Refusal):
    """More rows than a file of this kind can hold."""


class NoSuchColumn(Refusal):
    """The list has no column of this name."""


@dataclass(frozen=True)
class Export:
    """`noun` as rights call it; `asked` is what history tells of the filters."""

    noun: str
    row: type[Any]
    walk: Walk
    count: Callable[[Session, int], int]
    asked: Mapping[str, Any]


@router.get("/orders/export", response_class=StreamingResponse)
def export_orders(
    actor: Annotated[Actor, needs(Right.ORDER_EXPORT)],
    db: Db,
    filters: Annotated[OrderFilters, Depends(wanted_orders)],
    sort: OrderSort = OrderSort.NEWEST,
    form: Form = SheetFormat.CSV,
    columns: Columns = None,
) -> StreamingResponse:
    """Every order that the same filters find in the list."""
    scope = Scope.of(actor, Right.ORDER_EXPORT)

    def page(tx: Session, after: Any, limit: int) -> Any:
        return list_orders(tx, scope, filters, sort, after, limit, most=limit)

    def count(tx: Session, most: int) -> int:
        return reads.count_orders(tx, scope, filters, most)

    export = Export("order", OrderRow, page, count, asdict(filters))
    return _export(db, actor, export, form, columns)


@router.get("/products/export", response_class=StreamingResponse)
def export_products(
    actor: Annotated[Actor, needs(Right.PRODUCT_EXPORT)],
    db: Db,
    filters: Annotated[ProductFilters, Depends(wanted_products)],
    q: Annotated[str, Query(max_length=100)] = "",
    sort: ProductSort = ProductSort.SKU,
    form: Form = SheetFormat.CSV,
    columns: Columns = None,
) -> StreamingResponse:
    """A row for each variant."""

    def page(tx: Session, after: Any, limit: int) -> Any:
        return list_products(tx, q, filters, sort, after=after, limit=limit, most=limit)

    def count(tx: Session, most: int) -> int:
        return reads.count_products(tx, filters, most)

    export = Export("product", ProductRow, page, count, asdict(filters) | {"q": q})
    return _export(db, actor, export, form, columns)


@router.get("/customers/export", response_class=StreamingResponse)
def export_customers(
    actor: Annotated[Actor, needs(Right.CUSTOMER_EXPORT)],
    db: Db,
    filters: Annotated[CustomerFilters, Depends(wanted_customers)],
    sort: CustomerSort = CustomerSort.NEWEST,
    form: Form = SheetFormat.CSV,
    columns: Columns = None,
) -> StreamingResponse:
    scope = CustomerScope.of(actor, Right.CUSTOMER_EXPORT)

    def page(tx: Session, after: Any, limit: int) -> Any:
        return list_customers(tx, scope, filters, sort, after, limit, most=limit)

    def count(tx: Session, most: int) -> int:
        return reads.count_customers(tx, scope, filters, most)

    asked = {name: value for name, value in vars(filters).items() if name != "fields"}
    return _export(db, actor, Export("customer", CustomerRow, page, count, asked), form, columns)


@router.get("/stock/export", response_class=StreamingResponse)
def export_stock(
    actor: Annotated[Actor, needs(Right.STOCK_EXPORT)],
    db: Db,
    sku: Annotated[str | None, Query(max_length=100)] = None,
    location: Annotated[str | None, Query(max_length=50)] = None,
    condition: Condition | None = None,
    form: Form = SheetFormat.CSV,
    columns: Columns = None,
) -> StreamingResponse:
    bound = actor.branches_for(Right.STOCK_EXPORT)
    filters = StockFilters(sku, location, condition, bound)

    def page(tx: Session, after: Any, limit: int) -> Any:
        return list_levels(tx, filters, after, limit, most=limit)

    def count(tx: Session, most: int) -> int:
        return reads.count_levels(tx, filters, most)

    asked = {"sku": sku, "location": location, "condition": condition}
    return _export(db, actor, Export("stock", LevelRow, page, count, asked), form, columns)


def _export(
    db: Database, actor: Actor, export: Export, form: SheetFormat, columns: list[str] | None
) -> StreamingResponse:
    chosen = _columns(actor, export, columns)
    with db.transaction() as tx:
        if export.count(tx, MOST_ROWS[form]) > MOST_ROWS[form]:
            raise ExportTooLarge(f"More than {MOST_ROWS[form]:,} rows: narrow the filters down.")
        history.append(tx, _entry(actor, export, form, chosen))
    name = f"{export.noun}-{datetime.now(UTC):%Y-%m-%d}"
    titles = [column.replace("_", " ") for column in chosen]
    return sheet(form, name, titles, _rows(db, actor, export, chosen))


def _columns(actor: Actor, export: Export, wanted: Sequence[str] | None) -> list[str]:
    every = [field.name for field in fields(export.row)]
    shown = visible(actor, export.noun, dict.fromkeys(every))
    for column in wanted or ():
        if column not in every:
            raise NoSuchColumn(f"There is no column {column!r}.")
        if column not in shown:
            raise FieldHidden(f"You do not see the column {column}.")
    return list(dict.fromkeys(wanted or shown))


def _entry(actor: Actor, export: Export, form: SheetFormat, columns: list[str]) -> Entry:
    asked = {name: value for name, value in export.asked.items() if value}
    details = {**asked, "format": form, "columns": columns}
    return Entry("export", export.noun, "export.made", actor.name, details=details)


def _rows(db: Database, actor: Actor, export: Export, columns: list[str]) -> Iterator[list[Cell]]:
    for row in walk(db, export.walk):
        record = visible(actor, export.noun, row)
        currency = record.get("currency")
        yield [_cell(column, record.get(column), currency) for column in columns]


def _cell(column: str, value: Any, currency: str | None) -> Cell:
    if column in AMOUNTS and currency and value is not None:
        return Money(value, currency).decimal()
    if isinstance(value, int | datetime) and not isinstance(value, bool):
        return value
    return _text(value)


def _text(value: Any) -> str:
    """What a person reads: a name in place of what has one."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _words(value)
    if isinstance(value, list | tuple):
        return "; ".join(_text(each) for each in value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)


def _words(value: Mapping[str, Any]) -> str:
    if "amount" in value and "currency" in value:
        return str(Money(value["amount"], value["currency"]))
    if "name" in value:
        return _text(value["name"])
    return ", ".join(_text(each) for each in value.values() if each not in (None, "", False))
