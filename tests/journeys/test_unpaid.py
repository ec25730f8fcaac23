"""A shop full of orders: those that nobody pays leave, all others stay."""

import asyncio
from typing import Any

import pytest

from db.tables.notices import Notice
from tests.house import House
from tests.journeys.test_last_pieces import counters
from tests.order_lives import command, finished, set_channel


async def receive(house: House, order: dict[str, Any]) -> None:
    payment = order["payments"][0]["id"]
    path = f"payments/{payment}/receive"
    answer = await command(house, order["id"], path, amount=order["total"])
    assert answer.json()["payment"] == "paid"


@pytest.mark.requirement("R34", "R149")
async def test_some_are_paid_in_time_and_some_are_not(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=5)
    kinds = ("bank_transfer", "cheque", "card", "cash_on_delivery", "bank_transfer")
    orders = await asyncio.gather(*(house.place(pay=kind) for kind in kinds))
    *unpaid, on_delivery, paid = orders
    await receive(house, paid)

    for order in unpaid:
        await finished(house, order["id"], status="expired", payment="unpaid")
    assert counters(house, "MUG") == (100, 2 * 2)
    for order in (on_delivery, paid):
        assert (await house.order(order["id"]))["status"] == "placed"
    assert house.count(Notice, Notice.event == "order_expired", Notice.channel == "email") == 3
