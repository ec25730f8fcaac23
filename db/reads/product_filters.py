"""Which products a list shall show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from db.reads.category_rules import has_value, meets
from db.tables.catalogue import Category, Product, ProductCategory, ProductImage, Variant
from db.tables.shop import Location
from db.tables.stock import StockItem
from domain.catalogue import LANGUAGES
from domain.catalogue_rules import Rule
from domain.stock import Condition


class StockFilter(StrEnum):
    IN_STOCK = "in"
    OUT_OF_STOCK = "out"
    BELOW = "below"
    """Less than `below`, and more than nothing."""


class Missing(StrEnum):
    DESCRIPTION = "description"
    IMAGE = "image"
    CATEGORY = "category"
    """Put there by hand."""
    EN = "translation_en"
    FR = "translation_fr"
    RU = "translation_ru"


@dataclass(frozen=True)
class ProductFilters:
    """None leaves a side open."""

    category_id: int | None = None
    """Or below it."""
    brand_id: int | None = None
    supplier_id: int | None = None
    class_id: int | None = None
    value_ids: tuple[int, ...] = ()
    """Every one of them, of the product or its variants."""
    is_published: bool | None = None
    is_active: bool | None = None
    stock: StockFilter | None = None
    below: int = 10
    location: str | None = None
    """Where the stock is looked at; everywhere, if not said."""
    price_from: int | None = None
    price_to: int | None = None
    currency: str | None = None
    missing: frozenset[Missing] = field(default_factory=frozenset)

    def conditions(self, tx: Session) -> list[ColumnElement[bool]]:
        """Of a row of products joined with variants."""
        return [*self._plain(), *self._prices(), *self._stock(), *self._gaps(), *self._places(tx)]

    def _plain(self) -> Iterator[ColumnElement[bool]]:
        wanted: list[tuple[Any, Any]] = [
            (Product.brand_id, self.brand_id),
            (Product.supplier_id, self.supplier_id),
            (Product.class_id, self.class_id),
            (Product.is_published, self.is_published),
            (Variant.is_active, self.is_active),
            (Variant.currency, self.currency),
        ]
        yield from (column == value for column, value in wanted if value is not None)
        yield from (has_value((value,)) for value in self.value_ids)

    def _prices(self) -> Iterator[ColumnElement[bool]]:
        if self.price_from is not None:
            yield Variant.price >= self.price_from
        if self.price_to is not None:
            yield Variant.price <= self.price_to

    def _stock(self) -> Iterator[ColumnElement[bool]]:
        if self.stock is None:
            return
        available = available_of_variant(self.location)
        if self.stock is StockFilter.IN_STOCK:
            yield available > 0
        elif self.stock is StockFilter.OUT_OF_STOCK:
            yield and_(available <= 0, ~Product.is_service)
        else:
            yield and_(available > 0, available < self.below)

    def _gaps(self) -> Iterator[ColumnElement[bool]]:
        for gap in self.missing:
            if gap is Missing.DESCRIPTION:
                yield Product.description == ""
            elif gap is Missing.IMAGE:
                yield ~exists().where(ProductImage.product_id == Product.id)
            elif gap is Missing.CATEGORY:
                yield ~exists().where(ProductCategory.product_id == Product.id)
            else:
                yield _is_untranslated(gap.removeprefix("translation_"))

    def _places(self, tx: Session) -> Iterator[ColumnElement[bool]]:
        if self.category_id is not None:
            yield belongs(tx, self.category_id)


EVERY_PRODUCT = ProductFilters()


def available_of_variant(location: str | None = None) -> Any:
    """What can be promised of the variant."""
    available = select(func.coalesce(func.sum(StockItem.on_hand - StockItem.allocated), 0)).where(
        StockItem.variant_id == Variant.id, StockItem.condition == Condition.GOOD
    )
    if location is not None:
        available = available.join(Location, Location.id == StockItem.location_id)
        available = available.where(Location.code == location)
    return available.correlate(Variant).scalar_subquery()


def belongs(tx: Session, category_id: int) -> ColumnElement[bool]:
    """To the category or one below it, by hand or by a rule."""
    tree = tx.execute(select(Category.id, Category.parent_id, Category.rule)).all()
    wanted = _with_below(category_id, {row.id: row.parent_id for row in tree})
    by_hand = exists().where(
        ProductCategory.product_id == Product.id, ProductCategory.category_id.in_(wanted)
    )
    rules = [Rule.of(row.rule) for row in tree if row.id in wanted and row.rule]
    return or_(false(), by_hand.correlate(Product), *(meets(rule) for rule in rules if rule))


def _with_below(category_id: int, parents: dict[int, int | None]) -> set[int]:
    found = {category_id} & parents.keys()
    while more := {id for id, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _is_untranslated(language: str) -> ColumnElement[bool]:
    assert language in LANGUAGES
    return and_(Product.language != language, ~Product.translations.has_key(language))
