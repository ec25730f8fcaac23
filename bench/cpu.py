"""How much CPU each part of the house has used, its dead children included."""

from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from bench.stack import OURS, Stack

PARTS = (*OURS, "simulators", "mail")


@dataclass(frozen=True)
class Usage:
    """Seconds of CPU by part."""

    parts: Mapping[str, float]

    def __sub__(self, before: "Usage") -> "Usage":
        return Usage({part: spent - before.parts[part] for part, spent in self.parts.items()})

    def per(self, count: int) -> dict[str, float]:
        """Milliseconds each, of the house's own parts and of all of them together."""
        each = {part: round(spent * 1000 / count, 1) for part, spent in self.parts.items()}
        house = sum(self.parts[part] for part in OURS)
        return {"house": round(house * 1000 / count, 1), **each}


def usage(stack: Stack) -> Usage:
    return Usage({part: sum(map(of_tree, stack.processes(part))) for part in PARTS})


def of_tree(root: psutil.Process) -> float:
    """A process that has ended is in the sum of the one that waited for it."""
    return sum(map(_of, [root, *root.children(recursive=True)]))


def _of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
