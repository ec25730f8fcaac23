"""The whole stack as a person runs it: the command, its terminal and its signals."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

from local.child import ROOT
from local.ports import Ports, is_taken

RUNNING = "BackOffice is running"


def free_block() -> int:
    """The first of seven neighbouring ports that nobody uses."""
    while True:
        first = random.randrange(20_000, 30_000)
        if not any(is_taken(port) for port in range(first, first + 7)):
            return first


class RunningStack:
    def __init__(self, data: Path, first_port: int, **environment: str) -> None:
        self.data = data
        self.ports = Ports(first_port)
        self.environment = os.environ | environment
        self.environment |= {"BACKOFFICE_PORT": str(first_port), "BACKOFFICE_DATA": str(data)}
        for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", "BACKOFFICE_SECRET_KEYS"):
            self.environment.pop(name, None)
        self.terminal = data.with_suffix(".txt")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.terminal.open("w") as output:
            started = self._process = subprocess.Popen(
                self._command("run"), env=self.environment, cwd=ROOT, stdout=output, stderr=output
            )
        wait_for(lambda: RUNNING in self.shown() or started.poll() is not None, 120)
        assert RUNNING in self.shown(), self.shown()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def backoffice(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(*arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def shown(self) -> str:
        return self.terminal.read_text()

    def programs(self) -> list[psutil.Process]:
        assert self._process
        return psutil.Process(self._process.pid).children(recursive=True)

    def stop(self, number: int = signal.SIGINT) -> int:
        assert self._process
        self._process.send_signal(number)
        return self._process.wait(60)

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait()

    def healthz(self) -> int:
        try:
            return httpx.get(f"http://127.0.0.1:{self.ports.api}/healthz", timeout=5).status_code
        except httpx.HTTPError:
            return 0

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "cli", *arguments]


def wait_for(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
