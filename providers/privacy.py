"""What a provider's own words may become before they reach a screen or a workflow's history."""

import re
from collections.abc import Iterable

_LONGEST = 300
_EMAIL = re.compile(r"[^\s<>@\"',;:()]+@[^\s<>@\"',;:()]+")
_PHONE = re.compile(r"\+?\d[\d\s().-]{8,}\d")
_QUERY = re.compile(r"(https?://[^\s?#]+)[?#]\S*")


def without_personal_data(text: str, private: Iterable[str] = ()) -> str:
    """One short line without telephone numbers, e-mail addresses, queries and `private` words."""
    line = " ".join(text.split())
    for pattern, instead in ((_QUERY, r"\1"), (_EMAIL, "…"), (_PHONE, "…")):
        line = pattern.sub(instead, line)
    for word in _words(private):
        line = re.sub(re.escape(word), "…", line, flags=re.IGNORECASE)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _words(private: Iterable[str]) -> list[str]:
    """The values and their parts, longest first; parts too short to tell anybody are left."""
    values = [" ".join(value.split()) for value in private]
    parts = {part for value in values for part in (value, *re.split(r"[\s,]+", value))}
    return sorted((part for part in parts if len(part) > 2), key=len, reverse=True)
