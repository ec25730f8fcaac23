"""Whether the house stands is asked without a token, and answered part by part."""

import asyncio
from pathlib import Path

import httpx
from temporalio.client import Client

from api.app import create_app
from config import Settings
from db import heartbeats
from db.engine import Database
from tests.factories import SECRET_KEY

NOWHERE = "127.0.0.1:9"


def settings(database_url: str, temporal: str, data: Path) -> Settings:
    return Settings.from_environment(
        {
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": temporal,
            "BACKOFFICE_SECRET_KEYS": SECRET_KEY,
            "BACKOFFICE_DATA": str(data),
        }
    )


async def health(chosen: Settings) -> tuple[int, dict[str, bool]]:
    app = create_app(chosen)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
            answer = await client.get("/healthz")
    return answer.status_code, answer.json()


async def test_a_house_without_a_worker_is_not_well(
    db: Database, database_url: str, temporal: Client, tmp_path: Path
) -> None:
    chosen = settings(database_url, temporal.service_client.config.target_host, tmp_path)
    well = {"database": True, "temporal": True}
    assert await health(chosen) == (503, {**well, "worker": False})
    with db.transaction() as tx:
        heartbeats.beat(tx, "one")
    assert await health(chosen) == (200, {**well, "worker": True})
    with db.transaction() as tx:
        heartbeats.stop(tx, "one")
    assert await health(chosen) == (503, {**well, "worker": False})


async def test_a_house_without_its_servers_says_which(
    db: Database, database_url: str, temporal: Client, tmp_path: Path
) -> None:
    with db.transaction() as tx:
        heartbeats.beat(tx, "one")
    address = temporal.service_client.config.target_host
    nowhere = f"postgresql://nobody@{NOWHERE}/none"
    without_temporal, without_database = await asyncio.gather(
        health(settings(database_url, NOWHERE, tmp_path)),
        health(settings(nowhere, address, tmp_path)),
    )
    assert without_temporal == (503, {"database": True, "temporal": False, "worker": True})
    assert without_database == (503, {"database": False, "temporal": True, "worker": False})
