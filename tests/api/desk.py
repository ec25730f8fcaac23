"""The API's routes without the house around them: over a database alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from api.app import assemble
from db.engine import Database
from tests.house import speaking


@asynccontextmanager
async def open_desk(db: Database, token: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """`token` of nobody: each request says who speaks."""
    app = assemble(FastAPI())
    app.state.database = db
    transport = httpx.ASGITransport(app)
    headers = speaking(token) if token else {}
    url = "http://shop.test/api"
    async with httpx.AsyncClient(transport=transport, base_url=url, headers=headers) as client:
        yield client
