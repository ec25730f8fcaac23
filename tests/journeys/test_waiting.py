"""Why is it waiting? A provider that is down, an answer that is lost, a person who decides."""

import asyncio
from typing import Any

import pytest

from tests.house import House


async def process(house: House, order: dict[str, Any]) -> dict[str, Any]:
    answer = await house.api.get(f"/orders/{order['id']}/process")
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen


@pytest.mark.requirement("R31", "R296")
async def test_each_wait_of_a_smooth_order_is_told(house: House) -> None:
    order = await house.place(pay="bank_transfer")
    waiting = await process(house, order)
    assert [wait["code"] for wait in waiting["waits"]] == ["transfer", "unpaid"]
    assert waiting["state"] == "running"
    assert waiting["expires_at"] is not None

    payment = (await house.order(order["id"]))["payments"][0]
    paid = await house.do(order, f"payments/{payment['id']}/receive", amount=order["total"])
    assert paid.json()["payment"] == "paid"
    assert [wait["code"] for wait in (await process(house, order))["waits"]] == ["shipping"]

    await house.do(order, "shipments")
    waiting = await process(house, order)
    assert [wait["code"] for wait in waiting["waits"]] == ["own_delivery"]


async def test_a_carrier_that_is_down_is_shown_and_tried_again_at_once(house: House) -> None:
    house.simulators.fault("cdek", "refuse_before", "POST */orders", count=3)
    order = await house.place(shipping="cdek")

    async def stuck() -> dict[str, Any] | None:
        seen = await process(house, order)
        return seen if seen["steps"] and seen["steps"][0]["last_error"] else None

    async with asyncio.TaskGroup() as tasks:
        sent = tasks.create_task(house.do(order, "shipments"))
        seen = await house.until(stuck)
        step = seen["steps"][0]
        assert (step["kind"], step["state"]) == ("book_parcel", "unknown")
        assert "503" in step["last_error"]
        assert "booking_unknown" in [wait["code"] for wait in seen["waits"]]
        again = {"kind": step["kind"], "subject_id": step["subject_id"]}
        while not sent.done():
            await house.do(order, "process/retry", **again)
            await asyncio.sleep(0.2)
    assert sent.result().status_code == 201
    order = await house.order(order["id"])
    assert (order["fulfilment"], order["steps"]) == ("fulfilled", [])


async def test_a_lost_answer_is_settled_by_asking_and_booked_once(house: House) -> None:
    house.simulators.fault("cdek", "lose_answer", "POST */orders", count=1)
    order = await house.place(shipping="cdek")
    await house.do(order, "shipments")
    await house.until_order(order["id"], fulfilment="fulfilled")

    bookings = house.simulators.calls("cdek", "POST */orders")
    number = f"{order['number']}-1"
    assert len([call for call in bookings if call["body"]["number"] == number]) == 1
    assert "order.step_unknown" in house.actions(order["id"])
