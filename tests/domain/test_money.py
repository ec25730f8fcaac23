"""Money is counted in minor units; text goes in and out without losing a penny."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money, share

CURRENCY = st.sampled_from(["RUB", "EUR", "JPY", "KWD"])


@given(st.integers(-(10**15), 10**15), CURRENCY)
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.parse(str(money.decimal()), currency) == money


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1250, "GBP", "12.50 GBP"),
        (-5, "EUR", "-0.05 EUR"),
        (1250, "JPY", "1250 JPY"),
        (1250, "KWD", "1.250 KWD"),
        (0, "RUB", "0.00 RUB"),
    ],
)
def test_people_see_major_units(minor: int, currency: str, text: str) -> None:
    assert str(Money(minor, currency)) == text


@pytest.mark.parametrize("text", ["", "ten", "1.005", "NaN", "Infinity", "1,50", "1e-3", "--1"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        Money.parse(text, "EUR")


def test_two_currencies_never_add_up() -> None:
    euro, rouble = Money(1, "EUR"), Money(1, "RUB")
    for act in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(ValueError, match="do not add up"):
            act(euro, rouble)
    assert (euro + euro) * 3 - euro == Money(5, "EUR")
    assert Money(1, "EUR") < Money(2, "EUR")
    assert Money(2, "EUR") <= Money(2, "EUR")


@given(st.integers(0, 10**12), st.integers(0, 100), st.integers(1, 100))
def test_a_share_is_rounded_half_up_once(total: int, part: int, whole: int) -> None:
    exact = Decimal(total) * part / whole
    assert abs(share(total, part, whole) - exact) <= Decimal("0.5")
    assert share(total, whole, whole) == total


def test_shares_of_halves_and_of_nothing() -> None:
    assert share(1, 1, 2) == 1
    assert share(5, 3, 0) == 0
