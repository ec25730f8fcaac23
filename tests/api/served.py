"""The whole API as it is served, and its routes, each with its whole path."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.sse import EventSourceResponse
from temporalio.client import Client

from api.app import create_app
from api.fields import routes_of
from config import Settings
from tests.factories import SECRET_KEY
from tests.house import speaking


@dataclass(frozen=True)
class Served:
    method: str
    path: str
    route: APIRoute

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def queries(self) -> set[str]:
        """The query parameters, those of its dependencies too."""
        return {
            param.alias for each in _with_all(self.route.dependant) for param in each.query_params
        }

    @property
    def needed(self) -> set[str]:
        """Query parameters without which it refuses."""
        return {
            param.alias
            for each in _with_all(self.route.dependant)
            for param in each.query_params
            if param.field_info.is_required()
        }

    @property
    def is_endless(self) -> bool:
        """It tells what happens from now on; its own tests read it."""
        return self.route.response_class is EventSourceResponse

    def declared(self, name: str) -> set[str]:
        """`reads` or `writes`: fields told or set as a whole."""
        every = _with_all(self.route.dependant)
        return {field for each in every for field in getattr(each.call, name, ())}


def every_route(app: FastAPI) -> Iterator[Served]:
    for route in routes_of(app):
        for method in route.methods or ():
            yield Served(method, route.path, route)


def _with_all(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for each in dependant.dependencies:
        yield from _with_all(each)


@asynccontextmanager
async def open_api(
    database_url: str, temporal: Client, data: Path
) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
    """The whole API as it is served, without a network between; nobody signed in yet."""
    settings = Settings.from_environment(
        {
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
            "BACKOFFICE_SECRET_KEYS": SECRET_KEY,
            "BACKOFFICE_TASK_QUEUE": f"nobody-{uuid4().hex}",
            "BACKOFFICE_DATA": str(data),
        }
    )
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client,
    ):
        yield app, client


def as_person(token: str) -> dict[str, str]:
    return speaking(token)
