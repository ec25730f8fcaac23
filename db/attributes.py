"""Attributes and their values: saved together, in the order they shall be shown."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.catalogue import (
    Attribute,
    AttributeValue,
    Category,
    ProductClass,
    ProductValue,
    VariantValue,
)
from domain.attributes import (
    AttributeDraft,
    AttributeInUse,
    AttributeUnknown,
    CodeTaken,
    ValueDraft,
    check_attribute,
)
from domain.catalogue_rules import Criterion
from domain.errors import ChangedMeanwhile


@dataclass(frozen=True)
class _Known:
    id: int
    code: str
    names: dict[str, str]
    position: int


def add_attribute(tx: Session, draft: AttributeDraft, by: str) -> int:
    check_attribute(draft, ())
    _require_free(tx, draft.code, 0)
    added = insert(Attribute).values(**_values(draft)).returning(Attribute.id)
    attribute_id = tx.execute(added).scalar_one()
    _add_values(tx, attribute_id, list(enumerate(draft.values)))
    changes = history.differences({}, {**_values(draft), "values": _told(draft.values)})
    history.append(tx, Entry("attribute", attribute_id, "attribute.created", by, changes))
    return attribute_id


def save_attribute(
    tx: Session, attribute_id: int, version: int, draft: AttributeDraft, by: str
) -> None:
    """Values that are left out are deleted, unless a product has them."""
    attribute = _get(tx, attribute_id, version)
    known = _known(tx, attribute_id)
    check_attribute(draft, [value.id for value in known])
    _require_free(tx, draft.code, attribute_id)
    before = {name: getattr(attribute, name) for name in _values(draft)}
    before["values"] = [{"code": value.code, "names": value.names} for value in known]
    changes = history.differences(before, {**_values(draft), "values": _told(draft.values)})
    if not changes:
        return
    _save_values(tx, attribute_id, known, draft)
    changed = update(Attribute).where(Attribute.id == attribute_id)
    tx.execute(changed.values(**_values(draft), version=Attribute.version + 1))
    history.append(tx, Entry("attribute", attribute_id, "attribute.edited", by, changes))


def delete_attribute(tx: Session, attribute_id: int, by: str) -> None:
    attribute = _get(tx, attribute_id)
    values = [value.id for value in _known(tx, attribute_id)]
    _require_unused(tx, values)
    classes = ProductClass.attribute_ids.contains([attribute_id])
    if tx.scalar(select(exists().where(classes))):
        raise AttributeInUse("A product class has this attribute: take it out there first.")
    tx.execute(delete(AttributeValue).where(AttributeValue.attribute_id == attribute_id))
    tx.execute(delete(Attribute).where(Attribute.id == attribute_id))
    details = {"code": attribute.code, "names": attribute.names}
    entry = Entry("attribute", attribute_id, "attribute.deleted", by, details=details)
    history.append(tx, entry)


def _get(tx: Session, attribute_id: int, version: int | None = None) -> Attribute:
    wanted = select(Attribute).where(Attribute.id == attribute_id).with_for_update()
    found = tx.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise AttributeUnknown(f"There is no attribute {attribute_id} (any more).")
    if version is not None and found.version != version:
        raise ChangedMeanwhile("Somebody has changed this attribute since you opened it.")
    return found


def _known(tx: Session, attribute_id: int) -> list[_Known]:
    own = select(
        AttributeValue.id, AttributeValue.code, AttributeValue.names, AttributeValue.position
    ).where(AttributeValue.attribute_id == attribute_id)
    rows = tx.execute(own.order_by(AttributeValue.position, AttributeValue.id))
    return [_Known(*row) for row in rows]


def _save_values(
    tx: Session, attribute_id: int, known: list[_Known], draft: AttributeDraft
) -> None:
    kept = {value.id for value in draft.values}
    gone = [value.id for value in known if value.id not in kept]
    _require_unused(tx, gone)
    tx.execute(delete(AttributeValue).where(AttributeValue.id.in_(gone)))
    before = {value.id: value for value in known}
    numbered = list(enumerate(draft.values))
    for position, value in numbered:
        if value.id is None or before[value.id] == _known_as(value, position):
            continue
        changed = update(AttributeValue).where(AttributeValue.id == value.id)
        tx.execute(changed.values(code=value.code, names=dict(value.names), position=position))
    _add_values(tx, attribute_id, [(place, value) for place, value in numbered if not value.id])


def _known_as(value: ValueDraft, position: int) -> _Known:
    assert value.id is not None
    return _Known(value.id, value.code, dict(value.names), position)


def _add_values(tx: Session, attribute_id: int, new: list[tuple[int, ValueDraft]]) -> None:
    rows = [
        {
            "attribute_id": attribute_id,
            "code": value.code,
            "names": dict(value.names),
            "position": position,
        }
        for position, value in new
    ]
    if rows:
        tx.execute(insert(AttributeValue), rows)


def values_of_products(tx: Session, value_ids: Collection[int]) -> set[int]:
    own = AttributeValue.id
    used = or_(
        exists().where(ProductValue.value_id == own), exists().where(VariantValue.value_id == own)
    )
    return set(tx.scalars(select(own).where(own.in_(value_ids), used)))


def values_of_rules(tx: Session) -> set[int]:
    """Those that the rules of categories name."""
    rules = tx.scalars(select(Category.rule).where(Category.rule.is_not(None)))
    return {value for rule in rules for value in _named_in(rule or {})}


def _require_unused(tx: Session, value_ids: list[int]) -> None:
    if values_of_products(tx, value_ids):
        raise AttributeInUse("Products have this value: change those first.")
    if set(value_ids) & values_of_rules(tx):
        raise AttributeInUse("The rule of a category names this value.")


def _named_in(rule: dict[str, Any]) -> set[int]:
    conditions = (one for one in rule["conditions"] if one["criterion"] == Criterion.VALUE)
    return {value for condition in conditions for value in condition["values"]}


def _require_free(tx: Session, code: str, own_id: int) -> None:
    taken = exists().where(Attribute.code == code, Attribute.id != own_id)
    if tx.scalar(select(taken)):
        raise CodeTaken(f"Another attribute has the code {code}.")


def _values(draft: AttributeDraft) -> dict[str, Any]:
    return {"code": draft.code, "names": dict(draft.names), "position": draft.position}


def _told(values: tuple[ValueDraft, ...]) -> list[dict[str, Any]]:
    return [{"code": value.code, "names": dict(value.names)} for value in values]
