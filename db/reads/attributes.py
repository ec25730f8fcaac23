"""Attributes with their values, and the variants they could make."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.attributes import values_of_products, values_of_rules
from db.card_parts import links_of
from db.reads.product_previews import in_language
from db.tables.catalogue import Attribute, AttributeValue, Variant
from domain.catalogue import NothingChosen
from domain.catalogue_variants import Choice, Proposed, Value, combinations, propose


@dataclass(frozen=True)
class AttributeValueRead:
    id: int
    code: str
    names: dict[str, str]


@dataclass(frozen=True)
class AttributeRead:
    id: int
    version: int
    code: str
    names: dict[str, str]
    position: int
    values: list[AttributeValueRead]
    used_value_ids: list[int]
    """Products have them or rules name them: they cannot be taken away."""


def list_attributes(tx: Session, attribute_id: int | None = None) -> list[AttributeRead]:
    """In the shop's order; all of them, or the one."""
    wanted = select(Attribute).order_by(Attribute.position, Attribute.id)
    values = select(AttributeValue).order_by(AttributeValue.position, AttributeValue.id)
    if attribute_id is not None:
        wanted = wanted.where(Attribute.id == attribute_id)
        values = values.where(AttributeValue.attribute_id == attribute_id)
    found: dict[int, list[AttributeValueRead]] = defaultdict(list)
    for row in tx.scalars(values.execution_options(populate_existing=True)):
        found[row.attribute_id].append(AttributeValueRead(row.id, row.code, row.names))
    used = _used(tx, [value.id for own in found.values() for value in own])
    rows = tx.scalars(wanted.execution_options(populate_existing=True))
    return [_attribute(row, found[row.id], used) for row in rows]


def _attribute(
    row: Attribute, values: list[AttributeValueRead], used: Collection[int]
) -> AttributeRead:
    kept = [value.id for value in values if value.id in used]
    return AttributeRead(row.id, row.version, row.code, row.names, row.position, values, kept)


def _used(tx: Session, value_ids: Collection[int]) -> set[int]:
    return values_of_products(tx, value_ids) | values_of_rules(tx)


def propose_variants(
    tx: Session,
    chosen: Sequence[tuple[int, tuple[int, ...]]],
    pattern: str,
    product_id: int | None,
    language: str,
) -> list[Proposed]:
    choices = [_choice(tx, attribute, values, language) for attribute, values in chosen]
    made = combinations(choices, pattern)
    own = select(Variant.id, Variant.sku).where(Variant.product_id == product_id)
    skus = {row.id: row.sku for row in tx.execute(own)}
    values_of = links_of(tx, "variant", list(skus))
    existing = {frozenset(values_of[id]): sku for id, sku in skus.items() if values_of[id]}
    taken = tx.scalars(select(Variant.sku).where(Variant.sku.in_([one.sku for one in made])))
    return propose(made, existing, frozenset(taken))


def _choice(tx: Session, attribute_id: int, value_ids: tuple[int, ...], language: str) -> Choice:
    wanted = (
        select(Attribute.code.label("attribute"), AttributeValue)
        .join(AttributeValue, AttributeValue.attribute_id == Attribute.id)
        .where(Attribute.id == attribute_id, AttributeValue.id.in_(value_ids))
        .order_by(AttributeValue.position, AttributeValue.id)
    )
    rows = tx.execute(wanted).all()
    if len(rows) < len(set(value_ids)):
        raise NothingChosen("One of these values is not there (any more).")
    return Choice(rows[0].attribute, [_value(row, language) for row in rows])


def _value(row: "Row[str, AttributeValue]", language: str) -> Value:
    value = row.AttributeValue
    return Value(value.id, value.code, in_language(value.names, language))
