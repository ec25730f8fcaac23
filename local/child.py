"""One program started by us: its output goes to a log, it stops with us and never outlives us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from local.errors import CannotStart

ROOT = Path(__file__).resolve().parents[1]
STEP_S = 0.02


def tether(orphaned: int, user: str = "") -> list[str]:
    """What stands before a command so that it gets the signal `orphaned` when we die."""
    script = str(Path(__file__).with_name("tether.py"))
    return [sys.executable, "-I", "-S", script, str(os.getpid()), str(int(orphaned)), user]


class Child:
    """`stop_with` asks it to stop; `orphaned` is what it gets when we are killed ourselves."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        user: str = "",
        file_descriptors: Sequence[int] = (),
        stop_with: int = signal.SIGTERM,
        orphaned: int = signal.SIGKILL,
        grace_s: float = 10.0,
    ) -> None:
        self.name = name
        self.log = log
        self._argv = [str(part) for part in argv]
        self._environment = environment
        self._user = user
        self._file_descriptors = file_descriptors
        self.stop_with = stop_with
        self._orphaned = orphaned
        self._grace_s = grace_s
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._popen.pid if self._popen else None

    @property
    def running(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._popen.poll() if self._popen else None

    def start(self) -> None:
        """Its session is its own: Ctrl-C reaches us alone, and we stop the programs in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                [*tether(self._orphaned, self._user), *self._argv],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                cwd=ROOT,
                pass_fds=self._file_descriptors,
                start_new_session=True,
            )

    def run(self, timeout_s: float) -> None:
        """For a program that ends by itself; raises CannotStart if it ends badly."""
        self.start()
        deadline = time.monotonic() + timeout_s
        try:
            while self.running and time.monotonic() < deadline:
                time.sleep(STEP_S)
            if self.running:
                raise CannotStart(f"{self.name} took over {timeout_s:.0f} s: {self.log}")
        finally:
            self.stop()
        if self.exit_code:
            raise CannotStart(f"{self.name} failed. {self.last_words()}")

    def wait_until(self, ready: Callable[[], bool], timeout_s: float) -> None:
        """Returns when `ready` is true; raises CannotStart if the program ends or time runs out."""
        deadline = time.monotonic() + timeout_s
        while not ready():
            if not self.running:
                raise CannotStart(f"{self.name} stopped while starting. {self.last_words()}")
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.name} is not ready after {timeout_s:.0f} s: {self.log}")
            time.sleep(STEP_S)

    def ask_to_stop(self) -> None:
        if self._popen is not None and self.running:
            self._popen.send_signal(self.stop_with)

    def stop(self) -> None:
        self.ask_to_stop()
        if self._popen is None:
            return
        try:
            self._popen.wait(self._grace_s)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def last_words(self, lines: int = 3) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 4096))
            tail = log.read().decode(errors="replace").strip().splitlines()[-lines:]
        return f"The end of {self.log}:\n  " + "\n  ".join(tail)
