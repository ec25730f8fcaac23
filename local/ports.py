"""TCP ports on this machine."""

import socket
from dataclasses import dataclass

from local.errors import CannotStart


@dataclass(frozen=True)
class Ports:
    """The API's port and the six above it."""

    api: int

    @property
    def simulators(self) -> int:
        return self.api + 1

    @property
    def mail_pages(self) -> int:
        return self.api + 2

    @property
    def smtp(self) -> int:
        return self.api + 3

    @property
    def temporal(self) -> int:
        return self.api + 4

    @property
    def temporal_pages(self) -> int:
        return self.api + 5

    @property
    def postgres(self) -> int:
        return self.api + 6


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could not listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
        return False


def answers(port: int, host: str = "127.0.0.1") -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False


def claim(host: str, port: int) -> socket.socket:
    """Held from now on; who connects waits until a server accepts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    claimed = socket.socket(family)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it. A server that is handed the socket takes it for a local one and would
    # not set it: every answer then waits 40 ms for the caller's acknowledgement.
    claimed.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        claimed.bind((host, port))
        claimed.listen(2048)
    except OSError as error:
        claimed.close()
        raise _taken(port, f"the API on {host}", error.strerror or str(error)) from None
    return claimed


def refuse_taken(needed: dict[str, int]) -> None:
    for name, port in needed.items():
        if is_taken(port):
            raise _taken(port, name, "Address already in use")


def _taken(port: int, name: str, reason: str) -> CannotStart:
    return CannotStart(
        f"Port {port} is not free for {name} ({reason}): stop the program that uses it, or choose "
        "seven other ports by their first, for example BACKOFFICE_PORT=8100."
    )
