"""A carrier whose answers never come, or come broken: asked about, booked once."""

import asyncio
from typing import Any

from tests.house import House
from tests.order_lives import carry, command, finished

ANSWERS = ["lose_answer", "html_502", "truncated_json", "empty_200", "reset_mid_body"]


def booked(house: House, order: dict[str, Any]) -> list[dict[str, Any]]:
    """Bookings under the number of the order's first parcel that the carrier has taken."""
    calls = house.simulators.calls("cdek", "POST */orders")
    number = f"{order['number']}-1"
    return [call for call in calls if call["status"] and call["body"]["number"] == number]


async def test_a_parcel_is_booked_once(house: House) -> None:
    for kind in ANSWERS:
        await a_parcel_is_booked_once(house, kind)


async def a_parcel_is_booked_once(house: House, kind: str) -> None:
    house.simulators.fault("cdek", kind, "POST */orders")
    placed = await house.place(shipping="cdek")
    await command(house, placed["id"], "shipments")
    order = await house.until_order(placed["id"], fulfilment="fulfilled")

    assert len(booked(house, order)) == 1
    steps = [a for a in house.actions(placed["id"]) if a.startswith("order.step")]
    assert steps == ["order.step_unknown", "order.step_settled"]
    assert [shipment["state"] for shipment in order["shipments"]] == ["shipped"]


async def test_a_booking_that_hangs_is_one_parcel(house: House) -> None:
    house.simulators.fault("cdek", "hang", "POST */orders", seconds=15)
    placed = await house.place(shipping="cdek")
    under_way = await command(house, placed["id"], "shipments")
    assert under_way.status_code in (201, 202)
    order = await house.until_order(placed["id"], fulfilment="fulfilled")
    await house.until(lambda: "order.shipped" in house.actions(placed["id"]))
    assert len(booked(house, order)) == 1


async def test_a_parcel_refused_after_a_lost_answer_puts_the_goods_back(house: House) -> None:
    """The carrier takes every order and says no to some a moment later."""
    house.simulators.fault("cdek", "lose_answer", "POST */orders")
    placed = await house.place(shipping="cdek")
    answer = await command(house, placed["id"], "shipments", service="999")
    assert (answer.status_code, answer.json()["code"]) == (409, "ParcelRefused")

    order = await house.order(placed["id"])
    assert order["fulfilment"] == "unfulfilled"
    assert [shipment["state"] for shipment in order["shipments"]] == ["abandoned"]
    assert order["lines"][0]["quantities"]["allocated"] == 2
    assert "order.shipped" not in house.actions(placed["id"])

    await command(house, placed["id"], "shipments")
    await house.until_order(placed["id"], fulfilment="fulfilled")


async def test_several_parcels_at_once_are_several(house: House) -> None:
    house.simulators.fault("cdek", "lose_answer", "POST */orders", count=2)
    placed = await house.place(shipping="cdek", lines=[{"sku": "MUG", "quantity": 3}])
    one = [{"line": 1, "quantity": 1}]
    answers = await asyncio.gather(
        *(command(house, placed["id"], "shipments", lines=one) for _ in range(3))
    )
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    order = await house.until_order(placed["id"], fulfilment="fulfilled")
    assert len({shipment["tracking_number"] for shipment in order["shipments"]}) == 3


async def test_delivered_by_the_carrier_it_ends(house: House) -> None:
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")
    house.simulators.fault("cdek", "html_502", "GET */orders/*", count=3)
    await command(house, placed["id"], "shipments")
    await carry(house, placed["id"])
    await finished(house, placed["id"], status="completed")
