"""Every answer tells browsers what to refuse, and no text from outside makes a line in a log."""

import io
import logging
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI

from api.app import assemble
from api.headers import EVERYWHERE
from api.limits import LARGEST_BODY
from api.logs import OneLine
from db.engine import Database

LOCAL, PUBLIC = "http://shop.test", "https://shop.test"


@pytest.fixture(params=[LOCAL, PUBLIC])
async def api(request: pytest.FixtureRequest) -> AsyncIterator[httpx.AsyncClient]:
    app = assemble(FastAPI(), is_encrypted=request.param == PUBLIC)
    app.state.database = Database.connect("postgresql://nobody@127.0.0.1:9/none")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=request.param) as client:
        yield client
    app.state.database.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/orders", 401),
        ("GET", "/api/nothing", 404),
        ("PATCH", "/api/orders", 405),
        ("GET", "/nothing", 404),
    ],
)
async def test_every_answer_has_them(
    api: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await api.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    encrypted = str(api.base_url).startswith("https")
    expected = "max-age=31536000" if encrypted else None
    assert answer.headers.get("Strict-Transport-Security") == expected
    kept = "no-store" if path.startswith("/api/") else None
    assert answer.headers.get("Cache-Control") == kept


async def test_a_refusal_for_its_size_has_them_too(api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/session", content=b"x" * (LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_pages_keep_their_own_policy(api: httpx.AsyncClient) -> None:
    answer = await api.get("/admin/")
    assert answer.status_code in (200, 503)
    if answer.status_code == 200:
        assert "'nonce-" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(OneLine)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("tests.lines")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        ("bob\r\nINFO root signed in", r"bob\r\nINFO root signed in"),
        ("/orders/\n1", r"/orders/\n1"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\x85b\u2028c", r"a\x85b\u2028c"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("Казань, Crème", "Казань, Crème"),
    ],
)
def test_nobody_outside_writes_a_line_of_a_log(log: io.StringIO, sent: str, written: str) -> None:
    logging.getLogger("tests.lines").warning("Login %s", sent)
    logging.getLogger("tests.lines").warning(sent)
    assert log.getvalue() == f"Login {written}\n{written}\n"
