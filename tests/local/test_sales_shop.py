"""The import's patience: what it asks again, for how long, and what ends it at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from local.errors import CannotStart
from local.ports import free_port
from local.sales.shop import Answer, Failed, Shop, ShopSilent

HUNG_UP = 0


@asynccontextmanager
async def answering(*statuses: int) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives these answers in turn, the last for ever; what it was asked."""
    left, asked = list(statuses), []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        status = left.pop(0) if len(left) > 1 else left[0]
        if status != HUNG_UP:
            body = b'{"code": "Busy", "message": "told"}'
            head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close"
            writer.write(head.encode() + b"\r\n\r\n" + body)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def ask(url: str, patience_s: float = 30) -> Answer:
    shop = Shop(url, "bok_key", patience_s)
    try:
        return await shop.get("/orders", q="1")
    finally:
        await shop.close()


async def test_what_is_busy_or_away_is_asked_again() -> None:
    async with answering(429, HUNG_UP, 503, 202, 200) as (url, asked):
        assert (await ask(url)).status == 200
    assert len(asked) == 5
    assert asked[0].startswith(b"GET /orders?q=1 HTTP/1.1\r\n")
    assert b"Authorization: Bearer bok_key\r\n" in asked[0]


async def test_patience_ends_with_a_word_about_going_on() -> None:
    async with answering(503) as (url, asked):
        with pytest.raises(ShopSilent, match=r"for 0.5 s \(HTTP 503\)\. Run the import again"):
            await ask(url, 0.5)
    assert 2 <= len(asked) <= 4
    with pytest.raises(ShopSilent, match=r"\(ConnectError "):
        await ask(f"http://127.0.0.1:{free_port()}", 0.1)


async def test_a_key_that_may_not_ends_it_at_once() -> None:
    for status in (401, 403):
        async with answering(status) as (url, asked):
            with pytest.raises(CannotStart, match="The key may not do this import: Busy: told"):
                await ask(url)
        assert len(asked) == 1


async def test_other_answers_are_answers() -> None:
    async with answering(409) as (url, asked):
        answer = await ask(url)
    assert len(asked) == 1
    with pytest.raises(Failed, match=r"^Busy: told$"):
        answer.expect(200, 201)
    with pytest.raises(Failed, match=r"^HTTP 500 oh$"):
        Answer(500, "oh").expect(200)
    with pytest.raises(CannotStart, match=r"not ready for these sales: No channel\.$"):
        Answer(409, {"code": "ChannelUnknown", "message": "No channel."}).expect(201)
