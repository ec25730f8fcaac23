"""What product cards point at: attribute values and categories, and texts in other languages."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Literal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.history import Changes
from db.tables.catalogue import (
    AttributeValue,
    Category,
    ProductCategory,
    ProductValue,
    VariantValue,
)
from domain.catalogue import Card, NothingChosen

Owner = Literal["product", "category", "variant"]
_LINKS: dict[Owner, tuple[Any, Any]] = {
    "product": (ProductValue.product_id, ProductValue.value_id),
    "category": (ProductCategory.product_id, ProductCategory.category_id),
    "variant": (VariantValue.variant_id, VariantValue.value_id),
}


def links_of(tx: Session, owner: Owner, ids: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """Values of products, categories of products, values of variants; in order of their ids."""
    of, to = _LINKS[owner]
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for row in tx.execute(select(of, to).where(of.in_(ids)).order_by(of, to)):
        found[row[0]] += (row[1],)
    return found


def save_links(
    tx: Session,
    product_id: int,
    card: Card | None = None,
    *,
    variants: Mapping[int | None, tuple[int, ...]] | None = None,
) -> None:
    """Of the product as the card says; and of variants, all at once."""
    if card is not None:
        _replace(tx, "category", {product_id: card.category_ids}, Category.id, "category")
        _replace(tx, "product", {product_id: card.value_ids}, AttributeValue.id, "attribute value")
    if variants:
        _replace(tx, "variant", variants, AttributeValue.id, "attribute value")


def require_all(
    tx: Session, column: InstrumentedAttribute[int], noun: str, ids: Collection[int]
) -> None:
    """They are there, and stay until the transaction ends."""
    if not ids:
        return
    found = set(tx.scalars(select(column).where(column.in_(ids)).with_for_update(key_share=True)))
    if gone := sorted(set(ids) - found):
        raise NothingChosen(f"There is no {noun} {gone[0]} (any more).")


def text_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """`name.fr`: (old, new)"""
    changes: Changes = {}
    for language in sorted({*before, *after}):
        was, now = before.get(language) or {}, after.get(language) or {}
        for field in ("name", "description"):
            if was.get(field) != now.get(field):
                changes[f"{field}.{language}"] = (was.get(field), now.get(field))
    return changes


def _replace(
    tx: Session,
    owner: Owner,
    wanted: Mapping[Any, tuple[int, ...]],
    target: InstrumentedAttribute[int],
    noun: str,
) -> None:
    """Only what differs is written: every row written is a row searched anew."""
    of, to = _LINKS[owner]
    before = links_of(tx, owner, list(wanted))
    gone = [(id, old) for id in wanted for old in set(before[id]) - set(wanted[id])]
    new = [(id, value) for id in wanted for value in sorted(set(wanted[id]) - set(before[id]))]
    for id, old in gone:
        tx.execute(delete(of.class_).where(of == id, to == old))
    if new:
        require_all(tx, target, noun, {value for _, value in new})
        tx.execute(insert(of.class_), [{of.key: id, to.key: value} for id, value in new])
