"""The ways the process of an order can go, each led through the house from start to end."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from httpx import Response
from sqlalchemy import select, update
from temporalio.service import RPCError

from db import history
from db.tables.notices import AnnouncementRow
from db.tables.orders import OrderRequest
from db.tables.shop import Channel
from tests.house import House

Life = Callable[[House], Awaitable[str]]
"""Ends when the process has ended; its answer is the order's id."""


async def cash_on_delivery(house: House) -> str:
    placed = await house.place()
    await command(house, placed["id"], "shipments")
    await deliver(house, placed["id"])
    return await finished(house, placed["id"], status="completed", payment="paid")


async def card_and_carrier(house: House) -> str:
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")
    await command(house, placed["id"], "shipments")
    await carry(house, placed["id"])
    return await finished(house, placed["id"], status="completed", payment="paid")


async def two_stage_payment(house: House) -> str:
    """Held when ordered, taken when shipped."""
    set_channel(house, capture_policy="on_shipping")
    placed = await house.place(pay="card")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="authorised")
    shipped = await command(house, placed["id"], "shipments")
    assert shipped.json()["payment"] == "paid", shipped.text
    await deliver(house, placed["id"])
    return await finished(house, placed["id"], status="completed", payment="paid")


async def refused(house: House) -> str:
    """Of several who saw enough on the shelf at the same moment, all but one come too late."""
    keys = [uuid4().hex for _ in range(4)]
    wanted = [{"sku": "MUG", "quantity": 60}]
    answers = await asyncio.gather(*(ask_to_place(house, key, lines=wanted) for key in keys))
    assert sorted(answer.status_code for answer in answers) == [201] + 3 * [409]
    late = [requested(house, k) for k, a in zip(keys, answers, strict=True) if a.is_error]
    for order_id in late:
        with suppress(RPCError):
            return await ended(house, str(order_id))
    raise AssertionError("all of them were refused before a process was started")


async def expired(house: House) -> str:
    set_channel(house, unpaid_expire_after_s=1)
    placed = await house.place(pay="bank_transfer")
    return await finished(house, placed["id"], status="expired", payment="unpaid")


async def cancelled_with_refund(house: House) -> str:
    placed = await house.place(pay="card")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")
    await command(house, placed["id"], "cancel", reason="The customer has changed her mind.")
    return await finished(house, placed["id"], status="cancelled", payment="refunded")


async def edited(house: House) -> str:
    placed = await house.place()
    change = {"set_quantities": [{"line": 1, "quantity": 1}], "id": str(uuid4())}
    assert (await command(house, placed["id"], "changes", **change)).status_code == 201
    confirmed = await command(
        house, placed["id"], f"changes/{change['id']}/confirm", reason="One is enough."
    )
    assert confirmed.status_code == 200, confirmed.text
    await command(house, placed["id"], "shipments")
    await deliver(house, placed["id"])
    return await finished(house, placed["id"], status="completed", total=50_000 + 30_000)


async def unknown_settled(house: House) -> str:
    """The answers of the provider and of the carrier are lost; both had done what they should."""
    house.simulators.fault("yookassa", "lose_answer", "POST */payments")
    house.simulators.fault("cdek", "lose_answer", "POST */orders")
    order_id = await card_and_carrier(house)
    assert house.actions(order_id).count("order.step_unknown") == 2
    assert house.actions(order_id).count("order.step_settled") == 2
    return order_id


async def skipped_by_person(house: House) -> str:
    """No page for the card can be had: somebody goes on without, and takes a transfer."""
    house.simulators.fault("yookassa", "html_502", "POST */payments", probability=1)
    placed = await house.place(pay="card")
    step = await until_stuck(house, placed["id"])
    skipped = await command(
        house, placed["id"], "process/skip", **step, reason="They will transfer it."
    )
    assert skipped.status_code == 200, skipped.text
    payment = str(uuid4())
    await command(house, placed["id"], "payments", id=payment, method="bank_transfer")
    await command(house, placed["id"], f"payments/{payment}/receive", amount=placed["total"])
    await command(house, placed["id"], "shipments")
    await deliver(house, placed["id"])
    return await finished(house, placed["id"], status="completed", payment="paid")


async def refund_after_the_end(house: House) -> str:
    order_id = await card_and_carrier(house)
    refund = await command(house, order_id, "refunds", amount=10_000, reason="A scratch.")
    assert refund.status_code == 201, refund.text
    return await finished(house, order_id, status="completed", payment="part_refunded")


LIVES: dict[str, Life] = {
    life.__name__: life
    for life in (
        cash_on_delivery,
        card_and_carrier,
        two_stage_payment,
        refused,
        expired,
        cancelled_with_refund,
        edited,
        unknown_settled,
        skipped_by_person,
        refund_after_the_end,
    )
}


async def ask_to_place(house: House, key: str, **body: Any) -> Response:
    """Until there is an answer, however busy the house is."""
    async with asyncio.timeout(house.patience_s):
        while (answer := await house.try_to_place(key, **body)).status_code in (202, 503):
            await asyncio.sleep(0.1)
    return answer


async def command(house: House, order_id: str, name: str, **body: Any) -> Response:
    """Sent again under the same id while the house is busy: it is done once."""
    body = {"id": str(uuid4())} | body
    async with asyncio.timeout(house.patience_s):
        while (answer := await house.do(order_id, name, **body)).status_code == 503:
            await asyncio.sleep(0.1)
    return answer


async def deliver(house: House, order_id: str) -> None:
    """Our courier hands it over and brings what is still to be paid."""
    order = await house.order(order_id)
    collected = 0 if order["payment"] == "paid" else order["total"]
    path = f"shipments/{order['shipments'][-1]['id']}/deliver"
    answer = await command(house, order_id, path, collected=collected)
    assert answer.status_code == 200, answer.text


async def carry(house: House, order_id: str) -> None:
    """The carrier takes the parcel to the door."""
    order = await house.until_order(order_id, fulfilment="fulfilled")
    house.simulators.lead(order["shipments"][-1]["reference"], "deliver")


async def until_stuck(house: House, order_id: str) -> dict[str, Any]:
    """Insists on trying again until a person is asked; the step, as decisions name it."""

    async def look() -> dict[str, Any] | None:
        steps = (await house.order(order_id))["steps"]
        if not steps:
            return None
        step = {name: steps[0][name] for name in ("kind", "subject_id")}
        if steps[0]["state"] == "needs_person":
            return step
        await command(house, order_id, "process/retry", **step)
        await asyncio.sleep(1)
        return None

    found: dict[str, Any] = await house.until(look, 2 * house.patience_s)
    return found


async def finished(house: House, order_id: str, **wanted: Any) -> str:
    await house.until_order(order_id, **wanted)
    return await ended(house, order_id)


async def ended(house: House, order_id: str) -> str:
    """Nothing runs for it any more, and everybody has been told."""
    async with asyncio.timeout(house.patience_s):
        await house.temporal.get_workflow_handle(f"order-{order_id}").result()
    await house.until(lambda: not house.count(AnnouncementRow))
    return order_id


def requested(house: House, key: str) -> UUID:
    with house.db.transaction() as tx:
        ids = select(OrderRequest.order_id).where(OrderRequest.idempotency_key == key)
        return tx.execute(ids).scalar_one()


def set_channel(house: House, **values: Any) -> None:
    with house.db.transaction() as tx:
        tx.execute(update(Channel).where(Channel.id == house.shop.channel_id).values(**values))
        history.append(tx, history.Entry("channel", house.shop.channel_id, "channel.set", "test"))
