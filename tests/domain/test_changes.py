"""The rules of edits: limits, steps of quantities, prices of new lines, and what is previewed."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from domain.changes import (
    HIGHEST_PRICE,
    LONGEST_TEXT,
    MOST_LINES,
    MOST_PIECES,
    AddLine,
    AlreadyShipped,
    BeyondLimits,
    ChangePreview,
    ChangeSet,
    ContentLine,
    Contents,
    CustomerEdit,
    Shortage,
    check_limits,
    contents,
    goods_and_weight,
    new_lines,
    preview,
    quantity_steps,
)
from domain.drafts import Address, DraftLine
from domain.order_lines import LineNotOnOrder, LineQuantities, LineQuantity
from domain.orders import Order, OrderStatus
from domain.payments import Payment, PaymentMethod, PaymentState
from domain.prices import Amounts, TaxTable
from domain.pricing import Offer, OfferedVariant, UnknownSku, WrongCurrency

EVERYTHING = ChangeSet(
    set_quantities=[LineQuantity(1, 0)],
    add_lines=[AddLine(7, 2), AddLine(8, 1, unit_price=0)],
    customer=CustomerEdit(email="eve@example.org"),
    address=Address("FR", "Paris"),
    shipping_method="courier",
    comment="",
)
HAT = OfferedVariant(7, "HAT", "Hat", 1_000, "EUR", "standard", 200, False, False, 5)
CAP = replace(HAT, variant_id=8, sku="CAP", name="Cap", currency="RUB")
OFFER = Offer(
    channel_id=1,
    branch_id=None,
    currency="EUR",
    prices_include_tax=False,
    locations=[1],
    payment_methods=[],
    responsible_id=None,
    expires_in_s=None,
    capture_on_shipping=False,
    variants={"HAT": HAT, "CAP": CAP},
    taxes=TaxTable({("standard", "FR"): 2000}),
)
# Three pieces that cost 100 together, as after a discount: 33.33 each does not add up.
MUGS = DraftLine(2, 9, "MUG", "Mug", False, False, 3, 50, "reduced", 550, 100, 5, 400)


@pytest.mark.parametrize("change", [EVERYTHING, ChangeSet()])
def test_a_change_set_survives_its_journey_as_json(change: ChangeSet) -> None:
    assert ChangeSet.from_json(json.loads(json.dumps(change.to_json()))) == change


def test_a_preview_survives_its_journey_as_json() -> None:
    before = Contents([ContentLine(1, "HAT", "Hat", 2, 50, 100)], 100, 10, 11, 110)
    shown = ChangePreview(before, replace(before, total=90), [Shortage("HAT", 1, True)], 20, 0)

    assert ChangePreview.from_json(json.loads(json.dumps(shown.to_json()))) == shown
    assert (shown.difference, shown.missing) == (-20, [])


def test_only_what_is_named_is_written_over() -> None:
    assert ChangeSet().terms() == {}
    assert EVERYTHING.terms() == {
        "customer_email": "eve@example.org",
        "address": {
            "country": "FR",
            "city": "Paris",
            "postcode": "",
            "street": "",
            "point_code": "",
        },
        "shipping_method": "courier",
        "comment": "",
    }


@pytest.mark.parametrize(
    "change",
    [
        ChangeSet(set_quantities=[LineQuantity(1, -1)]),
        ChangeSet(set_quantities=[LineQuantity(1, MOST_PIECES + 1)]),
        ChangeSet(add_lines=[AddLine(1, 0)]),
        ChangeSet(add_lines=[AddLine(1, MOST_PIECES + 1)]),
        ChangeSet(add_lines=[AddLine(1, 1, -1)]),
        ChangeSet(add_lines=[AddLine(1, 1, HIGHEST_PRICE + 1)]),
        ChangeSet(add_lines=[AddLine(1, 1)] * (MOST_LINES + 1)),
        ChangeSet(comment="x" * (LONGEST_TEXT + 1)),
        ChangeSet(customer=CustomerEdit(name="x" * (LONGEST_TEXT + 1))),
        ChangeSet(address=Address("FR", street="x" * (LONGEST_TEXT + 1))),
    ],
)
def test_no_edit_goes_beyond_the_limits(change: ChangeSet) -> None:
    with pytest.raises(BeyondLimits):
        check_limits(change)


def test_what_is_within_the_limits_goes_through() -> None:
    check_limits(EVERYTHING)
    check_limits(ChangeSet(add_lines=[AddLine(1, MOST_PIECES, HIGHEST_PRICE)] * MOST_LINES))


def test_steps_are_what_is_missing_to_the_wanted_quantity() -> None:
    lines = {
        1: LineQuantities(ordered=5, allocated=4, cancelled=1),
        2: LineQuantities(ordered=3, allocated=1, shipped=2),
        3: LineQuantities(ordered=1, allocated=1),
    }
    wanted = [LineQuantity(1, 6), LineQuantity(2, 2), LineQuantity(3, 1)]

    assert quantity_steps(lines, wanted) == {1: 2, 2: -1}
    with pytest.raises(AlreadyShipped, match="2 pieces"):
        quantity_steps(lines, [LineQuantity(2, 1)])
    with pytest.raises(LineNotOnOrder):
        quantity_steps(lines, [LineQuantity(4, 1)])
    with pytest.raises(LineNotOnOrder):
        quantity_steps(lines, [LineQuantity(1, 1), LineQuantity(1, 2)])


def test_new_lines_take_stored_terms_or_todays() -> None:
    more, hats = new_lines({2: MUGS}, {2: 4, 1: -1}, [AddLine(7, 2)], OFFER, "FR")

    assert more == replace(MUGS, line=3, quantity=4, gross=211, tax=11)
    assert hats == DraftLine(
        4, 7, "HAT", "Hat", False, False, 2, 1_000, "standard", 2000, 2_400, 400, 200
    )


def test_an_agreed_price_needs_none_in_the_catalogue() -> None:
    (cap,) = new_lines({2: MUGS}, {}, [AddLine(8, 1, unit_price=0)], OFFER, "FR")

    assert (cap.line, cap.unit_price, cap.gross, cap.tax) == (3, 0, 0, 0)
    with pytest.raises(WrongCurrency):
        new_lines({2: MUGS}, {}, [AddLine(8, 1)], OFFER, "FR")
    with pytest.raises(UnknownSku):
        new_lines({2: MUGS}, {}, [AddLine(9, 1)], OFFER, "FR")


def test_contents_cost_what_is_left_of_the_stored_price() -> None:
    lines = {2: LineQuantities(ordered=3, allocated=2, cancelled=1)}

    assert goods_and_weight({2: MUGS}, lines) == (67, 800)
    assert contents({2: MUGS}, lines, Amounts(30, 5)) == Contents(
        [ContentLine(2, "MUG", "Mug", 2, 50, 67)], goods=67, shipping=30, tax=8, total=97
    )


@pytest.mark.parametrize(
    ("state", "captured", "total", "to_refund", "to_collect"),
    [
        (PaymentState.CAPTURED, 100, 80, 20, 0),
        (PaymentState.CAPTURED, 100, 130, 0, 30),
        (PaymentState.AWAITED, 0, 130, 0, 30),
        (PaymentState.AWAITED, 0, 80, 0, 0),
        (PaymentState.CANCELLED, 0, 80, 0, 80),
    ],
)
def test_the_preview_says_what_is_owed_either_way(
    state: PaymentState, captured: int, total: int, to_refund: int, to_collect: int
) -> None:
    paid = Payment(UUID(int=1), PaymentMethod.BANK_TRANSFER, state, 100, captured=captured)
    order = Order(OrderStatus.PLACED, total, [], [paid])
    costs = Contents([], 100, 0, 0, 100)

    shown = preview(costs, replace(costs, total=total), [], order)

    assert (shown.to_refund, shown.to_collect) == (to_refund, to_collect)
