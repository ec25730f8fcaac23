"""The demo shop's taxes and shipping methods."""

from typing import Any

from db.engine import Session
from db.tables.catalogue import ShippingMethod, TaxRate
from domain.shipments import CarrierCode
from domain.shipping import Basis
from local.demo.rows import add

# Hundredths of a percent: standard and reduced. `*` is export, which carries no tax of ours.
TAX_RATES = {
    "RU": (2200, 1000),  # since 2026
    "GB": (2000, 500),
    "DE": (1900, 700),
    "ES": (2100, 1000),
    "FR": (2000, 550),
    "IT": (2200, 1000),
    "NL": (2100, 900),
    "*": (0, 0),
}
# Prices in kopecks or pence, weights in grams.
SHIPPING_METHODS: tuple[dict[str, Any], ...] = (
    {
        "code": "courier",
        "name": "Our courier",
        "carrier": CarrierCode.OWN,
        "basis": Basis.TOTAL,
        "bands": [[200_000, 45_000], [None, 30_000]],
        "free_from_total": 700_000,
        "countries": ["RU"],
    },
    {
        "code": "pickup",
        "name": "Collect at a branch",
        "carrier": CarrierCode.PICKUP,
        "basis": Basis.TOTAL,
        "bands": [[None, 0]],
        "countries": ["RU"],
    },
    {
        "code": "cdek-door",
        "name": "CDEK to the door",
        "carrier": CarrierCode.CDEK,
        "service": "137",
        "basis": Basis.WEIGHT,
        "bands": [[1_000, 39_000], [5_000, 64_000], [20_000, 120_000]],
        "handling_fee": 5_000,
        "free_from_total": 1_000_000,
        "countries": ["RU"],
    },
    {
        "code": "cdek-point",
        "name": "CDEK pick-up point",
        "carrier": CarrierCode.CDEK,
        "service": "136",
        "basis": Basis.WEIGHT,
        "bands": [[1_000, 25_000], [5_000, 42_000], [20_000, 80_000]],
        "handling_fee": 5_000,
        "free_from_total": 600_000,
        "countries": ["RU"],
    },
    {
        "code": "uk-courier",
        "name": "Courier in the United Kingdom",
        "carrier": CarrierCode.OWN,
        "basis": Basis.WEIGHT,
        "bands": [[2_000, 495], [10_000, 895], [None, 1_995]],
        "free_from_weight_g": 50_000,  # a pallet goes with our own lorry
        "countries": ["GB"],
    },
)


def add_terms(tx: Session) -> None:
    for country, rates in TAX_RATES.items():
        for tax_class, rate in zip(("standard", "reduced"), rates, strict=True):
            add(tx, "tax_rate", TaxRate(tax_class=tax_class, country=country, rate=rate))
    for values in SHIPPING_METHODS:
        add(tx, "shipping_method", ShippingMethod(tax_class="standard", **values))
