"""Money of lines: parts add up to the whole, to the penny, however an order is taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices import (
    HIGHEST_TOTAL,
    NOTHING,
    Amounts,
    NoTaxRate,
    PricedLine,
    TaxTable,
    TotalTooHigh,
    order_total,
    with_tax,
)

AMOUNT = st.integers(0, 10**9)
RATE = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("amount", "rate", "included", "gross", "tax"),
    [
        (12_000, 2_000, True, 12_000, 2_000),
        (10_000, 2_000, False, 12_000, 2_000),
        (100, 2_000, True, 100, 17),
        (99, 1_900, False, 118, 19),
        (1, 550, False, 1, 0),
        (10, 500, False, 11, 1),
        (500, 0, True, 500, 0),
        (0, 2_000, False, 0, 0),
    ],
)
def test_tax_is_part_of_the_price_or_comes_on_top(
    amount: int, rate: int, included: bool, gross: int, tax: int
) -> None:
    assert with_tax(amount, rate, tax_included=included) == Amounts(gross, tax)


@given(AMOUNT, RATE)
def test_both_ways_to_write_a_price_agree(net: int, rate: int) -> None:
    on_top = with_tax(net, rate, tax_included=False)
    assert on_top.gross - on_top.tax == net
    assert with_tax(on_top.gross, rate, tax_included=True) == on_top


@given(AMOUNT, RATE, st.integers(1, 30), st.data())
def test_refunds_of_parts_add_up_to_the_line(
    gross: int, rate: int, ordered: int, data: st.DataObject
) -> None:
    amounts = with_tax(gross, rate, tax_included=True)
    line = PricedLine(ordered, ordered, amounts)
    already, given_back = 0, NOTHING
    while already < ordered:
        quantity = data.draw(st.integers(1, ordered - already))
        part = line.refund_for(quantity, already)
        assert part.gross >= 0
        assert part.tax >= 0
        given_back += part
        already += quantity
    assert given_back == amounts


@given(AMOUNT, st.integers(1, 30), st.data())
def test_what_is_left_and_what_went_back_are_the_whole(
    gross: int, ordered: int, data: st.DataObject
) -> None:
    """Cancelled and refunded pieces in any mixture."""
    amounts = with_tax(gross, 2_000, tax_included=True)
    cancelled = data.draw(st.integers(0, ordered))
    left = PricedLine(ordered, ordered - cancelled, amounts)
    rest = left.refund_for(cancelled, ordered - cancelled)
    assert left.now + rest == amounts


@given(st.lists(st.tuples(AMOUNT, st.integers(1, 9), st.integers(0, 9)), max_size=5), AMOUNT)
def test_shipping_falls_away_with_the_last_piece(
    sold: list[tuple[int, int, int]], shipping: int
) -> None:
    lines = [
        PricedLine(ordered, ordered - min(cancelled, ordered), Amounts(gross, 0))
        for gross, ordered, cancelled in sold
    ]
    total = order_total(lines, Amounts(shipping, 0))
    goods = sum(line.now.gross for line in lines)
    assert total.gross == goods + (shipping if any(line.wanted for line in lines) else 0)


def test_no_order_costs_more_than_can_be_counted() -> None:
    dear = PricedLine(1, 1, Amounts(HIGHEST_TOTAL, 0))
    assert order_total([dear], NOTHING).gross == HIGHEST_TOTAL
    with pytest.raises(TotalTooHigh):
        order_total([dear], Amounts(1, 0))


def test_a_country_has_its_own_rate_or_the_one_for_all() -> None:
    table = TaxTable({("standard", "*"): 2_000, ("standard", "FR"): 550, ("books", "FR"): 210})
    assert table.rate("standard", "FR") == 550
    assert table.rate("standard", "RU") == 2_000
    assert table.rate("books", "FR") == 210
    with pytest.raises(NoTaxRate, match=r"^No tax rate for class 'books' in 'RU'\.$"):
        table.rate("books", "RU")
