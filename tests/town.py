"""The house as programs of their own, which may be killed; and customers who do not give up."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
from temporalio.client import Client

from db.engine import Database
from local.child import ROOT, Child
from local.ports import free_port
from local.serving import UVICORN
from local.simulators.server import SimulatorServer
from tests.factories import SECRET_KEY, Shop, connect_providers
from tests.fakes import FakeMailbox
from tests.house import House, speaking
from tests.providers.mail_server import AnyPort, Mailbox, serving

ASK_AGAIN = {202, 429, 503}
PATIENCE_S = 50
PAUSE_S = 0.1


class Patient(httpx.AsyncHTTPTransport):
    """Sends the same request again until there is an answer: with the same ids it is done once."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    answer = await super().handle_async_request(request)
                except httpx.TransportError:
                    await asyncio.sleep(PAUSE_S)
                    continue
                if answer.status_code not in ASK_AGAIN:
                    return answer
                await answer.aclose()
                await asyncio.sleep(PAUSE_S)


@dataclass
class Town:
    house: House
    api: Child
    worker: Child
    mail: Mailbox


def kill(program: Child) -> None:
    """Without a warning; and started again."""
    assert program.pid
    os.kill(program.pid, signal.SIGKILL)
    program.stop()
    program.start()


@asynccontextmanager
async def open_town(
    db: Database,
    database_url: str,
    shop: Shop,
    temporal: Client,
    simulators: SimulatorServer,
    data: Path,
) -> AsyncIterator[Town]:
    mail, port, task_queue = Mailbox(), free_port(), f"test-{uuid4().hex}"
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
        "BACKOFFICE_SECRET_KEYS": SECRET_KEY,
        "BACKOFFICE_TASK_QUEUE": task_queue,
        "BACKOFFICE_DATA": str(data),
    }
    serve = [sys.executable, *UVICORN, "--host", "127.0.0.1", "--port", str(port)]
    api = Child("API", serve, data / "api.log", environment=environment)
    work = [sys.executable, str(ROOT / "worker.py")]
    worker = Child("worker", work, data / "worker.log", environment=environment)
    with serving(AnyPort(mail, hostname="127.0.0.1", port=0)) as smtp_port:
        _connect(db, simulators, smtp_port)
        url = f"http://127.0.0.1:{port}/api"
        simulators.aim_webhooks(f"{url}/webhooks")
        api.start()
        worker.start()
        try:
            async with _patient(url, shop.owner) as owner, _patient(url, shop.storefront) as store:
                house = House(
                    owner, store, db, shop, temporal, task_queue, simulators, FakeMailbox(), url
                )
                house.patience_s = PATIENCE_S
                yield Town(house, api, worker, mail)
        finally:
            worker.stop()
            api.stop()


def _connect(db: Database, simulators: SimulatorServer, smtp_port: int) -> None:
    settings = connect_providers(db, simulators.url)
    values = {"host": "127.0.0.1", "port": smtp_port, "sender": "shop@shop.example"}
    with db.transaction() as tx:
        settings.save(tx, "smtp", values | {"security": "plain"}, {}, "test")


def _patient(url: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=url,
        headers=speaking(token),
        timeout=20,
        transport=Patient(),
    )
