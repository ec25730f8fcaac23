"""Orders that nobody pays give their stock back in time; all others keep it."""

import asyncio
from typing import Any

from sqlalchemy import select

from db.tables.notices import Notice
from db.tables.stock import StockItem
from tests.house import House
from tests.order_lives import command, ended, finished, set_channel


def held(house: House) -> int:
    with house.db.transaction() as tx:
        mugs = StockItem.variant_id == house.shop.variants["MUG"]
        return tx.execute(select(StockItem.allocated).where(mugs)).scalar_one()


async def receive(house: House, order: dict[str, Any]) -> None:
    payment = order["payments"][0]["id"]
    path = f"payments/{payment}/receive"
    answer = await command(house, order["id"], path, amount=order["total"])
    assert answer.json()["payment"] == "paid"


async def test_some_are_paid_in_time_and_some_are_not(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=5)
    kinds = ("bank_transfer", "cheque", "card", "cash_on_delivery", "bank_transfer")
    orders = await asyncio.gather(*(house.place(pay=kind) for kind in kinds))
    *unpaid, on_delivery, paid = orders
    await receive(house, paid)

    for order in unpaid:
        await finished(house, order["id"], status="expired", payment="unpaid")
    assert held(house) == 2 * 2
    for order in (on_delivery, paid):
        assert (await house.order(order["id"]))["status"] == "placed"
    assert house.count(Notice, Notice.event == "order_expired", Notice.channel == "email") == 3


async def test_one_on_hold_expires_when_it_is_released(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=1)
    order = await house.place(pay="bank_transfer")
    await command(house, order["id"], "hold", reason="The address looks odd.")
    await asyncio.sleep(1.5)
    assert (await house.order(order["id"]))["status"] == "on_hold"
    assert held(house) == 2

    await command(house, order["id"], "release")
    await finished(house, order["id"], status="expired")
    assert held(house) == 0


async def test_paid_after_it_expired_the_money_goes_back(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=1)
    order = await house.place(pay="card")
    seen = await house.until_order(order["id"], status="expired")
    await ended(house, order["id"])
    house.simulators.pay(seen["payments"][0]["reference"])
    await finished(house, order["id"], payment="refunded", status="expired")
    assert held(house) == 0


async def test_nobody_waits_for_the_page_of_a_cancelled_order(house: House) -> None:
    house.simulators.fault("yookassa", "hang", "POST */payments", seconds=3)
    order = await house.place(pay="card")
    await house.until(lambda: house.simulators.calls("yookassa", "POST */payments"))
    answer = await command(house, order["id"], "cancel", reason="Took too long.")
    assert answer.json()["status"] == "cancelled"
    await finished(house, order["id"], status="cancelled", payment="unpaid")
    seen = await house.order(order["id"])
    assert (seen["payments"][0]["state"], seen["steps"]) == ("cancelled", [])
