"""What the shop sells, page by page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from db.reads.rows import build
from db.tables.catalogue import Product, Variant
from db.tables.stock import StockItem
from domain.stock import Condition

MOST = 200


@dataclass(frozen=True)
class ProductRow:
    """`price` in minor units; `available` is what can be promised, at all locations together."""

    sku: str
    name: str
    variant: str
    """What sets it apart from other variants of the product; often nothing."""
    description: str
    price: int
    currency: str
    tax_class: str
    weight_g: int
    is_service: bool
    may_backorder: bool
    is_published: bool
    available: int


@dataclass(frozen=True)
class ProductPage:
    rows: list[ProductRow]
    next: str | None
    """The SKU of the last row, when more follow."""


def list_products(
    tx: Session,
    q: str = "",
    *,
    published_only: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> ProductPage:
    """By SKU; the one with exactly the SKU looked for comes first."""
    if not 1 <= limit <= MOST:
        raise ValueError(f"A page has 1 to {MOST} products, not {limit}.")
    q = _plain(q)
    wanted = _products(published_only).where(*_matches(q))
    if after is not None:
        last = _plain(after)
        wanted = wanted.where(_place(Variant.sku, q) > _place(literal(last), q))
    rows = tx.execute(wanted.order_by(_place(Variant.sku, q)).limit(limit + 1)).all()
    shown = [build(ProductRow, row, available=int(row.available)) for row in rows[:limit]]
    return ProductPage(shown, shown[-1].sku if len(rows) > limit else None)


def find_product(tx: Session, sku: str, *, published_only: bool = False) -> ProductRow | None:
    row = tx.execute(_products(published_only).where(Variant.sku == _plain(sku))).one_or_none()
    return None if row is None else build(ProductRow, row, available=int(row.available))


def _products(published_only: bool) -> Select[Any]:
    available = (
        select(func.coalesce(func.sum(StockItem.on_hand - StockItem.allocated), 0))
        .where(StockItem.variant_id == Variant.id, StockItem.condition == Condition.GOOD)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Variant.sku,
        Product.name,
        Variant.name.label("variant"),
        Product.description,
        Variant.price,
        Variant.currency,
        Product.tax_class,
        Variant.weight_g,
        Product.is_service,
        Variant.may_backorder,
        Product.is_published,
        available.label("available"),
    )
    products = select(*columns).join(Product, Product.id == Variant.product_id)
    return products.where(Product.is_published) if published_only else products


def _matches(q: str) -> list[ColumnElement[bool]]:
    """The SKU, the beginning of one, or words of the name in any order."""
    words = q.split()
    if not words:
        return []
    named = and_(*(Product.name.icontains(word, autoescape=True) for word in words))
    return [or_(Variant.sku.istartswith(q, autoescape=True), named)]


def _place(sku: SQLColumnExpression[str], q: str) -> ColumnElement[Any]:
    return tuple_(func.lower(sku) != func.lower(q), sku)


def _plain(text: str) -> str:
    return text.replace("\0", " ").strip()
