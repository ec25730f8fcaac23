"""What products are sorted by and has little more than a name: brands, suppliers, classes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from db import history
from db.card_parts import require_all
from db.history import Entry
from db.tables.catalogue import Attribute, Brand, Category, Product, ProductClass, Supplier
from db.unique_names import require_free
from domain.catalogue import InUse
from domain.catalogue_rules import Criterion
from domain.errors import ChangedMeanwhile, Refusal

Table = type[Brand] | type[Supplier] | type[ProductClass]


class NoSuchName(Refusal):
    """There is no such brand, supplier or product class (any more)."""


@dataclass(frozen=True)
class Kind:
    """`noun` as history and messages call it."""

    noun: str
    table: Table
    column: Any
    criterion: Criterion


BRANDS = Kind("brand", Brand, Product.brand_id, Criterion.BRAND)
SUPPLIERS = Kind("supplier", Supplier, Product.supplier_id, Criterion.SUPPLIER)
CLASSES = Kind("product_class", ProductClass, Product.class_id, Criterion.PRODUCT_CLASS)


def add_named(
    tx: Session, kind: Kind, name: str, by: str, attribute_ids: list[int] | None = None
) -> int:
    require_free(tx, kind.table.name, name)
    values = _values(tx, kind, name, attribute_ids)
    id: int = tx.execute(insert(kind.table).values(**values).returning(kind.table.id)).scalar_one()
    changes = history.differences({}, values)
    history.append(tx, Entry(kind.noun, id, f"{kind.noun}.created", by, changes))
    return id


def save_named(
    tx: Session,
    kind: Kind,
    id: int,
    version: int,
    name: str,
    by: str,
    attribute_ids: list[int] | None = None,
) -> None:
    row = _get(tx, kind, id)
    if row.version != version:
        raise ChangedMeanwhile(f"Somebody has changed {row.name} since you opened it.")
    require_free(tx, kind.table.name, name, kind.table.id != id)
    values = _values(tx, kind, name, attribute_ids)
    changes = history.differences({key: getattr(row, key) for key in values}, values)
    if changes:
        changed = update(kind.table).where(kind.table.id == id)
        tx.execute(changed.values(**values, version=kind.table.version + 1))
        history.append(tx, Entry(kind.noun, id, f"{kind.noun}.edited", by, changes))


def delete_named(tx: Session, kind: Kind, id: int, by: str) -> None:
    row = _get(tx, kind, id)
    if tx.scalar(select(exists().where(kind.column == id))):
        raise InUse(f"There are products of {row.name}: change those first.")
    for rule in tx.scalars(select(Category.rule).where(Category.rule.is_not(None))):
        for condition in (rule or {})["conditions"]:
            if condition["criterion"] == kind.criterion and id in condition["values"]:
                raise InUse(f"The rule of a category names {row.name}.")
    tx.execute(delete(kind.table).where(kind.table.id == id))
    history.append(tx, Entry(kind.noun, id, f"{kind.noun}.deleted", by, details={"name": row.name}))


def _get(tx: Session, kind: Kind, id: int) -> Any:
    wanted = select(kind.table).where(kind.table.id == id).with_for_update()
    row = tx.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NoSuchName(f"There is no such {kind.noun.replace('_', ' ')} (any more).")
    return row


def _values(tx: Session, kind: Kind, name: str, attribute_ids: list[int] | None) -> dict[str, Any]:
    if kind.table is not ProductClass:
        return {"name": name}
    chosen = list(dict.fromkeys(attribute_ids or []))
    require_all(tx, Attribute.id, "attribute", chosen)
    return {"name": name, "attribute_ids": chosen}
