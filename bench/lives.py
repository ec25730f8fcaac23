"""Whole lives: placed, paid by card, shipped, delivered, completed; and what CPU each costs."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from temporalio.client import Client

from bench.cpu import usage
from bench.customers import client, get, place, post
from bench.figures import Figure, percentile
from bench.load import Act, Load, Loading
from bench.placing import cpu_figures, settle
from bench.shop import Shop, open_shop
from bench.stack import Stack, running, simulators_beside

CLIENTS = 8
SECONDS = 20.0
LOOK_EVERY_S = 0.5
PATIENCE_S = 30
CARRIERS = {"courier": "own courier", "cdek": "CDEK"}
HAPPY = [("cash_on_delivery", "courier"), ("card", "courier"), ("card", "cdek")]
LIVES_EACH = 5


@dataclass(frozen=True)
class Town:
    """Everybody who takes part: the customer's browser, staff, and the providers' own people."""

    storefront: httpx.AsyncClient
    staff: httpx.AsyncClient
    world: httpx.AsyncClient
    skus: int

    async def live(self, method: str, shipping: str) -> str:
        """The order's id, when it is completed."""
        placed = await place(self.storefront, self.skus, method, shipping)
        if method == "card":
            await self._pay(placed)
        order = await self._ship(placed["id"])
        await self._deliver(order, shipping)
        await self._until(placed["id"], lambda seen: seen["status"] == "completed")
        return str(placed["id"])

    async def _pay(self, placed: dict[str, Any]) -> None:
        path = f"/orders/{placed['id']}/payments/{placed['payments'][0]['id']}"
        page = await _until(
            lambda: get(self.storefront, path), lambda seen: bool(seen["confirmation_url"])
        )
        payment = page["confirmation_url"].rstrip("/").rsplit("/", 1)[-1]
        await self._tell_world(f"/yookassa/checkout/{payment}/pay")
        await self._until(placed["id"], lambda seen: seen["payment"] == "paid")

    async def _ship(self, order_id: str) -> dict[str, Any]:
        await post(self.staff, f"/orders/{order_id}/shipments", {})
        return await get(self.staff, f"/orders/{order_id}")

    async def _deliver(self, order: dict[str, Any], shipping: str) -> None:
        shipment = order["shipments"][0]
        if shipping == "cdek":
            await self._tell_world(f"/__control/cdek/orders/{shipment['reference']}/deliver")
            return
        collected = 0 if order["payment"] == "paid" else order["total"]
        path = f"/orders/{order['id']}/shipments/{shipment['id']}/deliver"
        await post(self.staff, path, {"collected": collected})

    async def _tell_world(self, path: str) -> None:
        answer = await self.world.post(path)
        if answer.is_error:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:500]}")

    async def _until(self, order_id: str, holds: Callable[[dict[str, Any]], bool]) -> None:
        await _until(lambda: get(self.staff, f"/orders/{order_id}"), holds)


def measure(quick: bool) -> list[Figure]:
    with running() as stack, simulators_beside(stack) as simulators:
        shop = open_shop(stack, simulators)
        return [*_rate(stack, shop, SECONDS / 3 if quick else SECONDS), *_events(stack, shop)]


def _rate(stack: Stack, shop: Shop, seconds: float) -> Iterator[Figure]:
    """Half of them with our own courier, half with the carrier."""
    name = f"whole lives by card, {CLIENTS} clients"
    load = Load("bench.lives:living", {"shop": shop.to_json()}, CLIENTS, seconds)
    with Loading(load) as loading:
        settle(stack)
        before = usage(stack)
        lived = loading.run()
    settle(stack)
    yield Figure(f"{name}, rate", round(lived.rate, 2), "1/s")
    yield Figure(f"{name}, p50", round(percentile(lived.times, 50)), "ms")
    yield from cpu_figures(name, usage(stack) - before, len(lived.times))


def _events(stack: Stack, shop: Shop) -> list[Figure]:
    return asyncio.run(_count_events(shop, stack.settings.temporal_address))


async def _count_events(shop: Shop, address: str) -> list[Figure]:
    """The longest of a few: facts may arrive one by one or together."""
    temporal = await Client.connect(address)
    figures = []
    async with town(shop.to_json(), 1) as people:
        for method, shipping in HAPPY:
            lives = [await people.live(method, shipping) for _ in range(LIVES_EACH)]
            events = [await _history_length(temporal, order_id) for order_id in lives]
            name = f"events of a happy order, {method}, {CARRIERS[shipping]}"
            figures.append(Figure(name, max(events), "events"))
    return figures


async def _history_length(temporal: Client, order_id: str) -> int:
    """Of the run that has ended: completing closes it moments after the order says so."""
    handle = temporal.get_workflow_handle(f"order-{order_id}")
    await handle.result()
    return (await handle.describe()).history_length


@asynccontextmanager
async def living(clients: int, shop: dict[str, Any]) -> AsyncIterator[Act]:
    shippings = itertools.cycle(CARRIERS)
    async with town(shop, clients) as people:

        async def act() -> None:
            await people.live("card", next(shippings))

        yield act


@asynccontextmanager
async def town(shop: dict[str, Any], clients: int) -> AsyncIterator[Town]:
    async with (
        client(shop["api"], shop["storefront"], clients) as storefront,
        client(shop["api"], shop["owner"], clients) as staff,
        client(shop["simulators"], "nobody", clients) as world,
    ):
        yield Town(storefront, staff, world, shop["skus"])


async def _until(
    look: Callable[[], Awaitable[dict[str, Any]]], holds: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while not holds(seen := await look()):
            await asyncio.sleep(LOOK_EVERY_S)
        return seen
