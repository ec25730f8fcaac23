"""A provider that stays away: somebody is asked, decides, and history says who and why."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from db.tables.history import HistoryEntry
from tests.house import House
from tests.order_lives import carry, command, finished, set_channel, until_stuck

WHY = "They promised to be back at noon."


async def with_attention(house: House) -> list[str]:
    answer = await house.api.get("/orders", params={"attention": "true"})
    return [row["id"] for row in answer.json()["rows"]]


async def process(house: House, order_id: str) -> dict[str, Any]:
    seen: dict[str, Any] = (await house.api.get(f"/orders/{order_id}/process")).json()
    return seen


async def history_of(house: House, order_id: str, action: str) -> dict[str, Any]:
    answer = await house.api.get(f"/orders/{order_id}/history")
    found = [row for row in answer.json()["rows"] if row["action"] == action]
    newest: dict[str, Any] = found[0]
    return newest


@pytest.mark.requirement("R29", "R253", "R254")
async def test_somebody_is_asked_and_says_again(house: House) -> None:
    house.simulators.fault("yookassa", "html_502", "POST */payments", probability=1)
    placed = await house.place(pay="card")
    step = await until_stuck(house, placed["id"])
    assert step["kind"] == "start_payment"
    assert await with_attention(house) == [placed["id"]]
    seen = await process(house, placed["id"])
    assert seen["summary"].startswith("It is stuck at start_payment and needs a decision: ")
    assert seen["steps"][0]["may"] == ["retry", "skip"]

    house.simulators.clear_faults()
    assert (await command(house, placed["id"], "process/retry", **step)).status_code == 200
    await house.pay(placed)
    order = await house.until_order(placed["id"], payment="paid")
    assert order["steps"] == []
    assert await with_attention(house) == []
    assert house.actions(placed["id"]).count("order.payment_captured") == 1


@pytest.mark.requirement("R29", "R48", "R253", "R254")
async def test_somebody_goes_on_without_and_says_why(house: House) -> None:
    house.simulators.fault("cdek", "html_502", "POST */orders", probability=1)
    placed = await house.place(shipping="cdek")
    async with shipping(house, placed["id"]):
        step = await until_stuck(house, placed["id"])
        assert step["kind"] == "book_parcel"
        assert await with_attention(house) == [placed["id"]]
        skipped = await command(house, placed["id"], "process/skip", **step, reason=WHY)
        assert skipped.status_code == 200, skipped.text
    order = await house.until_order(placed["id"], fulfilment="unfulfilled", steps=[])
    assert await with_attention(house) == []
    assert [shipment["state"] for shipment in order["shipments"]] == ["abandoned"]
    assert order["lines"][0]["quantities"]["allocated"] == 2
    told = await history_of(house, placed["id"], "order.step_settled")
    assert (told["actor"]["name"], told["reason"]) == ("Owner", WHY)

    house.simulators.clear_faults()
    await command(house, placed["id"], "shipments")
    await carry(house, placed["id"])
    await house.until_order(placed["id"], fulfilment="delivered")


@asynccontextmanager
async def shipping(house: House, order_id: str) -> AsyncIterator[None]:
    """Its answer comes late: the provider keeps everybody waiting until somebody has decided."""
    sent = asyncio.create_task(command(house, order_id, "shipments"))
    yield
    assert (await sent).status_code in (201, 202, 409)


async def test_a_stuck_capture_is_taken_in_the_end(house: House) -> None:
    set_channel(house, capture_policy="on_shipping")
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    house.simulators.fault("yookassa", "html_502", "POST */capture", probability=1)
    async with shipping(house, placed["id"]):
        step = await until_stuck(house, placed["id"])
        assert step["kind"] == "capture_payment"
        assert (await house.order(placed["id"]))["payment"] == "authorised"
        house.simulators.clear_faults()
        await command(house, placed["id"], "process/retry", **step)
    await house.until_order(placed["id"], payment="paid")
    await carry(house, placed["id"])
    await finished(house, placed["id"], status="completed", payment="paid")


async def test_a_decision_nobody_waits_for_is_refused(house: House) -> None:
    placed = await house.place()
    step = {"kind": "book_parcel", "subject_id": placed["id"]}
    before = house.count(HistoryEntry)
    again = await command(house, placed["id"], "process/retry", **step)
    assert (again.status_code, again.json()["code"]) == (409, "NothingToRetry")
    skip = await command(house, placed["id"], "process/skip", **step, reason=WHY)
    assert (skip.status_code, skip.json()["code"]) == (409, "StepNotUnderWay")
    assert house.count(HistoryEntry) == before
