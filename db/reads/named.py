"""Brands, suppliers and product classes by name: all of them, page by page, or one."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.named import Kind
from db.reads.keyset import beyond, check
from db.tables.catalogue import ProductClass


@dataclass(frozen=True)
class NamedRow:
    """`attribute_ids`: of a product class, those its products have."""

    id: int
    version: int
    name: str
    attribute_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class NamedPage:
    rows: list[NamedRow]
    next: int | None
    """The id of the last row, when more follow."""


def list_named(
    tx: Session, kind: Kind, q: str = "", after: int | None = None, limit: int | None = None
) -> NamedPage:
    """Every word of `q` in the name. `limit` None: all that is left."""
    table, key = kind.table, func.lower(kind.table.name)
    words = q.replace("\0", " ").split()
    wanted = _rows(kind).where(*(table.name.icontains(word, autoescape=True) for word in words))
    if after is not None:
        wanted = wanted.where(beyond(table.id, after, key))
    wanted = wanted.order_by(key, table.id)
    if limit is None:
        return NamedPage(_read(tx, wanted), None)
    check(limit)
    rows = _read(tx, wanted.limit(limit + 1))
    return NamedPage(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def find_named(tx: Session, kind: Kind, id: int) -> NamedRow | None:
    found = _read(tx, _rows(kind).where(kind.table.id == id))
    return found[0] if found else None


def _rows(kind: Kind) -> Select[Any]:
    columns: list[Any] = [kind.table.id, kind.table.version, kind.table.name]
    if kind.table is ProductClass:
        columns.append(ProductClass.attribute_ids)
    return select(*columns)


def _read(tx: Session, wanted: Select[Any]) -> list[NamedRow]:
    return [NamedRow(*row) for row in tx.execute(wanted)]
