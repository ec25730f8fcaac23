"""The whole house as one test sees it: API over HTTP, workers, Temporal, simulated providers."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from sqlalchemy import func, select
from temporalio.client import Client
from temporalio.worker import WorkflowRunner

from api.access import CSRF_HEADER, SESSION_COOKIE, csrf_token
from api.app import create_app
from config import Settings
from db import stock
from db.access import KEY_PREFIX
from db.engine import Database
from db.tables.history import HistoryEntry
from domain.shipments import CarrierCode
from local.simulators.server import SimulatorServer
from outside import Outside, connect_outside
from tests.factories import SECRET_KEY, Shop, connect_providers
from tests.fakes import FakeMailbox
from worker import build_workers, running
from workflows import notices

NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass
class House:
    """What tests hold in hand. `api` speaks as the owner, `storefront` with the shop's key."""

    api: httpx.AsyncClient
    storefront: httpx.AsyncClient
    db: Database
    shop: Shop
    temporal: Client
    task_queue: str
    simulators: SimulatorServer
    mailbox: FakeMailbox
    url: str
    others: list[httpx.AsyncClient] = field(default_factory=list)
    patience_s: float = 60

    def speaking_as(self, token: str) -> httpx.AsyncClient:
        client = _client(self.url, token)
        self.others.append(client)
        return client

    async def place(self, key: str | None = None, **body: Any) -> dict[str, Any]:
        answer = await self.try_to_place(key, **body)
        assert answer.status_code == 201, answer.text
        placed: dict[str, Any] = answer.json()
        return placed

    async def try_to_place(self, key: str | None = None, **body: Any) -> httpx.Response:
        headers = {"Idempotency-Key": key or uuid4().hex}
        return await self.storefront.post("/orders", json=order_body(**body), headers=headers)

    async def do(self, order: dict[str, Any] | str, command: str, **body: Any) -> httpx.Response:
        order_id = order if isinstance(order, str) else order["id"]
        return await self.api.post(f"/orders/{order_id}/{command}", json=body)

    async def until(self, look: Callable[[], Any], patience_s: float | None = None) -> Any:
        """Waits for the house to get there; what it saw, when it holds."""
        pause = 0.04
        async with asyncio.timeout(patience_s or self.patience_s):
            while True:
                seen = await look() if asyncio.iscoroutinefunction(look) else look()
                if seen:
                    return seen
                await asyncio.sleep(pause)
                pause = min(pause * 1.25, 0.2)  # looking takes work, too

    async def order(self, order_id: str) -> dict[str, Any]:
        answer = await self.api.get(f"/orders/{order_id}")
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        return seen

    async def until_order(self, order_id: str, **wanted: Any) -> dict[str, Any]:
        async def look() -> dict[str, Any] | None:
            seen = await self.order(order_id)
            return seen if all(seen[name] == value for name, value in wanted.items()) else None

        seen: dict[str, Any] = await self.until(look)
        return seen

    async def pay(self, order: dict[str, Any]) -> None:
        """The customer goes to the provider's page and pays there."""

        async def page() -> str | None:
            seen = await self.order(order["id"])
            url: str | None = seen["payments"][0]["confirmation_url"]
            return url

        url = await self.until(page)
        self.simulators.pay(url.rstrip("/").rsplit("/", 1)[-1])

    def actions(self, order_id: str) -> list[str]:
        with self.db.transaction() as tx:
            rows = tx.scalars(
                select(HistoryEntry.action)
                .where(HistoryEntry.subject == "order", HistoryEntry.subject_id == order_id)
                .order_by(HistoryEntry.id)
            )
            return list(rows)

    def count(self, table: type, *conditions: Any) -> int:
        with self.db.transaction() as tx:
            return tx.execute(
                select(func.count()).select_from(table).where(*conditions)
            ).scalar_one()

    def assert_stock_agrees(self) -> None:
        with self.db.transaction() as tx:
            assert stock.disagreements(tx) == []


def order_body(
    *,
    lines: list[dict[str, Any]] | None = None,
    pay: str | None = "cash_on_delivery",
    shipping: str | None = "courier",
    **more: Any,
) -> dict[str, Any]:
    return {
        "lines": lines or [{"sku": "MUG", "quantity": 2}],
        "customer": {
            "name": "Anna Ivanova",
            "email": "anna@example.org",
            "phone": "+79161234567",
            "language": "en",
        },
        "address": {
            "country": "RU",
            "city": "Казань",
            "postcode": "420000",
            "street": "Баумана 1",
        },
        "shipping_method": shipping,
        "payments": [{"method": pay}] if pay else [],
        **more,
    }


@asynccontextmanager
async def open_house(
    db: Database,
    database_url: str,
    shop: Shop,
    temporal: Client,
    simulators: SimulatorServer,
    data: Path,
    *,
    runner: WorkflowRunner | None = None,
    max_cached_workflows: int = 200,
) -> AsyncIterator[House]:
    task_queue = f"test-{uuid4().hex}"
    mailbox = FakeMailbox()
    outside = connect_outside(connect_providers(db, simulators.url))
    outside = Outside(outside.payments, outside.carriers, mailbox, outside.sms)
    assert set(outside.carriers) == set(CarrierCode)
    settings = _settings(database_url, temporal, task_queue, data)
    workers = build_workers(
        temporal,
        settings,
        db,
        outside,
        runner=runner,
        max_cached_workflows=max_cached_workflows,
    )
    async with _served(settings) as url, running(temporal, task_queue, workers):
        simulators.aim_webhooks(f"{url}/webhooks")
        async with _client(url, shop.owner) as api, _client(url, shop.storefront) as storefront:
            house = House(api, storefront, db, shop, temporal, task_queue, simulators, mailbox, url)
            yield house
            for client in house.others:
                await client.aclose()
        # Left to itself it would occupy the server for the rest of the tests.
        await temporal.get_workflow_handle(notices.workflow_id(task_queue)).terminate()
    outside.close()


def _settings(database_url: str, temporal: Client, task_queue: str, data: Path) -> Settings:
    return Settings.from_environment(
        {
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
            "BACKOFFICE_SECRET_KEYS": SECRET_KEY,
            "BACKOFFICE_TASK_QUEUE": task_queue,
            "BACKOFFICE_DATA": str(data),
        }
    )


@asynccontextmanager
async def _served(settings: Settings) -> AsyncIterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(settings), log_level="warning", ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    server.should_exit = True
    await serving


def _client(url: str, token: str) -> httpx.AsyncClient:
    return plain_client(url, headers=speaking(token))


def plain_client(url: str, **options: Any) -> httpx.AsyncClient:
    """For this machine alone: it trusts nobody's certificate, and so has none to read."""
    return httpx.AsyncClient(base_url=url, timeout=30, verify=NOBODY, **options)


def speaking(token: str) -> dict[str, str]:
    """What a program sends with its key, and a browser with its session."""
    if token.startswith(KEY_PREFIX):
        return {"Authorization": f"Bearer {token}"}
    return {"Cookie": f"{SESSION_COOKIE}={token}", CSRF_HEADER: csrf_token(token)}
