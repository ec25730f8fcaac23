"""Refunds: at the price and tax stored on the line, and never more than was taken."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from db import history
from db.tables.catalogue import TaxRate, Variant
from tests.api.order_desk import (
    COURIER,
    MUG,
    TEA,
    Json,
    add_goods,
    delivered,
    entries,
    paid,
    pay_by_card,
    receive,
    receive_goods,
    refused,
)
from tests.house import House

TWO_LINES = [{"sku": "MUG", "quantity": 2}, {"sku": "TEA", "quantity": 3}]


def part(line: int, quantity: int) -> dict[str, Any]:
    return {"lines": [{"line": line, "quantity": quantity}]}


async def refund(house: House, order: Json, **body: Any) -> Json:
    done = await house.do(order, "refunds", reason="As agreed.", **body)
    assert done.status_code == 201, done.text
    return await house.order(order["id"])


async def test_lines_amounts_and_shipping_add_up_to_what_was_taken(house: House) -> None:
    order = await delivered(house, lines=TWO_LINES)
    after = await refund(house, order, **part(1, 1))
    assert (after["refunded"], after["payment"]) == (MUG, "part_refunded")
    assert [line["refunded"] for line in after["lines"]] == [1, 0]
    after = await refund(house, order, shipping=True, amount=500)
    assert after["refunded"] == MUG + COURIER + 500
    after = await refund(house, order, **part(2, 2))
    assert after["refunded"] == MUG + COURIER + 500 + 2 * TEA
    why = {"reason": "x"}
    assert await refused(house, order, "refunds", **why, shipping=True) == "ShippingRefunded"
    assert await refused(house, order, "refunds", **why, **part(2, 2)) == "MoreThanOpen"
    assert await refused(house, order, "refunds", **why, **part(7, 1)) == "LineNotOnOrder"
    twice = {"lines": [{"line": 2, "quantity": 1}] * 2}
    assert await refused(house, order, "refunds", **why, **twice) == "LineNotOnOrder"
    rest = order["total"] - after["refunded"]
    assert await refused(house, order, "refunds", **why, amount=rest + 1) == "MoreThanCaptured"
    assert await refused(house, order, "refunds", **why) == "MoreThanCaptured"

    after = await refund(house, order, amount=rest)
    assert (after["payment"], after["refunded"]) == ("refunded", order["total"])
    assert await refused(house, order, "refunds", **why, amount=1) == "NothingLeft"
    told = entries(house, order, "order.refund_granted")
    assert [entry.reason for entry in told] == ["As agreed."] * 4


async def test_a_line_is_refunded_at_what_it_cost_then_not_now(house: House) -> None:
    order = await paid(house, shipping=None, lines=[{"sku": "MUG", "quantity": 2}])
    with house.db.transaction() as tx:
        tx.execute(update(Variant).where(Variant.sku == "MUG").values(price=1))
        tx.execute(update(TaxRate).values(rate=0))
        history.append(tx, history.Entry("test", 1, "prices.changed", "system"))
    after = await refund(house, order, **part(1, 1))
    assert after["refunded"] == MUG


async def test_thirds_of_a_price_add_up_to_the_penny(house: House) -> None:
    """Three pieces for 100 without tax in the price: 120 with it, 40 each; then an odd one."""
    add_goods(house, "ODD", 3_333)
    receive_goods(house, "ODD", 7)
    order = await paid(house, shipping=None, lines=[{"sku": "ODD", "quantity": 7}])
    refunds = [(await refund(house, order, **part(1, n)))["refunded"] for n in (1, 3, 2, 1)]
    assert refunds == [3_333, 4 * 3_333, 6 * 3_333, 7 * 3_333]
    assert (await house.order(order["id"]))["payment"] == "refunded"


async def test_nothing_goes_back_of_what_never_came(house: House) -> None:
    order = await house.place(pay="bank_transfer")
    assert await refused(house, order, "refunds", reason="x", amount=1) == "NothingLeft"


@pytest.mark.requirement("R75")
async def test_several_payments_are_given_back_in_turn(house: House) -> None:
    order = await house.place(
        payments=[{"method": "card", "amount": 40_000}, {"method": "bank_transfer"}]
    )
    await pay_by_card(house, order)
    await house.until_order(order["id"], payment="part_paid")
    assert await refused(house, order, "shipments") == "NotPaidYet"
    await receive(house, order, which="bank_transfer")
    seen = await house.order(order["id"])
    assert seen["payment"] == "paid"
    taken = {payment["method"]: payment["captured"] for payment in seen["payments"]}
    assert taken == {"card": 40_000, "bank_transfer": 90_000}

    await refund(house, order, amount=100_000)
    after = await house.until_order(order["id"], refunded=100_000)
    first, second = after["payments"]
    assert (first["refunded"], second["refunded"]) == (
        first["captured"],
        100_000 - first["captured"],
    )
    assert sum(each["amount"] for each in after["refunds"]) == 100_000


async def test_refunds_at_once_never_exceed_what_was_taken(house: House) -> None:
    order = await paid(house)
    answers = await asyncio.gather(
        *(house.do(order, "refunds", reason="x", amount=50_000) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409]
    assert (await house.order(order["id"]))["refunded"] == 100_000


async def test_a_refund_the_provider_refuses_stays_owed_and_can_be_given_again(
    house: House,
) -> None:
    order = await house.place(pay="card")
    await house.pay(order)
    await house.until_order(order["id"], payment="paid")
    house.simulators.fault("yookassa", "refuse_before", "POST */refunds", count=1)
    after = await refund(house, order, amount=1_000)
    after = await house.until_order(order["id"], refunded=1_000)
    assert [each["state"] for each in after["refunds"]] == ["done"]
