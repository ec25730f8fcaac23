"""What the person at the terminal sees while the stack starts, runs and stops."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console


class Screen:
    """A moving line on a terminal; plain lines in a file or a pipe."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        with self._console.status(f"{name} ..."):
            yield
        self.say(f"  {name:<22}[green]ready[/] in {time.monotonic() - began:.1f} s")

    def say(self, line: str) -> None:
        self._print(line)

    def warn(self, line: str) -> None:
        self._print(line, style="yellow", markup=False)

    def table(self, title: str, rows: Iterable[tuple[str, str]]) -> None:
        lines = [f"  {name:<22}{value}" for name, value in rows]
        if lines:
            self._print(f"\n{title}", style="bold", markup=False)
            self._print("\n".join(lines), markup=False)

    def _print(self, text: str, style: str | None = None, markup: bool = True) -> None:
        """The terminal may have been closed; what runs must still be stopped in order."""
        with suppress(OSError):
            self._console.print(text, style=style, markup=markup)
