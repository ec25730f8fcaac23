"""Orders that nobody pays give their stock back in time; all others keep it."""

import asyncio

from sqlalchemy import select

from db.tables.stock import StockItem
from tests.house import House
from tests.order_lives import command, ended, finished, set_channel


def held(house: House) -> int:
    with house.db.transaction() as tx:
        mugs = StockItem.variant_id == house.shop.variants["MUG"]
        return tx.execute(select(StockItem.allocated).where(mugs)).scalar_one()


async def test_one_on_hold_expires_when_it_is_released(house: House) -> None:
    set_channel(house, unpaid_expire_after_s=4)
    order = await house.place(pay="bank_transfer")
    await command(house, order["id"], "hold", reason="The address looks odd.")
    await asyncio.sleep(4.5)
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
