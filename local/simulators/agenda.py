"""What happens later: one heap of due acts, run in order by one task."""

import asyncio
import heapq
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from local.simulators.clock import Clock

Act = Callable[[], None]
_LONGEST_SLEEP = 60.0
_log = logging.getLogger(__name__)


class Agenda:
    """An act looks at the present state itself: it may come after the reason for it has gone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._changed = asyncio.Event()

    def after(self, seconds: float, act: Act) -> None:
        self.at(self._clock.now() + timedelta(seconds=seconds), act)

    def at(self, due: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (due, next(self._order), act))
        self._changed.set()

    def advance(self, seconds: float) -> None:
        """Moves the clock and does at once, in order, all that has fallen due."""
        self._clock.advance(seconds)
        self._do_due()
        self._changed.set()

    async def run(self) -> None:
        while True:
            self._changed.clear()
            self._do_due()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), self._until_next())

    def _do_due(self) -> None:
        while self._acts and self._acts[0][0] <= self._clock.now():
            _, _, act = heapq.heappop(self._acts)
            try:
                act()
            except Exception:
                _log.exception("A planned act of the simulators failed.")

    def _until_next(self) -> float:
        if not self._acts:
            return _LONGEST_SLEEP
        wait = (self._acts[0][0] - self._clock.now()).total_seconds()
        return min(max(wait, 0.0), _LONGEST_SLEEP)
