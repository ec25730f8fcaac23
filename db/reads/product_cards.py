"""A product's card: all that is known of it, with the stock of every variant by location."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from db.card_parts import links_of
from db.product_cards import known_variants
from db.reads.category_rules import meets
from db.reads.rows import build, columns
from db.tables.catalogue import (
    Attribute,
    AttributeValue,
    Category,
    Product,
    ProductCategory,
    ProductImage,
    TaxRate,
)
from db.tables.shop import Branch, Channel, Location
from db.tables.stock import StockItem
from domain.access import of_noun
from domain.catalogue import KnownVariant
from domain.catalogue_rules import Rule
from domain.stock import Condition

Branches = frozenset[int] | None


@of_noun("stock")
@dataclass(frozen=True)
class LocationStock:
    location: str
    name: str
    branch: str
    on_hand: int
    allocated: int
    available: int


@dataclass(frozen=True)
class ValueRead:
    """One value of an attribute, as `colour: red`."""

    id: int
    attribute_id: int
    attribute: str
    attribute_names: dict[str, str]
    code: str
    names: dict[str, str]


@dataclass(frozen=True)
class VariantRead:
    """`price` in minor units; `may_be_deleted`: never sold and never in stock."""

    id: int
    sku: str
    name: str
    price: int
    currency: str
    weight_g: int
    may_backorder: bool
    is_active: bool
    may_be_deleted: bool
    values: list[ValueRead]
    stock: list[LocationStock]


@dataclass(frozen=True)
class CategoryRead:
    id: int
    names: dict[str, str]
    is_published: bool
    by_rule: bool
    """It belongs there without having been put there."""


@dataclass(frozen=True)
class ImageRead:
    id: UUID
    width: int
    height: int
    texts: dict[str, str]
    """What it shows, by language."""


@dataclass(frozen=True)
class TextRead:
    name: str
    description: str


@dataclass(frozen=True)
class CardRead:
    id: int
    version: int
    created_at: datetime
    name: str
    description: str
    language: str
    """Of the name and the description."""
    translations: dict[str, TextRead]
    tax_class: str
    is_service: bool
    is_published: bool
    brand_id: int | None
    supplier_id: int | None
    class_id: int | None
    categories: list[CategoryRead]
    values: list[ValueRead]
    images: list[ImageRead]
    variants: list[VariantRead]
    may_be_deleted: bool


@of_noun()
@dataclass(frozen=True)
class CardChoices:
    """What cards are filled in with, beside what has lists of its own."""

    tax_classes: list[str]
    currencies: list[str]
    """Of the channels that sell; the one most of them use first."""


def card_choices(tx: Session) -> CardChoices:
    classes = select(TaxRate.tax_class).distinct().order_by(TaxRate.tax_class)
    used = select(Channel.currency).group_by(Channel.currency)
    currencies = used.order_by(func.count().desc(), Channel.currency)
    return CardChoices(list(tx.scalars(classes)), list(tx.scalars(currencies)))


def find_card(tx: Session, product_id: int, stock_of: Branches = None) -> CardRead | None:
    """`stock_of`: the branches whose stock is told; None: of all."""
    product = tx.get(Product, product_id, populate_existing=True)
    if product is None:
        return None
    known = known_variants(tx, product_id)
    of_product = links_of(tx, "product", [product_id])[product_id]
    of_variants = {value for variant in known for value in variant.card.value_ids}
    values = _values(tx, {*of_product, *of_variants})
    stock = _stock(tx, [variant.card.id for variant in known], stock_of)
    plain = ("id", "version", "created_at", "name", "description", "language", "tax_class")
    more = ("is_service", "is_published", "brand_id", "supplier_id", "class_id")
    return CardRead(
        **{name: getattr(product, name) for name in (*plain, *more)},
        translations={key: TextRead(**text) for key, text in product.translations.items()},
        categories=_categories(tx, product_id),
        values=[values[id] for id in of_product],
        images=_images(tx, product_id),
        variants=[_variant(variant, values, stock) for variant in known],
        may_be_deleted=not any(variant.was_used for variant in known),
    )


def _variant(
    known: KnownVariant,
    values: Mapping[int, ValueRead],
    stock: Mapping[int | None, list[LocationStock]],
) -> VariantRead:
    card = known.card
    assert card.id is not None
    assert card.price is not None
    assert card.currency is not None
    return VariantRead(
        id=card.id,
        sku=card.sku,
        name=card.name,
        price=card.price,
        currency=card.currency,
        weight_g=card.weight_g,
        may_backorder=card.may_backorder,
        is_active=card.is_active,
        may_be_deleted=not known.was_used,
        values=[values[id] for id in card.value_ids],
        stock=stock[card.id],
    )


def _values(tx: Session, ids: Iterable[int]) -> dict[int, ValueRead]:
    rows = tx.execute(
        select(
            AttributeValue.id,
            AttributeValue.attribute_id,
            AttributeValue.code,
            AttributeValue.names,
            Attribute.code.label("attribute"),
            Attribute.names.label("attribute_names"),
        )
        .join(Attribute, Attribute.id == AttributeValue.attribute_id)
        .where(AttributeValue.id.in_(ids))
    )
    return {row.id: build(ValueRead, row) for row in rows}


def _stock(
    tx: Session, variant_ids: list[int | None], branches: Branches
) -> Mapping[int | None, list[LocationStock]]:
    read: tuple[Any, ...] = (
        StockItem.variant_id,
        Location.code.label("location"),
        Location.name,
        Branch.name.label("branch"),
        StockItem.on_hand,
        StockItem.allocated,
        (StockItem.on_hand - StockItem.allocated).label("available"),
    )
    wanted = (
        select(*read)
        .join(Location, Location.id == StockItem.location_id)
        .join(Branch, Branch.id == Location.branch_id)
        .where(StockItem.variant_id.in_(variant_ids), StockItem.condition == Condition.GOOD)
        .order_by(Branch.name, Location.name, Location.id)
    )
    if branches is not None:
        wanted = wanted.where(Location.branch_id.in_(sorted(branches)))
    found: dict[int | None, list[LocationStock]] = defaultdict(list)
    for row in tx.execute(wanted):
        found[row.variant_id].append(build(LocationStock, row))
    return found


def _images(tx: Session, product_id: int) -> list[ImageRead]:
    own = select(*columns(ProductImage, ImageRead)).where(ProductImage.product_id == product_id)
    rows = tx.execute(own.order_by(ProductImage.position, ProductImage.id))
    return [build(ImageRead, row) for row in rows]


def _categories(tx: Session, product_id: int) -> list[CategoryRead]:
    """Those it was put into, and those whose rules it meets."""
    by_hand = exists().where(
        ProductCategory.product_id == product_id, ProductCategory.category_id == Category.id
    )
    by_rule = Category.id.in_(_met(tx, product_id))
    rows = tx.execute(
        select(Category.id, Category.names, Category.is_published, (~by_hand).label("by_rule"))
        .where(or_(by_hand, by_rule))
        .order_by(Category.position, Category.id)
    )
    return [build(CategoryRead, row) for row in rows]


def _met(tx: Session, product_id: int) -> list[int]:
    """The categories whose rules the product meets: asked all at once."""
    ruled = tx.execute(select(Category.id, Category.rule).where(Category.rule.is_not(None))).all()
    rules = {row.id: rule for row in ruled if (rule := Rule.of(row.rule))}
    if not rules:
        return []
    asked = select(*(meets(rule) for rule in rules.values())).where(Product.id == product_id)
    answers = tx.execute(asked).one()
    return [id for id, is_met in zip(rules, answers, strict=True) if is_met]
