"""Tests talk to this machine alone: whatever Python itself says to another fails the test.

Asked at the interpreter's own audit events, before anything leaves. Parts that are no Python, such
as the database's client library, Temporal's core and browsers, are not asked."""

import socket
import sys
from ipaddress import ip_address
from typing import Any

SPEAKING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
ASKING = "socket.getaddrinfo"
BY_ADDRESS = (socket.AF_INET, socket.AF_INET6)


class BeyondLoopback(Exception):
    """No OSError: nobody takes it for a provider that does not answer."""


def keep_to_loopback() -> None:
    """For as long as the interpreter lives."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in SPEAKING:
        line, address = arguments
        if line.family in BY_ADDRESS and address and not _is_here(address[0]):
            line.close()
            raise BeyondLoopback(f"A test would reach {address[0]}.")
    elif event == ASKING and not _is_here(arguments[0]):
        raise BeyondLoopback(f"A test would ask where {arguments[0]} is.")


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
