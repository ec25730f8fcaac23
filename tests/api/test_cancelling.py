"""Cancelling a whole order or parts of it: stock, holds and money, each leg told by itself."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.order_desk import (
    COURIER,
    MUG,
    TEA,
    Json,
    entries,
    levels,
    movements,
    paid,
    refused,
    set_channel,
    ship,
)
from tests.house import House

TWO_LINES = [{"sku": "MUG", "quantity": 2}, {"sku": "TEA", "quantity": 3}]
WHY = "Out of season."


def part(line: int, quantity: int) -> dict[str, Any]:
    return {"lines": [{"line": line, "quantity": quantity}]}


async def cancel(house: House, order: Json, **body: Any) -> Json:
    done = await house.do(order, "cancel", reason=WHY, **body)
    assert done.status_code == 200, done.text
    return await house.order(order["id"])


def legs(order: Json) -> list[list[tuple[str, str]]]:
    return [
        [(leg["kind"], leg["state"]) for leg in cancellation["legs"]]
        for cancellation in order["cancellations"]
    ]


@pytest.mark.requirement("R48")
async def test_a_whole_order_goes_back_on_the_shelf_and_the_money_to_its_payer(
    house: House,
) -> None:
    order = await paid(house, lines=TWO_LINES)
    cancelled = await cancel(house, order)
    assert (cancelled["status"], cancelled["payment"], cancelled["total"]) == (
        "cancelled",
        "refunded",
        0,
    )
    assert levels(house) == {"MUG": (100, 0), "TEA": (100, 0)}
    assert legs(cancelled) == [[("refund", "done"), ("stock", "restocked")]]
    told = cancelled["cancellations"][0]
    assert (told["reason"], told["actor"]["name"], told["restock"]) == (WHY, "Owner", True)
    assert told["lines"] == [{"line": 1, "quantity": 2}, {"line": 2, "quantity": 3}]
    refund = cancelled["refunds"][0]
    assert (refund["amount"], refund["reason"]) == (2 * MUG + 3 * TEA + COURIER, WHY)
    assert [entry.reason for entry in entries(house, order, "order.cancelled")] == [WHY]
    assert await refused(house, order, "cancel", reason="x") == "NotInThisStatus"
    assert await refused(house, order, "shipments") == "NotInThisStatus"


async def test_an_unpaid_order_owes_nothing_to_anybody(house: House) -> None:
    order = await house.place(pay="cheque")
    cancelled = await cancel(house, order)
    assert (cancelled["status"], cancelled["payment"]) == ("cancelled", "unpaid")
    assert [payment["state"] for payment in cancelled["payments"]] == ["cancelled"]
    assert (legs(cancelled), cancelled["refunds"]) == ([[("stock", "restocked")]], [])


async def test_lines_are_cancelled_at_their_stored_price_and_the_rest_goes_on(
    house: House,
) -> None:
    order = await paid(house, lines=TWO_LINES)
    after = await cancel(house, order, **part(1, 1))
    assert (after["status"], after["total"]) == ("placed", MUG + 3 * TEA + COURIER)
    assert (after["payment"], after["refunded"]) == ("part_refunded", MUG)
    assert after["tax"] == 8_334 + 10_000 + 5_000  # of two mugs it was 16 667
    assert levels(house) == {"MUG": (100, 1), "TEA": (100, 3)}
    assert await refused(house, order, "cancel", reason="x", **part(1, 2)) == "MoreThanOpen"
    assert await refused(house, order, "cancel", reason="x", **part(9, 1)) == "LineNotOnOrder"

    await ship(house, order, **part(2, 3))
    after = await cancel(house, order)
    assert (after["status"], after["fulfilment"]) == ("placed", "fulfilled")
    assert [line["stage"] for line in after["lines"]] == ["cancelled", "shipped"]
    assert (after["total"], after["refunded"]) == (3 * TEA + COURIER, 2 * MUG)
    assert await refused(house, order, "cancel", reason="x") == "NothingLeft"


async def test_what_is_not_fit_to_be_sold_again_is_written_off(house: House) -> None:
    order = await paid(house)
    cancelled = await cancel(house, order, restock=False)
    assert legs(cancelled) == [[("refund", "done"), ("stock", "written_off")]]
    assert levels(house)["MUG"] == (98, 0)
    assert movements(house, "write_off") == [(-2, WHY)]


async def test_money_that_is_not_to_go_back_stays_and_is_shown_as_owed(house: House) -> None:
    order = await paid(house)
    cancelled = await cancel(house, order, refund=False)
    assert (cancelled["status"], cancelled["payment"]) == ("cancelled", "overpaid")
    assert (cancelled["refunds"], legs(cancelled)) == ([], [[("stock", "restocked")]])
    process = (await house.api.get(f"/orders/{order['id']}/process")).json()
    assert [wait["code"] for wait in process["waits"]] == ["overpaid"]

    back = await house.do(order, "refunds", reason="After all.", amount=order["total"])
    assert (back.status_code, back.json()["payment"]) == (201, "refunded")


@pytest.mark.requirement("R28")
async def test_a_card_payment_goes_back_through_its_provider(house: House) -> None:
    order = await house.place(pay="card")
    await house.pay(order)
    await house.until_order(order["id"], payment="paid")
    sent = {"id": str(uuid4())}
    await cancel(house, order, **sent)
    cancelled = await cancel(house, order, **sent)
    assert legs(cancelled) == [[("refund", "done"), ("stock", "restocked")]]
    assert (cancelled["payment"], cancelled["refunds"][0]["amount"]) == (
        "refunded",
        order["total"],
    )
    reference = cancelled["payments"][0]["reference"]
    asked = house.simulators.calls("yookassa", "POST */refunds")
    asked = [call for call in asked if call["body"]["payment_id"] == reference]
    assert [call["body"]["amount"] for call in asked] == [{"value": "1300.00", "currency": "RUB"}]


async def test_a_hold_on_a_card_is_dropped(house: House) -> None:
    set_channel(house, capture_policy="on_shipping")
    order = await house.place(pay="card")
    await house.pay(order)
    await house.until_order(order["id"], payment="authorised")
    cancelled = await cancel(house, order)
    assert legs(cancelled) == [[("stock", "restocked"), ("void", "done")]]
    assert [payment["state"] for payment in cancelled["payments"]] == ["cancelled"]
    assert (cancelled["payment"], cancelled["captured"]) == ("unpaid", 0)


async def test_a_favour_for_pieces_that_are_then_cancelled_is_given_once(house: House) -> None:
    order = await paid(house)
    favour = await house.do(order, "refunds", reason="A scratch.", **part(1, 2))
    assert favour.status_code == 201
    assert (await house.order(order["id"]))["allowance"] == 2 * MUG
    after = await cancel(house, order, **part(1, 1))
    assert (after["refunded"], after["total"]) == (2 * MUG, MUG + COURIER)
    assert (after["allowance"], after["payment"]) == (MUG, "part_refunded")

    after = await cancel(house, order, **part(1, 1))
    assert (after["status"], after["payment"]) == ("cancelled", "refunded")
    assert (after["refunded"], after["captured"]) == (order["total"], order["total"])
    assert sum(refund["amount"] for refund in after["refunds"]) == order["total"]


@pytest.mark.parametrize("favour", [{"amount": 70_000}, {"shipping": True}])
async def test_after_a_favour_cancelling_gives_back_the_rest_and_no_more(
    house: House, favour: dict[str, Any]
) -> None:
    order = await paid(house)
    await house.do(order, "refunds", reason="Late.", **favour)
    after = await cancel(house, order)
    assert (after["status"], after["payment"]) == ("cancelled", "refunded")
    assert after["refunded"] == order["total"]
    process = (await house.api.get(f"/orders/{order['id']}/process")).json()
    assert process["waits"] == []
