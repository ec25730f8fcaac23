"""What a measurement hands back."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    ratio: float | None = None
    """How many times the figure that the name compares it with; machines differ, ratios less."""


def timed(call: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def spread(name: str, times: Sequence[float]) -> list[Figure]:
    """The middle and the slow end of times in milliseconds."""
    return [
        Figure(f"{name}, p50", round(statistics.median(times), 1), "ms"),
        Figure(f"{name}, p95", round(percentile(times, 95), 1), "ms"),
    ]


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all do not exceed."""
    rank = math.ceil(len(values) * percent / 100)
    return sorted(values)[max(rank, 1) - 1]
