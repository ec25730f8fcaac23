"""Running the simulators: as a process, or in a thread beside a test."""

import socket
import struct
import threading
import time
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

import httpx
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from local.simulators.app import create_app
from local.simulators.gate import SOCKET
from local.simulators.settings import Settings

_START_SECONDS = 10
_LINGER_NEVER = struct.pack("ii", 1, 0)  # closing then sends a reset instead of a farewell


class CuttableConnection(HttpToolsProtocol):
    """Hands the application the means to cut its connection, so that an answer can be lost."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {SOCKET: {"cut": self._cut}}

    def _cut(self, reset: bool) -> None:
        if reset:
            raw = self.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NEVER)
        self.transport.abort()


def serving(settings: Settings, port: int = 0) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(settings),
        host="127.0.0.1",
        port=port,
        http=CuttableConnection,
        ws="none",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


class SimulatorServer:
    """The simulators on a free port, in a thread, as long as the `with` lasts."""

    def __init__(self, webhooks_url: str | None = None, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        if webhooks_url is not None:
            self._settings = replace(self._settings, webhooks_url=webhooks_url)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = serving(self._settings)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="simulators"
        )
        self._thread.start()
        self._wait_until_started()
        self._http = httpx.Client(base_url=self.url, trust_env=False, timeout=30)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._http.close()
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def fault(self, provider: str, kind: str, operation: str = "*", **more: Any) -> None:
        """Installs a fault; `more` is count, probability, seed, seconds, copies or acts."""
        fault = {"provider": provider, "kind": kind, "operation": operation, **more}
        self.control("POST", "/__control/faults", fault)

    def clear_faults(self) -> None:
        self.control("DELETE", "/__control/faults")

    def calls(self, provider: str, operation: str = "*") -> list[dict[str, Any]]:
        """What the provider has received; `operation` is a pattern over `METHOD /path`."""
        query = httpx.QueryParams({"provider": provider, "operation": operation})
        calls: list[dict[str, Any]] = self.control("GET", f"/__log?{query}")
        return calls

    def advance(self, seconds: float) -> None:
        self.control("POST", "/__control/clock", {"seconds": seconds})

    def lead(self, reference: str, act: str) -> list[str]:
        """Moves a parcel: step, hand_over, arrive, deliver or refuse."""
        moved = self.control("POST", f"/__control/cdek/orders/{reference}/{act}")
        return list(moved["stages"])

    def flush_webhooks(self) -> int:
        return int(self.control("POST", "/__control/webhooks/flush")["released"])

    def aim_webhooks(self, url: str | None) -> None:
        self.control("PUT", "/__control/webhooks", {"url": url})

    def pay(self, payment_id: str) -> None:
        """As the payer does on the page."""
        self.control("POST", f"/yookassa/checkout/{payment_id}/pay")

    def decline(self, payment_id: str) -> None:
        self.control("POST", f"/yookassa/checkout/{payment_id}/decline")

    def control(self, method: str, path: str, content: Any = None) -> Any:
        answer = self._http.request(method, path, json=content)
        if answer.is_error:
            raise ValueError(f"{method} {path}: {answer.status_code} {answer.text}")
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return answer.json() if is_json and answer.content else None

    def _wait_until_started(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("The simulators did not start.")
            time.sleep(0.005)
