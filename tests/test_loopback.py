"""That no test reaches another machine, whichever way it tries."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.loopback import BeyondLoopback

# Addresses of documentation: nobody is there, should one of these ever get out.
ELSEWHERE, ELSEWHERE_6 = "192.0.2.1", "2001:db8::1"


def connect_ex() -> None:
    with socket.socket() as line:
        line.connect_ex((ELSEWHERE, 9))


def send() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line:
        line.sendto(b"?", (ELSEWHERE, 9))


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((ELSEWHERE, 9), timeout=1),
        lambda: socket.create_connection((ELSEWHERE_6, 9), timeout=1),
        lambda: socket.create_connection(("shop.example", 9), timeout=1),
        lambda: httpx.get(f"http://{ELSEWHERE}:9", timeout=1),
        connect_ex,
        send,
    ],
)
def test_nothing_leaves_this_machine(reach: Callable[[], object]) -> None:
    with pytest.raises(BeyondLoopback):
        reach()


@pytest.mark.parametrize("host", [ELSEWHERE, "shop.example"])
async def test_nor_through_an_event_loop(host: str) -> None:
    with pytest.raises(BeyondLoopback):
        await asyncio.wait_for(asyncio.open_connection(host, 9), 1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="This machine has no IPv6.")
def test_this_machine_is_reached_over_ipv6() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        socket.create_connection(("::1", server.getsockname()[1]), timeout=5).close()


def test_so_are_its_files(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as line:
        server.bind(str(tmp_path / "door"))
        server.listen()
        line.connect(str(tmp_path / "door"))
