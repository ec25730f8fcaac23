"""What people call the subjects of history: an order's number, a person's or a product's name.

And of orders the currency: history tells their amounts in minor units."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from db.tables.access import ApiKey
from db.tables.catalogue import Product
from db.tables.customers import Customer
from db.tables.orders import Order
from db.tables.shop import Branch, Channel
from db.tables.staff import Group, StaffMember

_NAMES: Mapping[str, tuple[Any, Any, Callable[[str], object]]] = {
    "order": (Order.id, cast(Order.number, Text), UUID),
    "product": (Product.id, Product.name, int),
    "customer": (Customer.id, Customer.name, int),
    "staff": (StaffMember.id, StaffMember.name, int),
    "group": (Group.id, Group.name, int),
    "branch": (Branch.id, Branch.name, int),
    "channel": (Channel.id, Channel.name, int),
    "api_key": (ApiKey.id, ApiKey.name, int),
}
BIGINT = 2**63


class Subjects:
    """Resolved in one query however many there are; those that are gone have no name."""

    def __init__(self, tx: Session, rows: Iterable[Row[Any]]) -> None:
        wanted = {(row.subject, row.subject_id) for row in rows}
        lookups = [_lookup(noun, [id for kind, id in wanted if kind == noun]) for noun in _NAMES]
        found = tx.execute(union_all(*lookups))
        self._known = {(row.noun, row.id): row for row in found}

    def name_of(self, row: Row[Any]) -> str | None:
        known = self._of(row)
        return known.name if known else None

    def currency_of(self, row: Row[Any]) -> str | None:
        known = self._of(row)
        return known.currency if known else None

    def _of(self, row: Row[Any]) -> Row[Any] | None:
        return self._known.get((row.subject, row.subject_id))


def _lookup(noun: str, ids: list[str]) -> Select[Any]:
    id, name, parse = _NAMES[noun]
    known = [number for text in ids if (number := _parsed(parse, text)) is not None]
    currency = Order.currency if noun == "order" else cast(null(), Text)
    columns = (literal(noun).label("noun"), cast(id, Text).label("id"), name.label("name"))
    return select(*columns, currency.label("currency")).where(id.in_(known))


def _parsed(parse: Callable[[str], object], text: str) -> object | None:
    """History also tells of subjects that never had such an id."""
    try:
        id = parse(text)
    except ValueError:
        return None
    return id if not isinstance(id, int) or -BIGINT <= id < BIGINT else None
