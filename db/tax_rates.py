"""Taxes: a rate for each class of goods in each country, edited as one table."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, union
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.settings import claim_version, read_setting
from db.tables.catalogue import Product, ShippingMethod, TaxRate
from domain.errors import Refusal

NAME = "taxes"


class TaxClassInUse(Refusal):
    """Products or shipping methods are taxed by it."""


class NoSuchTaxClass(Refusal):
    """The settings have no rate for this class in any country."""


@dataclass(frozen=True)
class Rate:
    tax_class: str
    country: str
    """`*`: every country without a rate of its own."""
    rate: int
    """Hundredths of a percent."""


@dataclass(frozen=True)
class Taxes:
    rates: list[Rate]
    version: int


def read_taxes(tx: Session) -> Taxes:
    return Taxes(_rates(tx), read_setting(tx, NAME).version)


def save_taxes(tx: Session, rates: Iterable[Rate], version: int, by: str) -> Taxes:
    """The whole table; each class whose rates differ has its own entry in history."""
    claim_version(tx, NAME, version)
    wanted = sorted(rates, key=lambda rate: (rate.tax_class, rate.country))
    _require_used_kept(tx, {rate.tax_class for rate in wanted})
    entries = [*_entries(_by_class(_rates(tx)), _by_class(wanted), by)]
    tx.execute(delete(TaxRate))
    tx.execute(insert(TaxRate), [vars(rate) for rate in wanted])
    history.append(tx, *(entries or [Entry("setting", NAME, "setting.changed", by)]))
    return Taxes(wanted, version + 1)


def require_tax_class(tx: Session, tax_class: str) -> None:
    if not tx.execute(select(TaxRate.id).where(TaxRate.tax_class == tax_class).limit(1)).first():
        raise NoSuchTaxClass(f"There is no tax class {tax_class!r}.")


def _rates(tx: Session) -> list[Rate]:
    rows = select(TaxRate.tax_class, TaxRate.country, TaxRate.rate)
    found = tx.execute(rows.order_by(TaxRate.tax_class, TaxRate.country))
    return [Rate(*row) for row in found]


def _require_used_kept(tx: Session, wanted: set[str]) -> None:
    products = select(Product.tax_class).group_by(Product.tax_class)
    used = set(tx.scalars(union(products, select(ShippingMethod.tax_class))))
    if missing := sorted(used - wanted):
        raise TaxClassInUse(f"Goods are taxed by {missing[0]!r}: it cannot be left out.")


def _by_class(rates: Iterable[Rate]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for rate in rates:
        found.setdefault(rate.tax_class, {})[rate.country] = rate.rate
    return found


def _entries(
    before: dict[str, dict[str, int]], after: dict[str, dict[str, int]], by: str
) -> Iterable[Entry]:
    for tax_class in sorted({*before, *after}):
        old, new = before.get(tax_class, {}), after.get(tax_class, {})
        changes = {
            country: (old.get(country), new.get(country))
            for country in sorted({*old, *new})
            if old.get(country) != new.get(country)
        }
        if changes:
            yield Entry("tax_class", tax_class, "tax_class.changed", by, changes)
