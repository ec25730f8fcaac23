"""Keeps the parts running until it is told to stop, then stops them in order."""

import time
from dataclasses import dataclass, field

from local.parts import Part
from local.roster import Roster
from local.screen import Screen

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 30.0
# Who ran this long without trouble is trusted again.
STEADY_S = 60.0
TICK_S = 0.2


@dataclass
class Watched:
    part: Part
    started_at: float = field(default_factory=time.monotonic)
    delay_s: float = FIRST_DELAY_S
    restart_at: float | None = None


class Supervisor:
    def __init__(self, screen: Screen, roster: Roster) -> None:
        self._screen = screen
        self._roster = roster
        self._watched: list[Watched] = []

    def launch(self, part: Part) -> None:
        """Watched before it starts: a stop that comes in between still finds it."""
        self._watched.append(Watched(part))
        part.launch()
        self._roster.note(part.child)

    def keep_running(self) -> None:
        while True:
            for watched in self._watched:
                self._tend(watched, time.monotonic())
            time.sleep(TICK_S)

    def stop_all(self) -> None:
        """The last launched stops first: nobody loses what it stands on while it works."""
        for watched in reversed(self._watched):
            watched.part.child.stop()
        self._roster.clear()

    def _tend(self, watched: Watched, now: float) -> None:
        if watched.part.child.running:
            if now - watched.started_at > STEADY_S:
                watched.delay_s = FIRST_DELAY_S
        elif watched.restart_at is None:
            self._report(watched)
            watched.restart_at = now + watched.delay_s
            watched.delay_s = min(watched.delay_s * 2, LONGEST_DELAY_S)
        elif now >= watched.restart_at:
            watched.restart_at = None
            watched.started_at = now
            watched.part.child.start()
            self._roster.note(watched.part.child)

    def _report(self, watched: Watched) -> None:
        child = watched.part.child
        code, delay = child.exit_code, watched.delay_s
        self._screen.warn(
            f"{child.name} stopped with code {code}; it starts again in {delay:.0f} s. "
            + child.last_words()
        )
