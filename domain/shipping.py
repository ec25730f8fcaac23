"""What shipping costs: bands by total or weight, handling fee, thresholds from which it is free."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal
from domain.shipments import CarrierCode


class NotShippedThere(Refusal):
    """The shipping method does not serve this country."""


class TooHeavyOrDear(Refusal):
    """The parcel is beyond the method's last band."""


class NoSuchShippingMethod(Refusal):
    """The shop does not offer a method with this code."""


class Basis(StrEnum):
    TOTAL = "total"
    WEIGHT = "weight"


@dataclass(frozen=True)
class Band:
    """Up to and including `up_to` (minor units or grams); None is without end."""

    up_to: int | None
    price: int


@dataclass(frozen=True)
class ShippingMethod:
    code: str
    carrier: CarrierCode
    service: str
    tax_class: str
    basis: Basis
    bands: tuple[Band, ...]
    handling_fee: int = 0
    free_from_total: int | None = None
    free_from_weight_g: int | None = None
    countries: frozenset[str] = frozenset()
    """Empty: everywhere."""


def shipping_price(method: ShippingMethod, country: str, total: int, weight_g: int) -> int:
    """Handling fee included; a free parcel carries none."""
    if method.countries and country not in method.countries:
        raise NotShippedThere(f"{method.code} does not deliver to {country}.")
    if _reached(method.free_from_total, total) or _reached(method.free_from_weight_g, weight_g):
        return 0
    measure = total if method.basis is Basis.TOTAL else weight_g
    for band in method.bands:
        if band.up_to is None or measure <= band.up_to:
            return band.price + method.handling_fee
    raise TooHeavyOrDear(f"{method.code} does not take this much in one order.")


def _reached(threshold: int | None, value: int) -> bool:
    return threshold is not None and value >= threshold
