"""What every request has to keep to, before anything looks at it."""

import asyncio
import json
from contextlib import suppress
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db import history

LARGEST_BODY = 12 * 1024 * 1024
MOST_DISCARDED = 4 * LARGEST_BODY
DISCARDING_S = 5.0
WEBHOOKS = "/api/webhooks/"


class TooLarge(Exception):
    """More came than was announced or allowed."""


class Guarded:
    """Bodies up to 12 MiB; history entries carry each request's id and where it came from."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        history.request_id.set(uuid4().hex)
        history.origin.set(_origin(scope))
        if _announced(scope) > LARGEST_BODY:
            await _refuse(receive, send)
            return
        await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen, answered = 0, False

        async def counting() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise TooLarge
            return message

        async def noticing(message: Message) -> None:
            nonlocal answered
            if answered or seen <= LARGEST_BODY:
                answered = True
                await send(message)

        with suppress(TooLarge):
            await self._app(scope, counting, noticing)
        if not answered:  # the application may have made an answer of its own out of it
            await _refuse(receive, send)


def _origin(scope: Scope) -> str:
    """The way in, and the address: `page 203.0.113.7`."""
    client = scope.get("client")
    return f"{_way(scope)} {client[0] if client else 'unknown'}"


def _way(scope: Scope) -> str:
    if scope["path"].startswith(WEBHOOKS):
        return "webhook"
    names = {name for name, _ in scope["headers"]}
    return "program" if b"authorization" in names else "page"


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(receive: Receive, send: Send) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(DISCARDING_S):
            await _discard(receive)
    message = f"At most {LARGEST_BODY // 1024 // 1024} MiB in one request."
    body = json.dumps({"code": "TooLarge", "message": message}).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _discard(receive: Receive) -> None:
    """Whoever is cut off while sending sees a broken connection instead of the answer."""
    left = MOST_DISCARDED
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body"):
            return
