"""How long an order's next command waits for its answer after the worker was killed."""

import asyncio
import statistics
import time
from collections.abc import Callable
from uuid import uuid4

import httpx
import psutil
from temporalio.client import Client

from bench.customers import order
from bench.figures import Figure
from bench.shop import Shop, open_shop
from bench.stack import Stack, running
from local.child import Child

TIMES = 6
PATIENCE_S = 60
READY = "The worker is ready."


def measure(quick: bool) -> list[Figure]:
    times = 2 if quick else TIMES
    alone = [_kill_the_only_one() for _ in range(times)]
    with running() as stack:
        shop = open_shop(stack)
        beside = [_kill_one_of_two(stack, shop) for _ in range(times)]
    return [
        *_figures("command after the only worker was killed", alone),
        *_figures("command after one of two workers was killed", beside),
    ]


def _kill_the_only_one() -> float:
    """The supervisor starts another one, which has to be up before anything is answered. In a
    stack of its own: whoever dies often is started again later each time."""
    with running() as stack:
        shop = open_shop(stack)
        with _staff(shop) as staff:
            order_id = _placed(shop)
            _only_worker(stack).kill()
            return _answered(staff, order_id)


def _kill_one_of_two(stack: Stack, shop: Shop) -> float:
    """The order is in the memory of the one that dies; the other lives on."""
    _only_worker(stack)
    dying = stack.worker_beside("dying")
    with _staff(shop) as staff:
        _start(dying)
        try:
            order_id = _placed(shop)
            while _worker_of(stack, order_id) != dying.pid:
                order_id = _placed(shop)
            psutil.Process(dying.pid).kill()
            return _answered(staff, order_id)
        finally:
            dying.stop()


def _worker_of(stack: Stack, order_id: str) -> int:
    """The process that placed the order: a worker names itself PID@HOST."""

    async def ask() -> int:
        temporal = await Client.connect(stack.settings.temporal_address)
        events = (await temporal.get_workflow_handle(f"order-{order_id}").fetch_history()).events
        started = next(e for e in events if e.HasField("workflow_task_started_event_attributes"))
        identity = started.workflow_task_started_event_attributes.identity
        return int(identity.partition("@")[0])

    return asyncio.run(ask())


def _start(worker: Child) -> None:
    worker.log.write_text("")
    worker.start()
    worker.wait_until(lambda: READY in worker.log.read_text(), 30)


def _only_worker(stack: Stack) -> psutil.Process:
    """The supervised one, once it lives."""
    _until(lambda: len(_deciding(stack)) == 1)
    return _deciding(stack)[0]


def _deciding(stack: Stack) -> list[psutil.Process]:
    return [each for each in stack.processes("worker") if "outside" not in each.cmdline()]


def _placed(shop: Shop) -> str:
    body = order(shop.skus, "cash_on_delivery", "courier")
    with _speaking(shop, shop.storefront) as http:
        answer = http.post("/orders", json=body, headers={"Idempotency-Key": uuid4().hex})
    answer.raise_for_status()
    return str(answer.json()["id"])


def _answered(staff: httpx.Client, order_id: str) -> float:
    """Seconds. Where no answer came in time the same command is sent again, as callers do."""
    command = {"id": str(uuid4()), "reason": "To be checked"}
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE_S:
        if staff.post(f"/orders/{order_id}/hold", json=command).status_code == 200:
            return time.perf_counter() - began
    raise RuntimeError(f"No answer within {PATIENCE_S} s after the worker was killed.")


def _staff(shop: Shop) -> httpx.Client:
    return _speaking(shop, shop.owner)


def _speaking(shop: Shop, token: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=shop.api, headers=headers, timeout=30, trust_env=False)


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("The worker did not come back.")
        time.sleep(0.1)


def _figures(name: str, seconds: list[float]) -> list[Figure]:
    return [
        Figure(f"{name}, middle", round(statistics.median(seconds), 2), "s"),
        Figure(f"{name}, slowest", round(max(seconds), 2), "s"),
    ]
