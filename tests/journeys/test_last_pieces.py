"""Many want the last pieces at the same moment: none is sold twice, none is held for nobody."""

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import select

from db.tables.orders import Order, OrderRequest
from db.tables.stock import StockItem, StockMovement
from tests.house import House
from tests.order_lives import requested

CUSTOMERS, PIECES = 50, 10


async def buy(house: House, keys: list[str], *lines: list[dict[str, Any]]) -> list[Response]:
    """All at once; the customers share the baskets among them."""
    orders = [house.try_to_place(key, lines=lines[n % len(lines)]) for n, key in enumerate(keys)]
    return await asyncio.gather(*orders)


def keys(count: int) -> list[str]:
    return [uuid4().hex for _ in range(count)]


def of(sku: str, quantity: int) -> dict[str, Any]:
    return {"sku": sku, "quantity": quantity}


def counters(house: House, sku: str) -> tuple[int, int]:
    """(on hand, held for orders)"""
    with house.db.transaction() as tx:
        row = tx.execute(
            select(StockItem.on_hand, StockItem.allocated).where(
                StockItem.variant_id == house.shop.variants[sku]
            )
        ).one()
    return row.on_hand, row.allocated


async def leave(house: House, sku: str, pieces: int) -> None:
    """Sells all but so many."""
    await house.place(lines=[of(sku, 100 - pieces)])


async def running(house: House, order_ids: list[Any]) -> list[str]:
    """Processes of these orders that have not ended. Temporal tells a moment later."""
    query = f"TaskQueue = '{house.task_queue}' AND ExecutionStatus = 'Running'"
    found = {run.id async for run in house.temporal.list_workflows(query)}
    return sorted(found & {f"order-{order_id}" for order_id in order_ids})


@pytest.mark.requirement("R34", "R35", "R230")
async def test_fifty_at_once_buy_the_last_ten(house: House) -> None:
    await leave(house, "MUG", PIECES)
    bought = keys(CUSTOMERS)
    answers = await buy(house, bought, [of("MUG", 1)])

    assert Counter(answer.status_code for answer in answers) == {201: 10, 409: 40}
    late = [answer for answer in answers if answer.is_error]
    assert {answer.json()["code"] for answer in late} == {"OutOfStock"}
    assert counters(house, "MUG") == (100, 100)
    assert house.count(Order) == 1 + PIECES
    assert house.count(StockMovement, StockMovement.kind == "allocation") == 1 + PIECES

    again = await buy(house, bought, [of("MUG", 1)])
    assert [(a.status_code, a.json()) for a in again] == [
        (a.status_code, a.json()) for a in answers
    ]
    assert house.count(OrderRequest) == 1 + CUSTOMERS
    refused = [requested(house, k) for k, a in zip(bought, answers, strict=True) if a.is_error]

    async def none_runs() -> bool:
        return not await running(house, refused)

    await house.until(none_runs)


async def test_a_product_twice_in_one_order_counts_twice(house: House) -> None:
    await leave(house, "MUG", PIECES)
    late = await house.try_to_place(lines=[of("MUG", 6), of("MUG", 5)])
    assert (late.status_code, late.json()["code"]) == (409, "OutOfStock")
    assert counters(house, "MUG") == (100, 90)

    await house.place(lines=[of("MUG", 6), of("MUG", 4)])
    assert counters(house, "MUG") == (100, 100)


async def test_opposite_orders_do_not_lock_each_other_out(house: House) -> None:
    one_way, other_way = [of("MUG", 1), of("TEA", 1)], [of("TEA", 1), of("MUG", 1)]
    await leave(house, "TEA", PIECES)
    answers = await buy(house, keys(30), one_way, other_way)
    assert Counter(answer.status_code for answer in answers) == {201: 10, 409: 20}
    assert counters(house, "MUG") == (100, 10)
    assert counters(house, "TEA") == (100, 100)


async def test_one_key_at_once_is_one_order(house: House) -> None:
    answers = await buy(house, keys(1) * 20, [of("MUG", 1)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert counters(house, "MUG") == (100, 1)
