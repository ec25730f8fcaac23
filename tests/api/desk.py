"""Some of the API's routes without the house around them: over a database alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import APIRouter, FastAPI

from api.answers import add_handlers
from db.engine import Database
from tests.house import speaking


@asynccontextmanager
async def open_desk(
    db: Database, router: APIRouter, token: str
) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.state.database = db
    app.include_router(router)
    add_handlers(app)
    headers = speaking(token)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://shop.test", headers=headers
    ) as client:
        yield client
