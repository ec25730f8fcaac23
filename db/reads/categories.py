"""The tree of categories, and what a rule would gather."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.reads.category_rules import meets
from db.reads.product_filters import belongs
from db.tables.catalogue import Category, Product
from domain.access import of_noun
from domain.catalogue_rules import Rule

SHOWN = 20


@dataclass(frozen=True)
class CategoryRow:
    """`rule`: products that meet it belong to the category without being put there."""

    id: int
    version: int
    parent_id: int | None
    names: dict[str, str]
    position: int
    is_published: bool
    rule: dict[str, Any] | None


@of_noun("product")
@dataclass(frozen=True)
class Gathered:
    id: int
    name: str


@dataclass(frozen=True)
class Gathering:
    """How many products, and the first of them by name."""

    count: int
    products: list[Gathered]


def list_categories(tx: Session, category_id: int | None = None) -> list[CategoryRow]:
    """All of them, or the one; those of one parent in the shop's order."""
    wanted = select(Category).order_by(
        Category.parent_id.nulls_first(), Category.position, Category.id
    )
    if category_id is not None:
        wanted = wanted.where(Category.id == category_id)
    names = CategoryRow.__dataclass_fields__
    return [
        CategoryRow(**{name: getattr(row, name) for name in names})
        for row in tx.scalars(wanted.execution_options(populate_existing=True))
    ]


def gathered_by(tx: Session, rule: Rule) -> Gathering:
    return _gathering(tx, meets(rule))


def gathered_in(tx: Session, category_id: int) -> Gathering:
    """In it or below it, by hand or by rule."""
    return _gathering(tx, belongs(tx, category_id))


def _gathering(tx: Session, condition: Any) -> Gathering:
    count = tx.scalar(select(func.count()).select_from(Product).where(condition)) or 0
    first = select(Product.id, Product.name).where(condition)
    rows = tx.execute(first.order_by(Product.name, Product.id).limit(SHOWN))
    return Gathering(count, [Gathered(row.id, row.name) for row in rows])
