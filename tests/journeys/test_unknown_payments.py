"""Answers of the payment provider that never come, or come broken: asked about, done once."""

import asyncio
from typing import Any

from db.tables.notices import Notice
from tests.house import House
from tests.order_lives import command, deliver, finished, set_channel

ANSWERS = ["lose_answer", "html_502", "truncated_json", "empty_200", "reset_mid_body"]
"""html_502 comes from a machine in between: the provider has not heard of it."""


def acts(house: House, order: dict[str, Any], operation: str) -> list[dict[str, Any]]:
    """Calls about this order that the provider carried out, one for each key."""
    references = [payment["reference"] for payment in order["payments"]]
    calls = house.simulators.calls("yookassa", operation)
    ours = [
        call
        for call in calls
        if call["status"] == 200
        and (any(r in call["path"] for r in references) or _about(call, order, references))
    ]
    return list({call["key"]: call for call in ours}.values())


def _about(call: dict[str, Any], order: dict[str, Any], references: list[str]) -> bool:
    body = call["body"] if isinstance(call["body"], dict) else {}
    told = body.get("metadata", {}).get("order_id"), body.get("payment_id")
    return told[0] == order["id"] or told[1] in references


def asked_about(house: House, order: dict[str, Any]) -> list[str]:
    """Which steps were unknown, in turn."""
    return [action for action in house.actions(order["id"]) if action.startswith("order.step")]


UNKNOWN_THEN_SETTLED = ["order.step_unknown", "order.step_settled"]


async def test_a_payment_is_started_once(house: House) -> None:
    for kind in ANSWERS:
        await a_payment_is_started_once(house, kind)


async def a_payment_is_started_once(house: House, kind: str) -> None:
    house.simulators.fault("yookassa", kind, "POST */payments")
    placed = await house.place(pay="card")
    await house.pay(placed)
    order = await house.until_order(placed["id"], payment="paid")

    assert len(acts(house, order, "POST */payments")) == 1
    assert asked_about(house, order) == UNKNOWN_THEN_SETTLED
    assert order["steps"] == []


async def test_what_is_held_is_taken_once(house: House) -> None:
    for kind in ANSWERS:
        await what_is_held_is_taken_once(house, kind)


async def what_is_held_is_taken_once(house: House, kind: str) -> None:
    set_channel(house, capture_policy="on_shipping")
    placed = await house.place(pay="card")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    house.simulators.fault("yookassa", kind, "POST */capture")
    await command(house, placed["id"], "shipments")

    order = await house.until_order(placed["id"], payment="paid")
    assert len(acts(house, order, "POST */capture")) == 1
    assert order["payments"][0]["captured"] == placed["total"]
    assert asked_about(house, order) == UNKNOWN_THEN_SETTLED
    await deliver(house, placed["id"])
    await finished(house, placed["id"], status="completed", payment="paid")


async def test_what_is_held_is_let_go_once(house: House) -> None:
    for kind in ANSWERS:
        await what_is_held_is_let_go_once(house, kind)


async def what_is_held_is_let_go_once(house: House, kind: str) -> None:
    set_channel(house, capture_policy="on_shipping")
    placed = await house.place(pay="card")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    house.simulators.fault("yookassa", kind, "POST */cancel")
    await command(house, placed["id"], "cancel", reason="Out of season.")

    await finished(house, placed["id"], status="cancelled", payment="unpaid")
    order = await house.order(placed["id"])
    assert len(acts(house, order, "POST */cancel")) == 1
    assert order["payments"][0]["state"] == "cancelled"
    assert order["payments"][0]["authorised"] == 0
    assert asked_about(house, order) == UNKNOWN_THEN_SETTLED


async def test_money_goes_back_once(house: House) -> None:
    for kind in ANSWERS:
        await money_goes_back_once(house, kind)


async def money_goes_back_once(house: House, kind: str) -> None:
    placed = await house.place(pay="card")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")
    house.simulators.fault("yookassa", kind, "POST */refunds")
    await command(house, placed["id"], "cancel", reason="Out of season.")

    await finished(house, placed["id"], status="cancelled", payment="refunded")
    order = await house.order(placed["id"])
    assert len(acts(house, order, "POST */refunds")) == 1
    assert [refund["state"] for refund in order["refunds"]] == ["done"]
    assert order["payments"][0]["refunded"] == placed["total"]
    assert asked_about(house, order) == UNKNOWN_THEN_SETTLED


async def test_while_nobody_can_say_it_is_shown(house: House) -> None:
    """The list of payments does not answer either, so that asking takes its time."""
    house.simulators.fault("yookassa", "lose_answer", "POST */payments")
    house.simulators.fault("yookassa", "html_502", "GET */payments", count=2)
    placed = await house.place(pay="card")

    async def look() -> dict[str, Any] | None:
        seen: dict[str, Any] = (await house.api.get(f"/orders/{placed['id']}/process")).json()
        told = [wait["code"] for wait in seen["waits"]] == ["payment_unknown", "unpaid"]
        return seen if told and seen["steps"] else None

    seen = await house.until(look, 30)
    assert [step["kind"] for step in seen["steps"]] == ["start_payment"]

    await house.pay(placed)
    order = await house.until_order(placed["id"], payment="paid")
    assert len(acts(house, order, "POST */payments")) == 1


async def test_two_parcels_at_once_take_the_money_once(house: House) -> None:
    set_channel(house, capture_policy="on_shipping")
    lines = [{"sku": "MUG", "quantity": 1}, {"sku": "TEA", "quantity": 1}]
    placed = await house.place(pay="card", lines=lines)
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    house.simulators.fault("yookassa", "hang", "POST */capture", seconds=0.5)
    parcels = [[{"line": 1, "quantity": 1}], [{"line": 2, "quantity": 1}]]
    answers = await asyncio.gather(
        *(command(house, placed["id"], "shipments", lines=lines) for lines in parcels)
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {answer.json()["payment"] for answer in answers} == {"paid"}
    assert house.actions(placed["id"]).count("order.payment_captured") == 1


async def test_customers_of_a_cancelled_order_hear_of_no_failed_payment(house: House) -> None:
    house.simulators.fault("yookassa", "html_502", "POST */payments", probability=1)
    placed = await house.place(pay="card")
    await house.until(lambda: "order.step_unknown" in house.actions(placed["id"]))
    await command(house, placed["id"], "cancel", reason="No page to pay.")
    await finished(house, placed["id"], status="cancelled", payment="unpaid")
    assert house.count(Notice, Notice.event == "payment_failed") == 0
