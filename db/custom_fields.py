"""The fields of customers that the shop's owner defined."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.customers import CustomField as CustomFieldRow
from domain.access import FieldLevel
from domain.custom_fields import MOST_FIELDS, CustomField, CustomKind, TooManyCustomFields
from domain.errors import ChangedMeanwhile, NameTaken


def list_fields(tx: Session) -> list[CustomFieldRow]:
    order = (CustomFieldRow.position, CustomFieldRow.key)
    return list(tx.scalars(select(CustomFieldRow).order_by(*order)))


def find_field(tx: Session, key: str) -> CustomFieldRow | None:
    return tx.get(CustomFieldRow, key)


def get_rules(tx: Session) -> dict[str, CustomField]:
    """By key: what may be written into each."""
    return {row.key: _rule(row) for row in list_fields(tx)}


def add_field(tx: Session, key: str, kind: CustomKind, by: str, **values: Any) -> None:
    if tx.execute(select(func.count()).select_from(CustomFieldRow)).scalar_one() >= MOST_FIELDS:
        raise TooManyCustomFields(f"There are {MOST_FIELDS} fields already.")
    row = {"key": key, "kind": kind, **values}
    added = insert(CustomFieldRow).values(row).on_conflict_do_nothing()
    if tx.execute(added.returning(CustomFieldRow.key)).first() is None:
        raise NameTaken(f"There is a field {key!r} already.")
    changes = history.differences({}, row)
    history.append(tx, Entry("custom_field", key, "custom_field.created", by, changes))


def edit_field(
    tx: Session, key: str, version: int, values: Mapping[str, Any], by: str
) -> CustomFieldRow | None:
    """None: there is no such field. Raises `ChangedMeanwhile` when `version` is not the newest."""
    row = tx.get(CustomFieldRow, key, with_for_update=True)
    if row is None:
        return None
    if row.version != version:
        raise ChangedMeanwhile("Somebody else changed this field meanwhile.")
    changes = history.differences({name: getattr(row, name) for name in values}, dict(values))
    if not changes:
        return row
    editing = update(CustomFieldRow).where(CustomFieldRow.key == key)
    tx.execute(editing.values(**values, version=version + 1))
    history.append(tx, Entry("custom_field", key, "custom_field.edited", by, changes))
    return tx.get_one(CustomFieldRow, key, populate_existing=True)


def _rule(row: CustomFieldRow) -> CustomField:
    return CustomField(
        row.key,
        CustomKind(row.kind),
        tuple(row.choices),
        FieldLevel(row.shop_level),
        row.is_active,
    )
