"""Which programs we have started, on disk: the next start ends those that outlived a killed one."""

import json
from pathlib import Path

import psutil

from local.child import Child

# A database that was cut off finishes its shutdown by itself within this time.
PATIENCE_S = 20


class Roster:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._entries: list[dict[str, float]] = []

    def note(self, child: Child) -> None:
        if child.pid is None or not child.running:
            return
        started = psutil.Process(child.pid).create_time()
        entry = {"pid": child.pid, "started": started, "stop_with": int(child.stop_with)}
        self._entries.append(entry)
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps(self._entries))
        draft.replace(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """How many there were. A number used again by a stranger is told by its start time."""
        leftovers = [
            (process, int(entry["stop_with"]))
            for entry in self._written()
            if (process := _same_process(entry)) is not None
        ]
        for process, stop_with in leftovers:
            _signal(process, stop_with)
        _, alive = psutil.wait_procs([process for process, _ in leftovers], timeout=PATIENCE_S)
        for process in alive:
            process.kill()
        psutil.wait_procs(alive, timeout=PATIENCE_S)
        self.clear()
        return len(leftovers)

    def _written(self) -> list[dict[str, float]]:
        try:
            entries: list[dict[str, float]] = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return []
        return entries


def _same_process(entry: dict[str, float]) -> psutil.Process | None:
    try:
        process = psutil.Process(int(entry["pid"]))
        drift = abs(process.create_time() - entry["started"])  # the machine's clock may be set
        return process if drift < 2 else None
    except psutil.Error:
        return None


def _signal(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
