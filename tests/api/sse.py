"""A page that listens: reads Server-Sent Events off a real connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE_S = 10


@dataclass
class Page:
    """What it was told: (kind, data). `position` is the newest event id."""

    lines: AsyncIterator[str]
    position: str = ""
    told: list[tuple[str, Any]] = field(default_factory=list)

    async def hear(self) -> tuple[str, Any]:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                event = await self._event()
                if event:
                    self.told.append(event)
                    return event

    async def hear_of(self, resource: str) -> dict[str, Any]:
        while True:
            _, data = await self.hear()
            if data.get("resource") == resource:
                found: dict[str, Any] = data
                return found

    async def is_over(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    await self._event()
        except StopAsyncIteration:
            return True

    async def until_placed(self) -> None:
        """Until it knows its position: from now on it hears everything."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.position:
                event = await self._event()
                self.told += [event] if event else []

    async def _event(self) -> tuple[str, Any] | None:
        kind, data = "message", ""
        while line := await anext(self.lines):
            name, _, value = line.partition(": ")
            if name == "id":
                self.position = value
            elif name == "event":
                kind = value
            elif name == "data":
                data = value
        return (kind, json.loads(data)) if data else None


@asynccontextmanager
async def listening(client: httpx.AsyncClient, position: str | None = None) -> AsyncIterator[Page]:
    headers = {"Last-Event-ID": position} if position else {}
    async with client.stream("GET", "/events", headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        page = Page(answer.aiter_lines())
        await page.until_placed()
        yield page
