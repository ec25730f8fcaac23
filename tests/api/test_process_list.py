"""What runs, waits and is stuck over all orders, with its cause and what may be done."""

import asyncio
from typing import Any

import pytest

from tests.factories import add_staff
from tests.house import House


async def processes(house: House, token: str | None = None, **asked: Any) -> list[dict[str, Any]]:
    client = house.speaking_as(token) if token else house.api
    answer = await client.get("/processes", params=asked)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def codes(row: dict[str, Any]) -> list[str]:
    return [wait["code"] for wait in row["waits"]]


@pytest.mark.requirement("R145", "R47", "R71")
async def test_what_waits_says_for_what(house: House) -> None:
    cash = await house.place()
    transfer = await house.place(pay="bank_transfer")
    rows = await processes(house)
    assert [row["order_id"] for row in rows] == [cash["id"], transfer["id"]]
    assert {row["state"] for row in rows} == {"waiting"}
    assert codes(rows[0]) == ["shipping"]
    assert codes(rows[1]) == ["transfer", "unpaid"]
    single = (await house.api.get(f"/orders/{cash['id']}/process")).json()
    assert rows[0]["waits"] == single["waits"]
    assert rows[0]["actions"] == single["actions"]
    assert rows[0]["workflow_id"] == single["workflow_id"]

    await house.do(cash, "hold", reason="Call them first")
    [held] = await processes(house, cause="on_hold")
    assert (held["order_id"], held["hold_reason"]) == (cash["id"], "Call them first")
    assert codes(held) == ["on_hold"]
    assert [row["order_id"] for row in await processes(house, cause="unpaid")] == [
        cash["id"],
        transfer["id"],
    ]
    for nothing in (
        {"cause": "backorder"},
        {"cause": "delivery"},
        {"cause": "refund"},
        {"cause": "change"},
        {"state": "failing"},
        {"kind": "book_parcel"},
        {"older_than": 3600},
        {"branch_id": house.shop.branch_id + 1},
    ):
        assert await processes(house, **nothing) == [], nothing


async def test_what_is_stuck_says_at_what(house: House) -> None:
    house.simulators.fault("cdek", "refuse_before", "POST */orders", count=1000)
    order = await house.place(shipping="cdek")

    async def stuck() -> list[dict[str, Any]]:
        return await processes(house, state="failing")

    async with asyncio.TaskGroup() as tasks:
        sent = tasks.create_task(house.do(order, "shipments"))
        [row] = await house.until(stuck)
        assert (row["order_id"], row["state"]) == (order["id"], "failing")
        [step] = row["steps"]
        assert (step["kind"], step["state"]) == ("book_parcel", "unknown")
        assert step["may"] == ["retry", "skip"]
        assert row["since"] == step["since"]
        assert "booking_unknown" in codes(row)
        for same in ({"kind": "book_parcel"}, {}):
            assert [row["order_id"] for row in await processes(house, **same)] == [order["id"]]
        for others in ({"state": "waiting"}, {"state": "needs_person"}, {"kind": "void_payment"}):
            assert await processes(house, **others) == []
        house.simulators.clear_faults()
        again = {"kind": step["kind"], "subject_id": step["subject_id"]}
        while not sent.done():
            await house.do(order, "process/retry", **again)
            await asyncio.sleep(0.2)
    await house.until_order(order["id"], fulfilment="fulfilled")
    assert await processes(house, state="failing") == []


@pytest.mark.requirement("R326")
async def test_one_sees_the_processes_of_ones_own_branch(house: House) -> None:
    order = await house.place()
    with house.db.transaction() as tx:
        here = add_staff(tx, "here", "Branch manager", house.shop.branch_id)
        elsewhere = add_staff(tx, "elsewhere", "Branch manager")
        translator = house.speaking_as(add_staff(tx, "translator", "Translator"))
    assert [row["order_id"] for row in await processes(house, here)] == [order["id"]]
    assert await processes(house, elsewhere) == []
    assert (await translator.get("/processes")).status_code == 403


async def test_page_by_page(house: House) -> None:
    placed = [(await house.place())["id"] for _ in range(3)]
    seen, after = [], None
    while True:
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = (await house.api.get("/processes", params=asked)).json()
        seen += [row["order_id"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert seen == placed
    answer = await house.api.get("/processes", params={"after": "nonsense"})
    assert (answer.status_code, answer.json()["code"]) == (409, "BadCursor")
