"""Logs that nobody outside writes lines into: what was sent to us may hold any character."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Among them those that end a line, colour a terminal, or turn the direction of writing."""


class OneLine(logging.LogRecord):
    def getMessage(self) -> str:
        return _CONTROL.sub(_escaped, super().getMessage())


def one_line_each() -> None:
    """From now on, whoever logs and wherever it goes."""
    logging.setLogRecordFactory(OneLine)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
