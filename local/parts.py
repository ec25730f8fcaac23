"""The programs of the stack: how each is started, and how it shows that it is ready."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from config import Settings
from local.child import ROOT, Child
from local.health import is_healthy
from local.ports import Ports, answers
from local.serving import UVICORN


class Part(Protocol):
    child: Child

    def launch(self) -> None: ...

    def wait_ready(self) -> None: ...


class Program:
    """A part that is one command, ready as soon as `is_ready` says so."""

    def __init__(self, child: Child, is_ready: Callable[[], bool] = lambda: True) -> None:
        self.child = child
        self._is_ready = is_ready

    def launch(self) -> None:
        self.child.start()

    def wait_ready(self) -> None:
        self.child.wait_until(self._is_ready, timeout_s=60)


def mail_catcher(ports: Ports, data: Path, log: Path) -> Program:
    command = [sys.executable, "-m", "local.mail_catcher", "--smtp-port", str(ports.smtp)]
    command += ["--web-port", str(ports.mail_pages), "--file", str(data / "mail.sqlite")]
    child = Child("Mail catcher", command, log, grace_s=3)
    return Program(child, lambda: answers(ports.mail_pages) and answers(ports.smtp))


def simulators(ports: Ports, data: Path, log: Path) -> Program:
    webhooks = f"http://127.0.0.1:{ports.api}/api/webhooks"
    command = [sys.executable, "-m", "local.simulators", "--port", str(ports.simulators)]
    command += ["--webhooks", webhooks, "--state", str(data / "simulators.sqlite")]
    child = Child("Simulators", command, log, grace_s=5)
    return Program(child, lambda: answers(ports.simulators))


def api_process(
    number: int, socket: int, settings: Settings, environment: Mapping[str, str], log: Path
) -> Program:
    """All of them accept from one socket, so a crash of one refuses nobody."""
    command = [sys.executable, *UVICORN, "--fd", str(socket)]
    child = Child(f"API {number}", command, log, environment=environment, file_descriptors=[socket])
    return Program(child, lambda: is_healthy(settings, timeout_s=3))


def worker_process(name: str, role: str, environment: Mapping[str, str], log: Path) -> Program:
    """Its grace is for activities that are about to finish; the rest is repeated elsewhere."""
    command = [sys.executable, str(ROOT / "worker.py"), "--role", role]
    return Program(Child(name, command, log, environment=environment, grace_s=20))


def own_command(name: str, environment: Mapping[str, str], log: Path) -> Child:
    command = [sys.executable, "-m", "cli", name]
    return Child(f"backoffice {name}", command, log, environment=environment)
