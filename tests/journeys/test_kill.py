"""Programs of the house are killed at any moment: nothing is lost, nothing is done twice."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from temporalio.client import Client

from db.engine import Database
from db.tables.notices import AnnouncementRow, Notice
from db.tables.orders import Order
from db.tables.payments import Payment
from db.tables.shipments import Shipment
from local.child import Child
from local.simulators.server import SimulatorServer
from tests.factories import open_shop
from tests.house import House
from tests.order_lives import carry, command, deliver
from tests.town import Town, kill, open_town

ORDERS, KILLS = 10, 4
BY_CARD = {"order.payment_authorised", "order.payment_captured"}
BY_ALL = {
    "order.placed",
    "order.shipment_prepared",
    "order.shipped",
    "order.parcel_delivered",
    "order.completed",
}


@pytest.fixture
async def town(
    db: Database, database_url: str, temporal: Client, simulators: SimulatorServer, tmp_path: Path
) -> AsyncIterator[Town]:
    shop = open_shop(db, capture="on_shipping")
    async with open_town(db, database_url, shop, temporal, simulators, tmp_path) as opened:
        yield opened
        opened.house.assert_stock_agrees()


async def by_card_with_the_carrier(house: House) -> str:
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    await command(house, placed["id"], "shipments")
    await carry(house, placed["id"])
    await house.until_order(placed["id"], status="completed")
    return str(placed["id"])


async def cash_to_our_courier(house: House) -> str:
    placed = await house.place()
    await command(house, placed["id"], "shipments")
    await house.until_order(placed["id"], fulfilment="fulfilled")
    await deliver(house, placed["id"])
    await house.until_order(placed["id"], status="completed")
    return str(placed["id"])


async def kill_now_and_then(program: Child, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.5, 4))
        await asyncio.to_thread(kill, program)


@pytest.mark.requirement("R27", "R230", "R250", "R251", "R254")
@pytest.mark.parametrize(("program", "seed"), [("worker", 1), ("worker", 2), ("api", 3)])
async def test_killed_at_any_moment(town: Town, program: str, seed: int) -> None:
    house, kinds = town.house, (by_card_with_the_carrier, cash_to_our_courier)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(kill_now_and_then(getattr(town, program), seed))
        lives = [tasks.create_task(kinds[n % 2](house)) for n in range(ORDERS)]
    orders = [await house.order(life.result()) for life in lives]

    assert {(order["status"], order["payment"]) for order in orders} == {("completed", "paid")}
    assert house.count(Order) == house.count(Payment) == house.count(Shipment) == ORDERS
    for order in orders:
        by_card = order["payments"][0]["method"] == "card"
        assert told(house, order) == dict.fromkeys(BY_ALL | (BY_CARD if by_card else set()), 1)
        assert [payment["captured"] for payment in order["payments"]] == [order["total"]]
        if by_card:
            assert acts_of_providers(house, order) == (1, 1, 1)
    await everybody_was_told_once(town)


def told(house: House, order: dict[str, Any]) -> Counter[str]:
    return Counter(action for action in house.actions(order["id"]) if action in BY_ALL | BY_CARD)


def acts_of_providers(house: House, order: dict[str, Any]) -> tuple[int, int, int]:
    """Payments created, money taken and parcels booked for the order."""
    calls, reference = house.simulators.calls, order["payments"][0]["reference"]
    created = [
        call["key"]
        for call in calls("yookassa", "POST */payments")
        if call["body"]["metadata"]["order_id"] == order["id"]
    ]
    taken = [call["key"] for call in calls("yookassa", f"POST */{reference}/capture")]
    number = f"{order['number']}-1"
    booked = [call for call in calls("cdek", "POST */orders") if call["body"]["number"] == number]
    return len(set(created)), len(set(taken)), len(booked)


async def everybody_was_told_once(town: Town) -> None:
    """What a killed worker was telling is told by another after a while; here, at once."""
    house = town.house

    def nothing_waits() -> bool:
        with house.db.transaction() as tx:
            tx.execute(update(AnnouncementRow).values(due_at=func.now()))
        return house.count(AnnouncementRow) == 0

    await house.until(nothing_waits)
    kinds = (Notice.order_id, Notice.event, Notice.audience, Notice.channel, Notice.recipient)
    with house.db.transaction() as tx:
        twice = tx.execute(select(*kinds).group_by(*kinds).having(func.count() > 1))
        assert twice.all() == []
    assert house.count(Notice, Notice.state != "sent") == 0
    mails = {message_from_bytes(each.content)["Message-ID"] for each in town.mail.kept}
    assert len(mails) == house.count(Notice, Notice.channel == "email")
