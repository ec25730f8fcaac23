"""Every call a provider has received, so that a test can say: exactly one capture."""

import json
import re
from collections import deque
from fnmatch import fnmatchcase
from typing import Any

from local.simulators.clock import Clock

_KEPT = 20_000
_BODY_LIMIT = 16 * 1024
_SECRET_HEADERS = {"authorization", "cookie", "proxy-authorization"}
_SECRET_FIELD = re.compile(r"(client_secret=)[^&]*")


class CallLog:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._count = 0

    def add(self, call: dict[str, Any], body: bytes) -> dict[str, Any]:
        self._count += 1
        call["number"] = self._count
        call["at"] = self._clock.now().isoformat()
        call["body"] = _SECRET_FIELD.sub(r"\1***", body[:_BODY_LIMIT].decode(errors="replace"))
        self._calls.append(call)
        return call

    def list(self, provider: str | None, operation: str) -> list[dict[str, Any]]:
        """`operation` is a pattern over `METHOD /path`, as in faults."""
        return [_shown(call) for call in list(self._calls) if _matches(call, provider, operation)]

    def clear(self) -> None:
        self._calls.clear()


def public_headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in raw}
    return {name: value for name, value in headers.items() if name not in _SECRET_HEADERS}


def _matches(call: dict[str, Any], provider: str | None, operation: str) -> bool:
    if provider is not None and call["provider"] != provider:
        return False
    return fnmatchcase(f"{call['method']} {call['path']}", operation)


def _shown(call: dict[str, Any]) -> dict[str, Any]:
    try:
        return {**call, "body": json.loads(call["body"])}
    except ValueError:
        return call
