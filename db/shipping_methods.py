"""Shipping methods: by whom, where to and what for."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.reads.rows import build, columns
from db.tables.catalogue import ShippingMethod as Row
from db.tax_rates import require_tax_class
from domain.errors import ChangedMeanwhile, NameTaken
from domain.shipments import CarrierCode
from domain.shipping import Basis


@dataclass(frozen=True)
class ShippingTerms:
    """Amounts in minor units of the channel's currency, weights in grams."""

    name: str
    carrier: CarrierCode
    service: str
    tax_class: str
    basis: Basis
    bands: list[tuple[int | None, int]]
    """Up to and including so much, for that price; rising."""
    handling_fee: int
    free_from_total: int | None
    free_from_weight_g: int | None
    countries: list[str]
    """Empty: everywhere."""


@dataclass(frozen=True)
class ShippingMethod(ShippingTerms):
    code: str
    version: int


def list_shipping_methods(tx: Session) -> list[ShippingMethod]:
    rows = tx.execute(select(*columns(Row, ShippingMethod)).order_by(Row.code))
    return [_method(row) for row in rows]


def find_shipping_method(tx: Session, code: str, *, lock: bool = False) -> ShippingMethod | None:
    found = select(*columns(Row, ShippingMethod)).where(Row.code == code)
    row = tx.execute(found.with_for_update() if lock else found).one_or_none()
    return None if row is None else _method(row)


def add_shipping_method(tx: Session, code: str, terms: ShippingTerms, by: str) -> None:
    require_tax_class(tx, terms.tax_class)
    row = insert(Row).values(code=code, **_stored(terms)).on_conflict_do_nothing()
    if tx.execute(row.returning(Row.code)).one_or_none() is None:
        raise NameTaken(f"There is another method called {code}.")
    changes = history.differences({}, _stored(terms))
    history.append(tx, Entry("shipping_method", code, "shipping_method.created", by, changes))


def edit_shipping_method(
    tx: Session, method: ShippingMethod, terms: ShippingTerms, version: int, by: str
) -> None:
    """The method is locked."""
    if method.version != version:
        raise ChangedMeanwhile("Somebody else changed this shipping method meanwhile.")
    require_tax_class(tx, terms.tax_class)
    changes = history.differences(_stored(method), _stored(terms))
    if not changes:
        return
    row = update(Row).where(Row.code == method.code)
    tx.execute(row.values(**_stored(terms), version=Row.version + 1))
    entry = Entry("shipping_method", method.code, "shipping_method.edited", by, changes)
    history.append(tx, entry)


def _stored(terms: ShippingTerms) -> dict[str, Any]:
    names = ShippingTerms.__dataclass_fields__
    return {name: getattr(terms, name) for name in names} | {"bands": [*map(list, terms.bands)]}


def _method(row: Any) -> ShippingMethod:
    return build(ShippingMethod, row, bands=[(up_to, price) for up_to, price in row.bands])
