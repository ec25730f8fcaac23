"""Orders of services, and orders that nobody pays in time."""

import pytest

from tests.api.order_desk import (
    HELP,
    deliver,
    levels,
    paid,
    pay_by_card,
    set_channel,
    ship,
)
from tests.house import House


@pytest.mark.requirement("R291")
async def test_a_service_needs_no_stock_and_goes_to_its_end(house: House) -> None:
    order = await paid(house, lines=[{"sku": "HELP", "quantity": 2}], shipping=None)
    assert order["total"] == 2 * HELP
    axes = await deliver(house, order, await ship(house, order))
    assert axes["fulfilment"] == "delivered"
    done = await house.until_order(order["id"], status="completed")
    assert done["shipments"][0]["lines"] == [{"line": 1, "location": None, "quantity": 2}]
    assert levels(house) == {"MUG": (100, 0), "TEA": (100, 0)}


async def test_a_service_that_is_cancelled_touches_no_stock(house: House) -> None:
    lines = [{"sku": "HELP", "quantity": 1}, {"sku": "MUG", "quantity": 1}]
    order = await paid(house, lines=lines)
    await house.do(order, "cancel", reason="x", restock=False)
    seen = await house.order(order["id"])
    assert (seen["status"], seen["payment"]) == ("cancelled", "refunded")
    assert levels(house) == {"MUG": (99, 0), "TEA": (100, 0)}


async def test_an_order_nobody_pays_gives_its_stock_back(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=1)
    order = await house.place(pay="bank_transfer")
    seen = await house.until_order(order["id"], status="expired")
    assert (seen["payment"], seen["total"]) == ("unpaid", 0)
    assert levels(house)["MUG"] == (100, 0)


async def test_what_was_paid_in_part_comes_back_when_the_order_expires(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=4)
    order = await house.place(
        payments=[{"method": "card", "amount": 30_000}, {"method": "bank_transfer"}]
    )
    await pay_by_card(house, order)
    await house.until_order(order["id"], payment="part_paid")
    seen = await house.until_order(order["id"], status="expired", payment="refunded")
    assert (seen["captured"], seen["refunded"]) == (30_000, 30_000)
