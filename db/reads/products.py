"""What the shop sells, page by page: a row for each variant."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select, tuple_
from sqlalchemy.orm import Session

from db.reads.names import Name
from db.reads.product_filters import EVERY_PRODUCT, ProductFilters, available_of_variant
from db.reads.product_search import SOME_WORDS, understand
from db.reads.rows import build
from db.tables.catalogue import (
    Brand,
    Product,
    ProductClass,
    ProductImage,
    Supplier,
    Variant,
    VariantSearch,
)

MOST = 200
Key = tuple[int | str, ...]
"""Where a row stands in its list."""
PARTLY: Key = (SOME_WORDS + 1, -1, "")
"""Before the first that has only some of the words."""


class ProductSort(StrEnum):
    SKU = "sku"
    SKU_FALLING = "-sku"
    NAME = "name"
    NAME_FALLING = "-name"
    CHEAPEST = "price"
    DEAREST = "-price"
    NEWEST = "newest"


@dataclass(frozen=True)
class ProductRow:
    """`price` in minor units; `available` is what can be promised, at all locations together."""

    product_id: int
    variant_id: int
    sku: str
    name: str
    names: dict[str, str]
    """In other languages."""
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
    is_active: bool
    brand: Name | None
    supplier: Name | None
    product_class: Name | None
    image_id: UUID | None
    """The first picture."""
    available: int


@dataclass(frozen=True)
class ProductPage:
    rows: list[ProductRow]
    next: Key | None
    """Where the last row stands, when more follow."""


_SORTS: dict[ProductSort, tuple[list[Any], bool]] = {
    ProductSort.SKU: ([Variant.sku], False),
    ProductSort.SKU_FALLING: ([Variant.sku], True),
    ProductSort.NAME: ([Product.name, Product.id, Variant.id], False),
    ProductSort.NAME_FALLING: ([Product.name, Product.id, Variant.id], True),
    ProductSort.CHEAPEST: ([Variant.price, Variant.id], False),
    ProductSort.DEAREST: ([Variant.price, Variant.id], True),
    ProductSort.NEWEST: ([Variant.id], True),
}


def list_products(
    tx: Session,
    q: str = "",
    filters: ProductFilters = EVERY_PRODUCT,
    sort: ProductSort = ProductSort.SKU,
    *,
    after: Key | None = None,
    limit: int = 50,
    most: int = MOST,
) -> ProductPage:
    """In the order asked for; what is searched for comes best first instead."""
    if not 1 <= limit <= most:
        raise ValueError(f"A page has 1 to {most} products, not {limit}.")
    if q := q.replace("\0", " ").strip():
        return _searched(tx, q, filters, after, limit)
    keys, falling = _SORTS[sort]
    wanted = _products(keys).where(*filters.conditions(tx))
    if after is not None:
        wanted = wanted.where(tuple_(*keys) < after if falling else tuple_(*keys) > after)
    order = [key.desc() if falling else key for key in keys]
    return _page(tx.execute(wanted.order_by(*order).limit(limit + 1)).all(), len(keys), limit)


def find_product(
    tx: Session, sku: str, filters: ProductFilters = EVERY_PRODUCT
) -> ProductRow | None:
    sku = sku.replace("\0", " ").strip()
    wanted = _products([]).where(Variant.sku == sku, *filters.conditions(tx))
    row = tx.execute(wanted).one_or_none()
    return None if row is None else _row(row)


def count_keys(q: str, sort: ProductSort) -> list[type]:
    """What the parts of a place in such a list are."""
    if q.strip():
        return [int, int, str]
    return [str if key in (Variant.sku, Product.name) else int for key in _SORTS[sort][0]]


def _searched(
    tx: Session, q: str, filters: ProductFilters, after: Key | None, limit: int
) -> ProductPage:
    """Those that lack a word only where too few have all of them."""
    question = understand(tx, q)
    if question is None:
        return ProductPage([], None)
    conditions = filters.conditions(tx)
    rows: list[Row[Any]] = []
    if after is None or int(after[0]) <= SOME_WORDS:
        found = _hits(question.matches, question.tier, conditions, after, limit + 1)
        rows += tx.execute(found).all()
    if len(rows) <= limit and question.has_several_words:
        behind = max(after or PARTLY, PARTLY)
        tier = question.partial_tier
        found = _hits(question.matches_partly, tier, conditions, behind, limit + 1 - len(rows))
        rows += tx.execute(found).all()
    return _page(rows, 3, limit)


def _hits(
    matches: ColumnElement[bool],
    tier: ColumnElement[int],
    conditions: list[ColumnElement[bool]],
    after: Key | None,
    limit: int,
) -> Select[Any]:
    """The best are chosen from the search table alone, and only they are read in full."""
    place = [tier.label("tier"), VariantSearch.length, VariantSearch.sku]
    hits = select(VariantSearch.variant_id, *place).where(matches)
    if conditions:
        hits = hits.join(Variant, Variant.id == VariantSearch.variant_id)
        hits = hits.join(Product, Product.id == Variant.product_id).where(*conditions)
    # Each is held against the words once, however often its tier is needed.
    ranked = hits.cte("ranked").prefix_with("MATERIALIZED")
    order = [ranked.c.tier, ranked.c.length, ranked.c.sku]
    chosen = select(ranked).order_by(*order).limit(limit)
    if after is not None:
        chosen = chosen.where(tuple_(*order) > after)
    best = chosen.subquery()
    keys = [best.c.tier, best.c.length, best.c.sku]
    return _products(keys).join(best, best.c.variant_id == Variant.id).order_by(*keys)


def _products(keys: list[Any]) -> Select[Any]:
    image = (
        select(ProductImage.id)
        .where(ProductImage.product_id == Product.id)
        .order_by(ProductImage.position, ProductImage.id)
        .limit(1)
        .scalar_subquery()
    )
    columns: list[Any] = [
        *(key.label(f"key{place}") for place, key in enumerate(keys)),
        *(getattr(Product, name) for name in _OF_PRODUCT),
        *(getattr(Variant, name) for name in _OF_VARIANT),
        Variant.name.label("variant"),
        Variant.id.label("variant_id"),
        *(Brand.name.label("brand_name"), Supplier.name.label("supplier_name")),
        ProductClass.name.label("class_name"),
        image.label("image_id"),
        available_of_variant().label("available"),
    ]
    return (
        select(*columns)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Brand, Brand.id == Product.brand_id)
        .outerjoin(Supplier, Supplier.id == Product.supplier_id)
        .outerjoin(ProductClass, ProductClass.id == Product.class_id)
    )


_OF_PRODUCT = (
    *("name", "description", "translations", "tax_class", "is_service", "is_published"),
    *("brand_id", "supplier_id", "class_id"),
)
_OF_VARIANT = (
    *("product_id", "sku", "price", "currency", "weight_g", "may_backorder", "is_active"),
)


def _page(rows: Any, keys: int, limit: int) -> ProductPage:
    shown = rows[:limit]
    last = tuple(shown[-1]._mapping[f"key{place}"] for place in range(keys)) if shown else None
    return ProductPage([_row(row) for row in shown], last if len(rows) > limit else None)


def _row(row: Row[Any]) -> ProductRow:
    return build(
        ProductRow,
        row,
        names={language: text["name"] for language, text in row.translations.items()},
        brand=_name(row.brand_id, row.brand_name),
        supplier=_name(row.supplier_id, row.supplier_name),
        product_class=_name(row.class_id, row.class_name),
        available=int(row.available),
    )


def _name(id: int | None, name: str | None) -> Name | None:
    return None if id is None or name is None else Name(id, name)


def on_sale(filters: ProductFilters = EVERY_PRODUCT) -> ProductFilters:
    """What customers see."""
    return replace(filters, is_published=True, is_active=True)
