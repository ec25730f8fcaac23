"""What shipping costs: by total or by weight, with a handling fee, free from a threshold on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shipments import CarrierCode
from domain.shipping import (
    Band,
    Basis,
    NotShippedThere,
    ShippingMethod,
    TooHeavyOrDear,
    shipping_price,
)

BY_WEIGHT = ShippingMethod(
    "post",
    CarrierCode.OWN,
    "",
    "standard",
    Basis.WEIGHT,
    (Band(1_000, 300), Band(5_000, 700)),
    handling_fee=50,
)
BY_TOTAL = replace(BY_WEIGHT, basis=Basis.TOTAL, bands=(Band(9_999, 400), Band(None, 200)))


@pytest.mark.requirement("R81", "R83", "R85", "R88")
@pytest.mark.parametrize(("weight", "price"), [(0, 350), (1_000, 350), (1_001, 750), (5_000, 750)])
def test_by_weight_up_to_and_including_each_band(weight: int, price: int) -> None:
    assert shipping_price(BY_WEIGHT, "RU", 10**9, weight) == price


@pytest.mark.requirement("R81", "R82", "R88")
@pytest.mark.parametrize(("total", "price"), [(0, 450), (9_999, 450), (10_000, 250), (10**9, 250)])
def test_by_total_and_without_end(total: int, price: int) -> None:
    assert shipping_price(BY_TOTAL, "RU", total, 10**9) == price


@pytest.mark.requirement("R86", "R87")
def test_free_from_a_price_or_a_weight_on_without_a_fee() -> None:
    free = replace(BY_WEIGHT, free_from_total=5_000, free_from_weight_g=2_000)
    assert shipping_price(free, "RU", 4_999, 1_999) == 750
    assert shipping_price(free, "RU", 5_000, 100) == 0
    assert shipping_price(free, "RU", 100, 2_000) == 0
    assert shipping_price(replace(free, free_from_total=0), "RU", 0, 0) == 0


@pytest.mark.requirement("R84")
def test_only_to_its_countries() -> None:
    home = replace(BY_WEIGHT, countries=frozenset({"RU", "KZ"}))
    assert shipping_price(home, "KZ", 0, 0) == 350
    with pytest.raises(NotShippedThere, match=r"^post does not deliver to FR\.$"):
        shipping_price(home, "FR", 0, 0)


def test_beyond_the_last_band_it_does_not_go() -> None:
    with pytest.raises(TooHeavyOrDear, match=r"^post does not take this much in one order\.$"):
        shipping_price(BY_WEIGHT, "RU", 0, 5_001)


@given(st.integers(0, 10**6), st.integers(0, 5_000))
def test_a_price_is_never_below_nothing(total: int, weight: int) -> None:
    assert shipping_price(BY_WEIGHT, "RU", total, weight) in (350, 750)
