"""How long `backoffice run` takes until everything answers: the first time, and later."""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.stack import Stack

LATER_STARTS = 4


def measure(quick: bool) -> list[Figure]:
    with TemporaryDirectory(prefix="backoffice-bench-") as folder:
        Path(folder).chmod(0o755)
        stack = Stack(Path(folder))
        starts = 2 if quick else 1 + LATER_STARTS
        first, *later = [_start_and_stop(stack) for _ in range(starts)]
    return [
        Figure("first start", round(first, 2), "s"),
        Figure("later start, middle", round(statistics.median(later), 2), "s"),
        Figure("later start, slowest", round(max(later), 2), "s"),
    ]


def _start_and_stop(stack: Stack) -> float:
    try:
        return stack.start()
    finally:
        stack.stop()
