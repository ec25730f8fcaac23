"""The house as `backoffice run` starts it, on free ports, in a folder that goes away afterwards."""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from config import PORTS_IN_USE, VARIABLES, Settings
from local.child import ROOT, Child
from local.environment import complete
from local.health import is_healthy
from local.ports import Ports, answers, free_port, is_taken

# Below the numbers that the system gives to outgoing connections.
LOWEST, HIGHEST = 20_000, 32_000
STARTED_WITHIN_S = 120
OURS = ("postgres", "temporal", "api", "worker")
"""The parts whose CPU counts as the house's; providers and mail are other people's machines."""
_MARKS = {
    "postgres": "/postgres",
    "temporal": "start-dev",
    "mail": "local.mail_catcher",
    "simulators": "local.simulators",
    "api": "api.app:create_app",
    "worker": "worker.py",
}


@dataclass
class Stack:
    """`backoffice run` as a process; its parts are found through what it writes down."""

    folder: Path
    worker_processes: int = 1
    api_processes: int = 1
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ports = Ports(_free_ports())
        given = _without_settings() | {
            "BACKOFFICE_PORT": str(self.ports.api),
            "BACKOFFICE_DATA": str(self.folder / "data"),
            "BACKOFFICE_WORKER_PROCESSES": str(self.worker_processes),
            "BACKOFFICE_API_PROCESSES": str(self.api_processes),
            **self.more,
        }
        self.environment = complete(given)
        self.settings = Settings.from_environment(self.environment)
        command = [sys.executable, "-m", "cli", "run", "--empty"]
        self._run = Child(
            "backoffice run",
            command,
            self.folder / "run.log",
            environment=given,
            orphaned=signal.SIGTERM,
            grace_s=60,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports.api}/api"

    def start(self) -> float:
        """Seconds until /healthz says that everything stands."""
        began = time.perf_counter()
        self._run.start()
        self._run.wait_until(lambda: is_healthy(self.settings), STARTED_WITHIN_S)
        return time.perf_counter() - began

    def stop(self) -> None:
        self._run.stop()

    def processes(self, part: str) -> list[psutil.Process]:
        """The living ones, each without its children; the first started comes first."""
        alive = [psutil.Process(pid) for pid in self._pids() if psutil.pid_exists(pid)]
        return [process for process in alive if _MARKS[part] in " ".join(process.cmdline())]

    def worker_beside(self, name: str = "second worker") -> Child:
        """Not watched by anybody: what dies stays dead."""
        command = [sys.executable, str(ROOT / "worker.py")]
        log = self.folder / f"{name}.log"
        return Child(name, command, log, environment=self.environment, grace_s=20)

    def _pids(self) -> list[int]:
        entries = json.loads((self.settings.data / "children.json").read_text())
        return [int(entry["pid"]) for entry in entries]


@contextmanager
def running(worker_processes: int = 1, api_processes: int = 1, **more: str) -> Iterator[Stack]:
    with TemporaryDirectory(prefix="backoffice-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another user than we
        stack = Stack(Path(folder), worker_processes, api_processes, more)
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()


@contextmanager
def simulators_beside(stack: Stack) -> Iterator[str]:
    """Providers that act at once; the stack's own take the time that real ones would."""
    port = free_port()
    command = [sys.executable, "-m", "local.simulators", "--port", str(port), "--delay", "0"]
    command += ["--webhooks", f"{stack.url}/webhooks"]
    child = Child("quick simulators", command, stack.folder / "quick-simulators.log", grace_s=5)
    child.start()
    try:
        child.wait_until(lambda: answers(port), 30)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.stop()


def _free_ports() -> int:
    """The first of as many in a row as the stack needs."""
    while True:
        first = random.randrange(LOWEST, HIGHEST)
        if not any(is_taken(port) for port in range(first, first + PORTS_IN_USE)):
            return first


def _without_settings() -> dict[str, str]:
    """What a person has set for their own house must not reach the measured one."""
    return {name: value for name, value in os.environ.items() if name not in VARIABLES}
