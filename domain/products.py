"""Products as one sees them: what is described, with the one variant that is sold by its SKU."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import Refusal

SHARED = ("name", "description", "tax_class", "is_service", "is_published")
"""What all variants of a product have in common."""
OWN = ("price", "currency", "weight_g", "may_backorder")
STANDARD = "standard"
"""The tax class of what nobody gives another."""


class TaxClassUnknown(Refusal):
    """No tax rate is set for this class: nothing of it could be sold."""


class PriceMissing(Refusal):
    """A new variant needs a price and its currency."""


class SeveralVariants(Refusal):
    """The change would touch other variants of the same product."""


class StillInStock(Refusal):
    """What lies on shelves cannot become a service."""


class SkuTwice(Refusal):
    """The same SKU came more than once in one request."""


class Outcome(StrEnum):
    CREATED = "created"
    EDITED = "edited"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """It was there already, and only new ones were to be added."""
    REFUSED = "refused"


@dataclass(frozen=True)
class Product:
    """`price` in minor units of `currency`. None: as it is."""

    sku: str
    name: str
    description: str
    price: int | None
    currency: str | None
    tax_class: str | None
    weight_g: int
    is_service: bool
    may_backorder: bool
    is_published: bool


@dataclass(frozen=True)
class KnownProduct:
    """A product as it stands, and what an edit has to respect."""

    id: int
    product: Product
    has_other_variants: bool
    on_hand: int


def completed(wanted: Product, known: Product | None) -> Product:
    """With what is known where nothing is said."""
    if known is None:
        return replace(wanted, tax_class=wanted.tax_class or STANDARD)
    return replace(
        wanted,
        price=known.price if wanted.price is None else wanted.price,
        currency=wanted.currency or known.currency,
        tax_class=wanted.tax_class or known.tax_class,
    )


def check(wanted: Product, known: KnownProduct | None, tax_classes: Collection[str]) -> None:
    """Whether the product may become what is wanted."""
    if wanted.tax_class not in tax_classes:
        raise TaxClassUnknown(f"There is no tax rate for class {wanted.tax_class!r}.")
    if wanted.price is None or wanted.currency is None:
        raise PriceMissing(f"{wanted.sku} is new and needs a price and a currency.")
    if known is None:
        return
    if known.has_other_variants and _differs(wanted, known.product, SHARED):
        raise SeveralVariants(f"{wanted.sku} shares its product with other variants.")
    if wanted.is_service and known.on_hand:
        raise StillInStock(f"{known.on_hand} pieces of {wanted.sku} are in stock.")


def _differs(one: Product, other: Product, names: Collection[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)
