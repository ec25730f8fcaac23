"""The door every call comes through: limits its size, writes it down, and spoils it on order."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.simulators.faults import ANSWERS, Fault, Faults
from local.simulators.log import CallLog, public_headers
from local.simulators.spoiling import Answer, spoiled

PROVIDERS = {"/yookassa/v3": "yookassa", "/cdek/v2": "cdek", "/twilio/2010-04-01": "twilio"}
SOCKET = "simulators.socket"
_BODY_LIMIT = 1024 * 1024
_BODY_SECONDS = 30
_LOST_SETTLE_SECONDS = 0.02


class _TooLarge(Exception):
    pass


@dataclass
class _Exchange:
    """Plays back the request's body to the application and catches its answer."""

    body: bytes
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)

    async def receive(self) -> Message:
        return {"type": "http.request", "body": self.body, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.chunks.append(message.get("body", b""))

    def answer(self) -> Answer:
        return Answer(self.status, self.headers, b"".join(self.chunks))


class Gate:
    def __init__(self, app: ASGIApp, faults: Faults, log: CallLog) -> None:
        self._app = app
        self._faults = faults
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await _read(receive)
        except (_TooLarge, TimeoutError):
            await _send(send, Answer(413, [], b"The body is too large or comes too slowly."))
            return
        await self._answer(scope, body, receive, send)

    async def _answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        provider = _provider(scope["path"])
        if provider is None:
            await self._app(scope, _Exchange(body).receive, send)
            return
        fault = self._faults.strike(provider, f"{scope['method']} {scope['path']}", ANSWERS)
        call = self._log.add(_call(scope, provider, fault), body)
        answer = await self._act(scope, body) if fault is None or fault.is_done_first else None
        call["status"] = answer.status if answer else None
        if fault is None:
            await _send(send, answer or Answer(500))
        else:
            await _fail(provider, fault, answer, scope, receive, send)

    async def _act(self, scope: Scope, body: bytes) -> Answer:
        exchange = _Exchange(body)
        await self._app(scope, exchange.receive, exchange.send)
        return exchange.answer()


async def _fail(
    provider: str, fault: Fault, answer: Answer | None, scope: Scope, receive: Receive, send: Send
) -> None:
    cut = _cutter(scope)
    if fault.kind == "hang":
        await _wait(fault.seconds, receive)
    if fault.kind == "lose_answer" or (fault.kind == "hang" and answer is None):
        cut(False)
        await _gone(receive)
    elif fault.kind == "reset_mid_body" and answer is not None:
        await _send_half(send, answer)
        cut(True)
        await _gone(receive)
    else:
        await _send(send, spoiled(provider, fault, answer))


def _call(scope: Scope, provider: str, fault: Fault | None) -> dict[str, Any]:
    headers = public_headers(scope["headers"])
    return {
        "provider": provider,
        "method": scope["method"],
        "path": scope["path"],
        "query": scope["query_string"].decode("latin-1"),
        "headers": headers,
        "key": headers.get("idempotence-key"),
        "fault": fault.kind if fault else None,
    }


def _provider(path: str) -> str | None:
    return next((name for prefix, name in PROVIDERS.items() if path.startswith(prefix)), None)


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    async with asyncio.timeout(_BODY_SECONDS):
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > _BODY_LIMIT:
                raise _TooLarge
            if not message.get("more_body", False):
                return bytes(body)


async def _send(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _send_half(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    half = answer.body[: len(answer.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    await asyncio.sleep(_LOST_SETTLE_SECONDS)  # the first half must have left before the cut


def _cutter(scope: Scope) -> Callable[[bool], None]:
    extension = scope.get("extensions", {}).get(SOCKET)
    if extension is None:
        raise RuntimeError("Connections can only be cut under local.simulators.server.")
    cut: Callable[[bool], None] = extension["cut"]
    return cut


async def _wait(seconds: float, receive: Receive) -> None:
    """Ends early when the caller has hung up."""
    try:
        await asyncio.wait_for(_gone(receive), seconds)
    except TimeoutError:
        return


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
