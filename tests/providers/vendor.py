"""A provider at the other end of the line: answers in turn, and every request meets its rules."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

SPECS = Path(__file__).parents[3] / "shared" / "specs"

Reply = httpx.Response | Exception
Rules = Callable[[httpx.Request], None]


@dataclass
class Vendor(httpx.BaseTransport):
    """Each step is `METHOD path` and what comes back; `rules` judges every request."""

    rules: Rules
    steps: list[tuple[str, Reply]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    def will(self, expected: str, reply: Reply) -> "Vendor":
        self.steps.append((expected, reply))
        return self

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        expected, reply = self.steps.pop(0)
        assert f"{request.method} {request.url.path}" == expected
        self.rules(request)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def bodies(self) -> list[Any]:
        return [json.loads(each.content) for each in self.requests if each.content]


@contextmanager
def played_to_the_end(vendor: Vendor) -> Iterator[Vendor]:
    yield vendor
    assert vendor.steps == []


def spec(path: str) -> Any:
    """A vendor's published schema; they are kept beside the project, not in it."""
    file = SPECS / path
    if not file.exists():
        pytest.skip(f"the vendor's schema {path} is not beside the project")
    return json.loads(file.read_text())


def answer(status: int, body: object, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=body, headers=headers)


def html(status: int) -> httpx.Response:
    return httpx.Response(status, html="<html><h1>Bad gateway</h1></html>")


def query(request: httpx.Request) -> dict[str, str]:
    return dict(parse_qsl(request.url.query.decode()))


def form(request: httpx.Request) -> dict[str, str]:
    return dict(parse_qsl(request.content.decode(), keep_blank_values=True))
