"""Placing orders: how many a second and how fast, beside the floor, and what CPU each costs."""

import time
from collections.abc import Iterator

from sqlalchemy import create_engine, text

from bench import floor
from bench.cpu import Usage, usage
from bench.figures import Figure, percentile
from bench.load import Load, Loading, Outcome, run
from bench.shop import Shop, open_shop
from bench.stack import Stack, running

CLIENTS = (1, 8, 32)
SECONDS = 12.0
SETTLED_WITHIN_S = 90
WAITING = text("SELECT count(*) FROM notices WHERE state IN ('queued', 'unknown')")
UNTOLD = text(
    "SELECT count(*) FROM orders o WHERE NOT EXISTS"
    " (SELECT FROM notices n WHERE n.order_id = o.id AND n.event = 'order_placed')"
)


def measure(quick: bool) -> list[Figure]:
    seconds = SECONDS / 3 if quick else SECONDS
    with running() as stack, floor.workers(stack):
        shop = open_shop(stack)
        return [
            figure
            for clients in CLIENTS
            for figure in _beside_the_floor(stack, shop, clients, seconds)
        ] + [*_by_card(stack, shop, seconds)]


def _beside_the_floor(stack: Stack, shop: Shop, clients: int, seconds: float) -> Iterator[Figure]:
    """The floor before and after, so that a machine that slows down does not tilt the ratio."""
    before = run(floor.load(stack, clients, seconds / 2))
    placed, spent = placing(stack, shop, clients, seconds)
    after = run(floor.load(stack, clients, seconds / 2))
    lowest = Outcome(before.seconds + after.seconds, before.times + after.times)
    yield from _figures(f"floor, {clients} clients", lowest)
    yield from _figures(f"placing, {clients} clients", placed, lowest)
    yield from cpu_figures(f"placing, {clients} clients", spent, len(placed.times))


def _by_card(stack: Stack, shop: Shop, seconds: float) -> Iterator[Figure]:
    placed, spent = placing(stack, shop, 8, seconds, "card")
    yield from _figures("placing with card, 8 clients", placed)
    yield from cpu_figures("placing with card, 8 clients", spent, len(placed.times))


def placing(
    stack: Stack, shop: Shop, clients: int, seconds: float, method: str = "cash_on_delivery"
) -> tuple[Outcome, Usage]:
    """The CPU of everything that follows is counted too: notices are told before it is read."""
    options = {"shop": shop.to_json(), "method": method}
    with Loading(Load("bench.customers:placing", options, clients, seconds)) as loading:
        settle(stack)
        before = usage(stack)
        outcome = loading.run()
    settle(stack)
    return outcome, usage(stack) - before


def settle(stack: Stack) -> float:
    """Seconds until everybody has been told everything."""
    began = time.perf_counter()
    engine = create_engine(stack.settings.database_url.replace("postgresql", "postgresql+psycopg"))
    with engine.connect() as connection:
        while connection.scalar(WAITING) or connection.scalar(UNTOLD):
            if time.perf_counter() - began > SETTLED_WITHIN_S:
                raise RuntimeError("The notices do not come to an end.")
            time.sleep(0.2)
    engine.dispose()
    return time.perf_counter() - began


def cpu_figures(name: str, spent: Usage, count: int) -> Iterator[Figure]:
    for part, milliseconds in spent.per(count).items():
        yield Figure(f"{name}, CPU of {part}", milliseconds, "ms/order")


def _figures(name: str, outcome: Outcome, lowest: Outcome | None = None) -> Iterator[Figure]:
    ratio = outcome.rate / lowest.rate if lowest else None
    yield Figure(f"{name}, rate", round(outcome.rate, 1), "1/s", ratio and round(ratio, 2))
    for percent in (50, 99):
        slow = percentile(outcome.times, percent)
        floor_slow = percentile(lowest.times, percent) if lowest else None
        ratio = slow / floor_slow if floor_slow else None
        yield Figure(f"{name}, p{percent}", round(slow, 1), "ms", ratio and round(ratio, 2))
