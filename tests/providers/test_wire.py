"""Real broken lines on this machine, and what each of them means."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from providers.outcomes import CredentialsRejected, OutcomeUnknown, Unreachable
from providers.wire import Call, Limits, Wire
from tests.providers.vendor import Vendor, answer

LIMITS = Limits(connect_s=1, read_s=0.3, whole_s=0.6, size=10_000)
Play = Callable[[socket.socket], None]


def silent(line: socket.socket) -> None:
    line.recv(65536)
    with suppress(OSError):
        line.recv(1)


def hangs_up(line: socket.socket) -> None:
    line.recv(65536)


def resets(line: socket.socket) -> None:
    line.recv(65536)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def half_an_answer(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"id": "1"')


def not_http(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(b"220 mail.example ESMTP\r\n")


def too_long(line: socket.socket) -> None:
    line.recv(65536)
    with suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + b" " * 20_000)


def drips(line: socket.socket) -> None:
    """Never silent for longer than a read may take, and never done."""
    line.recv(65536)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    pause = threading.Event()
    with suppress(OSError):
        while not pause.wait(0.05):
            line.sendall(b" ")


BROKEN = [silent, hangs_up, resets, half_an_answer, not_http, too_long, drips]


@contextmanager
def played(play: Play) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                play(line)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/pay"
        thread.join()


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire("The bank")
    yield wire
    wire.close()


@pytest.mark.parametrize("play", BROKEN)
@pytest.mark.parametrize(("mutating", "outcome"), [(True, OutcomeUnknown), (False, Unreachable)])
def test_a_line_broken_on_the_way(
    wire: Wire, play: Play, mutating: bool, outcome: type[Exception]
) -> None:
    with played(play) as url, pytest.raises(outcome) as raised:
        wire.send(Call("POST", url, mutating, {"phone": "+79161234567"}, {"a": 1}), LIMITS)
    assert raised.value.__cause__ is None
    assert "79161234567" not in str(raised.value)


@pytest.mark.parametrize("mutating", [True, False])
def test_nobody_there(wire: Wire, mutating: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable, match=r"^The bank was not reached \(ConnectError\)\.$"):
        wire.send(Call("POST", f"http://127.0.0.1:{port}/", mutating), LIMITS)


def test_a_server_without_tls(wire: Wire) -> None:
    with played(not_http) as url, pytest.raises(Unreachable):
        wire.send(Call("POST", url.replace("http:", "https:"), True), LIMITS)


@pytest.mark.parametrize("url", ["", "example.com/v1", "ftp://example.com", "http://a:port/"])
def test_an_address_that_is_none_needs_a_person(wire: Wire, url: str) -> None:
    with pytest.raises(CredentialsRejected, match="the address set is no URL"):
        wire.send(Call("GET", url, False), LIMITS)


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("12", 12.0),
        ("999999", 3600.0),
        (format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True), 3600.0),
        ("Sun, 01 Nov 2020 10:00:00 GMT", 0.0),
    ],
    ids=["soon", "too late", "tomorrow", "long ago"],
)
def test_when_to_come_back(told: str, wait: float) -> None:
    vendor = Vendor(lambda request: None).will("GET /", answer(429, {}, **{"Retry-After": told}))
    with pytest.raises(Unreachable) as raised:
        Wire("The bank", vendor).send(Call("GET", "https://bank.example/", False), LIMITS)
    assert raised.value.retry_after == wait


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}, {"Retry-After": "-5"}])
def test_no_usable_time_is_none(headers: dict[str, str]) -> None:
    reply = httpx.Response(429, headers=headers)
    vendor = Vendor(lambda request: None).will("GET /", reply)
    with pytest.raises(Unreachable) as raised:
        Wire("The bank", vendor).send(Call("GET", "https://bank.example/", False), LIMITS)
    assert raised.value.retry_after is None


def test_money_in_json_keeps_its_digits() -> None:
    reply = httpx.Response(200, content=b'{"sum": 0.1000000000000000055, "count": 3}')
    vendor = Vendor(lambda request: None).will("GET /", reply)
    sent = Wire("The bank", vendor).send(Call("GET", "https://bank.example/", False), LIMITS)
    assert sent.fields() == {"sum": "0.1000000000000000055", "count": 3}
