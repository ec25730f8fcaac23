"""What a provider's own words may become before they reach a screen or a workflow's history."""

import re
from collections.abc import Iterable

_LONGEST = 300
_SHORTEST = 3  # shorter words tell nobody and stand in every sentence
_EMAIL = re.compile(r"[^\s<>@\"',;:()]+@[^\s<>@\"',;:()]+")
_PHONE = re.compile(r"\+?\d[\d\s().-]{8,}\d")
_QUERY = re.compile(r"(https?://[^\s?#]+)[?#]\S*")


def without_personal_data(text: str, private: Iterable[str] = ()) -> str:
    """One short line without telephone numbers, e-mail addresses, queries and `private` words."""
    line = " ".join(text.split())
    for pattern, instead in ((_QUERY, r"\1"), (_EMAIL, "…"), (_PHONE, "…")):
        line = pattern.sub(instead, line)
    for word in sorted(private, key=len, reverse=True):
        if len(word) >= _SHORTEST:
            line = re.sub(re.escape(word), "…", line, flags=re.IGNORECASE)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
