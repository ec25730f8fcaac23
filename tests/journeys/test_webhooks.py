"""Whatever the providers tell, how often and in which order: every fact counts once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from db.provider_settings import ProviderSettings
from db.tables.history import HistoryEntry
from db.tables.notices import Notice
from db.tables.payments import WebhookDelivery
from local.simulators import credentials
from tests.factories import SECRET_KEY
from tests.house import House
from tests.order_lives import carry, command, ended, finished, set_channel

ORDERS = 4
WEBHOOKS = ("yookassa", "cdek")


def disturb(house: House, seed: int) -> None:
    """Three of each, some shuffled with each other."""
    for provider in WEBHOOKS:
        house.simulators.fault(
            provider, "reorder_webhooks", count=2 + seed % 3, probability=0.4, seed=seed
        )
        house.simulators.fault(provider, "duplicate_webhooks", copies=2, probability=1)


@asynccontextmanager
async def letting_go(house: House) -> AsyncIterator[None]:
    """What waits to be shuffled with others goes out when no others come."""

    async def let_go() -> None:
        while True:
            await asyncio.sleep(0.3)
            house.simulators.flush_webhooks()

    task = asyncio.create_task(let_go())
    yield
    task.cancel()


async def lived_through(house: House) -> str:
    """An order by card with a carrier, taken when it ships."""
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    await command(house, placed["id"], "shipments")
    await carry(house, placed["id"])
    return await finished(house, placed["id"], status="completed", payment="paid")


@pytest.mark.requirement("R28", "R250", "R251", "R253")
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_three_times_and_shuffled(house: House, seed: int) -> None:
    set_channel(house, capture_policy="on_shipping")
    disturb(house, seed)
    async with letting_go(house):
        order_ids = await asyncio.gather(*(lived_through(house) for _ in range(ORDERS)))

    for order_id in order_ids:
        told = Counter(house.actions(order_id))
        assert told["order.payment_authorised"] == told["order.payment_captured"] == 1
        assert told["order.shipped"] == told["order.parcel_delivered"] == 1
        assert told["order.completed"] == 1
        order = await house.order(order_id)
        reference = order["payments"][0]["reference"]
        captures = house.simulators.calls("yookassa", f"POST */{reference}/capture")
        assert len({call["key"] for call in captures}) == 1
        assert order["payments"][0]["captured"] == order["total"]
    assert told_twice(house) == []
    assert facts_twice(house) == []


def told_twice(house: House) -> list[Any]:
    """Notices of one kind about one order to one person by one channel, more than one."""
    kinds = (Notice.order_id, Notice.event, Notice.audience, Notice.channel, Notice.recipient)
    with house.db.transaction() as tx:
        rows = tx.execute(select(*kinds).group_by(*kinds).having(func.count() > 1))
        return [tuple(row) for row in rows]


def facts_twice(house: House) -> list[Any]:
    with house.db.transaction() as tx:
        facts = (WebhookDelivery.provider, WebhookDelivery.fact)
        rows = tx.execute(select(*facts).group_by(*facts).having(func.count() > 1))
        return [tuple(row) for row in rows]


def at_the_provider(house: House) -> httpx.AsyncClient:
    """As somebody with the shop's keys, past the house."""
    keys = (credentials.YOOKASSA_SHOP_ID, credentials.YOOKASSA_SECRET_KEY)
    url = f"{house.simulators.url}/yookassa/v3"
    return httpx.AsyncClient(base_url=url, auth=keys, timeout=10)


async def created_at_the_provider(house: House, order_id: str) -> str:
    """Its payment, which the provider has before we know its name."""
    async with at_the_provider(house) as provider:

        async def look() -> str | None:
            listed = await provider.get("/payments")
            for item in listed.json()["items"]:
                if item["metadata"]["order_id"] == order_id:
                    return str(item["id"])
            return None

        return str(await house.until(look))


async def test_paid_before_the_provider_has_answered(house: House) -> None:
    house.simulators.fault("yookassa", "hang", "POST */payments", seconds=2)
    placed = await house.place(pay="card")
    reference = await created_at_the_provider(house, placed["id"])
    house.simulators.pay(reference)
    paid = await house.until_order(placed["id"], payment="paid")
    assert paid["payments"][0]["reference"] == reference

    await command(house, placed["id"], "cancel", reason="Found cheaper.")
    await finished(house, placed["id"], status="cancelled", payment="refunded")
    assert Counter(house.actions(placed["id"]))["order.payment_captured"] == 1


async def test_money_for_a_cancelled_order_goes_back_by_itself(house: House) -> None:
    placed = await house.place(pay="card")
    page = await page_of(house, placed["id"])
    await command(house, placed["id"], "cancel", reason="Changed her mind.")
    await ended(house, placed["id"])

    house.simulators.pay(page.rsplit("/", 1)[-1])
    order = await house.until_order(placed["id"], payment="refunded")
    assert (order["status"], order["payments"][0]["refunded"]) == ("cancelled", placed["total"])
    refunds = house.simulators.calls("yookassa", "POST */refunds")
    ours = [c for c in refunds if c["body"]["payment_id"] == order["payments"][0]["reference"]]
    assert len(ours) == 1
    await ended(house, placed["id"])


async def test_news_of_a_finished_order_changes_nothing(house: House) -> None:
    house.simulators.fault("cdek", "duplicate_webhooks", copies=2, probability=1)
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")
    await command(house, placed["id"], "shipments")
    await carry(house, placed["id"])
    await finished(house, placed["id"], status="completed")
    before = house.actions(placed["id"])

    order = await house.order(placed["id"])
    told = cdek(order["shipments"][0]["reference"], "TAKEN_BY_COURIER")
    payment = yookassa("payment.canceled", order["payments"][0]["reference"])
    for path, body in (("/webhooks/cdek", told), ("/webhooks/yookassa", payment)) * 2:
        assert (await house.api.post(path, json=body)).status_code == 200
    await ended(house, placed["id"])
    assert house.actions(placed["id"]) == before
    assert (await house.order(placed["id"]))["payment"] == "paid"


async def test_news_that_comes_while_the_last_is_being_read_is_heard(house: House) -> None:
    """The answer "held" is on its way already when somebody takes the money at the provider's."""
    set_channel(house, capture_policy="on_shipping")
    placed = await house.place(pay="card")
    reference = (await page_of(house, placed["id"])).rsplit("/", 1)[-1]
    reading = f"GET */payments/{reference}"
    house.simulators.fault("yookassa", "hang", reading, seconds=1.5)
    house.simulators.pay(reference)
    await house.until(lambda: house.simulators.calls("yookassa", reading))
    async with at_the_provider(house) as provider:
        path, key = f"/payments/{reference}/capture", {"Idempotence-Key": uuid4().hex}
        assert (await provider.post(path, json={}, headers=key)).status_code == 200
    await house.until_order(placed["id"], payment="paid")


async def test_what_is_not_ours_is_taken_and_changes_nothing(house: House) -> None:
    before = house.count(HistoryEntry)
    unknown = str(uuid4())
    for path, body in (
        ("/webhooks/yookassa", yookassa("payment.succeeded", unknown)),
        ("/webhooks/yookassa", yookassa("payment.succeeded", unknown, payment_id=str(uuid4()))),
        ("/webhooks/yookassa", yookassa("refund.succeeded", unknown, refund_id="not an id")),
        ("/webhooks/cdek", cdek(unknown, "DELIVERED")),
    ):
        answer = await house.api.post(path, json=body)
        assert (answer.status_code, answer.json()) == (200, {"status": "known"})
    assert house.count(WebhookDelivery) == 0
    assert house.count(HistoryEntry) == before


async def test_only_the_provider_is_heard(house: House) -> None:
    placed = await house.place(pay="card")
    page = await page_of(house, placed["id"])
    _forget_the_test_network(house)
    told = yookassa("payment.succeeded", page.rsplit("/", 1)[-1])
    forged = await house.api.post("/webhooks/yookassa", json=told)
    assert forged.status_code == 404
    assert house.count(WebhookDelivery) == 0


def _forget_the_test_network(house: House) -> None:
    settings = ProviderSettings(house.db, [SECRET_KEY])
    known = settings.read("yookassa")
    values = {name: value for name, value in known.values.items() if name != "webhook_networks"}
    with house.db.transaction() as tx:
        settings.save(tx, "yookassa", values, dict(known.secrets), "test")


async def page_of(house: House, order_id: str) -> str:
    async def look() -> str | None:
        url: str | None = (await house.order(order_id))["payments"][0]["confirmation_url"]
        return url

    return str(await house.until(look))


def yookassa(event: str, reference: str, **metadata: str) -> dict[str, Any]:
    return {
        "type": "notification",
        "event": event,
        "object": {"id": reference, "metadata": metadata},
    }


def cdek(reference: str, code: str) -> dict[str, Any]:
    told = {"number": "0-1", "code": code, "status_date_time": "2026-01-01T00:00:00+0000"}
    return {"type": "ORDER_STATUS", "uuid": reference, "attributes": told}
