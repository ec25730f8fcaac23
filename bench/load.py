"""Clients that do one thing over and over, as a process of their own: `python -m bench.load`.

Reads what to do from its first line of input, warms up, says "warm", waits for a second line,
and answers with how long each took.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Self

import uvloop

from local.child import ROOT

Act = Callable[[], Awaitable[None]]
WARM_UP_S = 3.0
BEYOND_S = 120


@dataclass(frozen=True)
class Load:
    """`actor` names an async context manager that makes the act, as module:function."""

    actor: str
    options: Mapping[str, Any]
    clients: int
    seconds: float


@dataclass(frozen=True)
class Outcome:
    seconds: float
    times: list[float]
    """Milliseconds, one for each act."""

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


class Loading:
    """A load that is warm and waits, as long as the `with` lasts. It runs once."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._say(json.dumps(asdict(load)))
        self._hear("warm")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self) -> Outcome:
        answer, _ = self._process.communicate("go\n", timeout=self._load.seconds + BEYOND_S)
        if self._process.returncode:
            raise RuntimeError(f"The load {self._load.actor} failed; its words stand above.")
        return Outcome(**json.loads(answer))

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        print(line, file=self._process.stdin, flush=True)

    def _hear(self, word: str) -> None:
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != word:
            self.__exit__()
            raise RuntimeError(f"The load {self._load.actor} did not get warm.")


def run(load: Load) -> Outcome:
    with Loading(load) as loading:
        return loading.run()


async def drive(act: Act, clients: int, seconds: float) -> Outcome:
    """Every client acts again as soon as it is answered. One failure ends the measurement."""
    times: list[float] = []
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(_repeat(act, began + seconds, times))
    return Outcome(time.perf_counter() - began, times)


async def _repeat(act: Act, until: float, times: list[float]) -> None:
    while (began := time.perf_counter()) < until:
        await act()
        times.append((time.perf_counter() - began) * 1000)


async def serve() -> None:
    load = Load(**json.loads(sys.stdin.readline()))
    module, _, name = load.actor.partition(":")
    random.seed(load.clients)
    async with _making(getattr(import_module(module), name), load) as act:
        await drive(act, load.clients, min(WARM_UP_S, load.seconds))
        print("warm", flush=True)
        sys.stdin.readline()
        print(json.dumps(asdict(await drive(act, load.clients, load.seconds))))


@asynccontextmanager
async def _making(actor: Any, load: Load) -> AsyncIterator[Act]:
    async with actor(load.clients, **load.options) as act:
        yield act


if __name__ == "__main__":
    uvloop.run(serve())
