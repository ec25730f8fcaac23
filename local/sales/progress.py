"""How far an import is: a moving bar on a terminal, a line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

LINES = 10
"""So many lines a stage has where nothing can move."""


class Progress:
    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=True)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        """Gives out what is called with the number of things done since the last call."""
        if self._console.is_terminal:
            with self._bar() as bar:
                task = bar.add_task(name, total=total)
                yield lambda done: bar.advance(task, done)
        else:
            yield self._lines(name, total)

    def say(self, line: str) -> None:
        self._console.print(line, markup=False)

    def _bar(self) -> Bar:
        return Bar(
            TextColumn("{task.description:<9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
        )

    def _lines(self, name: str, total: int) -> Callable[[int], None]:
        finished = 0

        def advance(done: int) -> None:
            nonlocal finished
            before, finished = finished, finished + done
            if before * LINES // total != finished * LINES // total:
                self.say(f"{name}: {finished} of {total}")

        return advance
