"""The API's routes without the house around them: over a database alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from api.app import assemble
from db.engine import Database
from tests.house import plain_client, speaking


@asynccontextmanager
async def open_desk(db: Database, token: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """`token` of nobody: each request says who speaks."""
    app = assemble(FastAPI())
    app.state.database = db
    headers = speaking(token) if token else {}
    url, way = "http://shop.test/api", httpx.ASGITransport(app)
    async with plain_client(url, headers=headers, transport=way) as client:
        yield client
