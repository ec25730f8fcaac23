"""From the shelf to the door: held, picked, packed, sent in several parcels, delivered."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.order_desk import (
    COURIER,
    MUG,
    TEA,
    add_goods,
    books,
    deliver,
    entries,
    levels,
    paid,
    receive_goods,
    refused,
    ship,
)
from tests.house import House

TWO_LINES = [{"sku": "MUG", "quantity": 2}, {"sku": "TEA", "quantity": 3}]


def part(line: int, quantity: int) -> dict[str, Any]:
    return {"lines": [{"line": line, "quantity": quantity}]}


async def stages(house: House, order: dict[str, Any]) -> tuple[str, list[str]]:
    seen = await house.order(order["id"])
    return seen["fulfilment"], [line["stage"] for line in seen["lines"]]


@pytest.mark.requirement("R48", "R253", "R254")
async def test_an_order_on_hold_waits_and_history_says_why(house: House) -> None:
    order = await house.place()
    held = await house.do(order, "hold", reason="The address is odd.")
    assert held.json()["status"] == "on_hold"
    seen = await house.order(order["id"])
    assert seen["hold_reason"] == "The address is odd."
    assert await refused(house, order, "shipments") == "NotInThisStatus"
    assert await refused(house, order, "pick", **part(1, 1)) == "NotInThisStatus"
    assert await refused(house, order, "hold", reason="again") == "NotInThisStatus"

    released = await house.do(order, "release")
    assert released.json()["status"] == "placed"
    assert (await house.order(order["id"]))["hold_reason"] is None
    assert await refused(house, order, "release") == "NotInThisStatus"
    told = entries(house, order, "order.held") + entries(house, order, "order.released")
    assert [entry.changes["status"] for entry in told] == [
        ["placed", "on_hold"],
        ["on_hold", "placed"],
    ]
    assert (told[0].reason, told[1].reason) == ("The address is odd.", None)
    assert all(entry.actor.startswith("staff:") for entry in told)
    assert all(entry.workflow_id == f"order-{order['id']}" for entry in told)


@pytest.mark.requirement("R30", "R31", "R226")
async def test_each_line_and_the_order_show_their_stage(house: House) -> None:
    order = await house.place(lines=TWO_LINES)
    assert await stages(house, order) == ("unfulfilled", ["allocated", "allocated"])
    await house.do(order, "pick", **part(1, 2))
    assert await stages(house, order) == ("unfulfilled", ["picked", "allocated"])
    assert await refused(house, order, "pick", **part(1, 1)) == "MoreThanOpen"
    await house.do(order, "pack", **part(1, 1))
    await house.do(order, "pack", **part(2, 3))
    assert await stages(house, order) == ("unfulfilled", ["picked", "packed"])

    assert await refused(house, order, "pick", **part(1, 1)) == "NothingLeft"
    assert await refused(house, order, "pack", **part(1, 2)) == "MoreThanOpen"
    assert await refused(house, order, "pack", **part(3, 1)) == "LineNotOnOrder"
    assert await refused(house, order, "shipments", **part(1, 3)) == "MoreThanOpen"
    twice = {"lines": [{"line": 1, "quantity": 1}] * 2}
    for command in ("pack", "shipments"):
        assert await refused(house, order, command, **twice) == "LineNotOnOrder"
    assert await refused(house, order, "cancel", reason="x", **twice) == "LineNotOnOrder"

    first = await ship(house, order, **part(1, 1))
    assert await stages(house, order) == ("partial", ["part_shipped", "packed"])
    second = await ship(house, order)
    assert await stages(house, order) == ("fulfilled", ["shipped", "shipped"])
    await deliver(house, order, first)
    assert await stages(house, order) == ("fulfilled", ["shipped", "shipped"])
    axes = await deliver(house, order, second, collected=2 * MUG + 3 * TEA + COURIER)
    assert (axes["fulfilment"], axes["payment"]) == ("delivered", "paid")
    assert await stages(house, order) == ("delivered", ["delivered", "delivered"])
    await house.until_order(order["id"], status="completed")
    assert levels(house) == {"MUG": (98, 0), "TEA": (97, 0)}


async def test_a_parcel_of_several_boxes_and_a_number_to_follow(house: House) -> None:
    order = await house.place(lines=TWO_LINES)
    boxes = [{"weight_g": 500, "length_cm": 30}, {"weight_g": 900}]
    id = await ship(house, order, boxes=boxes, tracking_number="OWN-7", **part(2, 2))
    parcel = (await house.order(order["id"]))["shipments"][0]
    assert (parcel["id"], parcel["carrier"], parcel["state"]) == (id, "own", "shipped")
    assert parcel["tracking_number"] == "OWN-7"
    assert [(box["weight_g"], box["length_cm"], box["height_cm"]) for box in parcel["boxes"]] == [
        (500, 30, 10),
        (900, 20, 10),
    ]
    assert [(line["line"], line["quantity"]) for line in parcel["lines"]] == [(2, 2)]
    assert levels(house) == {"MUG": (100, 2), "TEA": (98, 1)}


async def test_what_is_not_paid_does_not_leave(house: House) -> None:
    order = await house.place(pay="bank_transfer")
    assert await refused(house, order, "shipments") == "NotPaidYet"
    offered = {each["command"]: each for each in (await house.order(order["id"]))["actions"]}
    assert offered["ship"] == {
        "command": "ship",
        "is_open": False,
        "reason": "The order is not paid yet.",
    }
    assert offered["cancel"]["is_open"] is True


async def test_a_delivery_is_recorded_once_and_with_the_cash_it_brought(house: House) -> None:
    order = await house.place()
    assert await refused(house, order, f"shipments/{uuid4()}/deliver") == "NothingLeft"
    id = await ship(house, order)
    assert await refused(house, order, f"shipments/{uuid4()}/deliver") == "ShipmentNotOnOrder"
    await deliver(house, order, id, collected=order["total"])
    await house.until_order(order["id"], status="completed")
    assert await refused(house, order, f"shipments/{id}/deliver") == "ShipmentNotUnderWay"
    told = entries(house, order, "order.parcel_delivered")
    assert [entry.details["collected"] for entry in told] == [order["total"]]


async def test_cash_that_nobody_awaits_is_not_forgotten_silently(house: House) -> None:
    order = await paid(house)
    id = await ship(house, order)
    deliver_it = f"shipments/{id}/deliver"
    assert await refused(house, order, deliver_it, collected=500) == "PaymentNotOpen"
    await deliver(house, order, id)


async def test_pieces_sold_without_stock_are_held_when_they_come(house: House) -> None:
    add_goods(house, "LATE", 100, may_backorder=True)
    order = await house.place(lines=[{"sku": "LATE", "quantity": 3}])
    assert await stages(house, order) == ("unfulfilled", ["backordered"])
    assert await refused(house, order, "shipments") == "NothingLeft"
    assert await refused(house, order, "allocate", **part(1, 1)) == "OutOfStock"
    receive_goods(house, "LATE", 2)
    assert await refused(house, order, "allocate", **part(1, 3)) == "OutOfStock"

    await house.do(order, "allocate", **part(1, 2))
    assert levels(house)["LATE"] == (2, 2)
    await ship(house, order)
    assert (await stages(house, order))[0] == "partial"
    receive_goods(house, "LATE", 1)
    await house.do(order, "allocate", **part(1, 1))
    await ship(house, order)
    assert (await stages(house, order))[0] == "fulfilled"
    assert await refused(house, order, "allocate", **part(1, 1)) == "NothingLeft"


async def test_a_parcel_the_carrier_refuses_leaves_its_pieces_on_the_shelf(house: House) -> None:
    order = await paid(house, shipping="cdek")
    before = levels(house)
    answer = await house.do(order, "shipments", service="999")
    assert (answer.status_code, answer.json()["code"]) == (409, "ParcelRefused")
    seen, stock, _ = await books(house, order)
    assert stock == before
    assert seen["fulfilment"] == "unfulfilled"
    assert [parcel["state"] for parcel in seen["shipments"]] == ["abandoned"]
    assert seen["shipments"][0]["fail_reason"] == answer.json()["message"]
    await ship(house, order)
