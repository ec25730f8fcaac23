"""Finding orders by what a person types: a number, an e-mail, a name, a phone, a reference."""

import re
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, false, or_

from db.tables.orders import Order
from domain.errors import Refusal

LONGEST = 100
"""Nothing an order is found by is longer, and a trigram search pays for every character."""
TRIGRAM = 3
NATIONAL_DIGITS = 10
"""What is left of a phone number when +7 and 8, or +44 and 0, are taken to be the same."""

Condition = ColumnElement[bool]

_PHONE = re.compile(r"[0-9\s()+./-]+")
PHONE_DIGITS = 5
_WILDCARDS = re.compile(r"([\\%_])")


class SearchTooLong(Refusal):
    """More text than any name or reference has."""


@dataclass(frozen=True)
class Search:
    text: str

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            raise SearchTooLong(f"Search for at most {LONGEST} characters.")

    @cached_property
    def number(self) -> int | None:
        """The order number it may be; with or without the sign people write before it."""
        digits = self.text.strip().lstrip("#№").strip()
        return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else None

    @cached_property
    def condition(self) -> Condition:
        """All words, in any order and anywhere; or the digits of a phone, however written."""
        found = [_like(word) for word in _words(self.text) if any(map(str.isalnum, word))]
        either = [and_(*found)] if found else []
        digits = "".join(re.findall("[0-9]", self.text))
        if _PHONE.fullmatch(self.text) and len(digits) >= PHONE_DIGITS:
            either.append(_like(digits[-NATIONAL_DIGITS:]))
        return or_(*either) if either else false()


def _like(word: str) -> Condition:
    """Shorter than a trigram, only words that begin so are found: the index knows those."""
    safe = _WILDCARDS.sub(r"\\\1", word)
    if len(word) >= TRIGRAM:
        return Order.search.like(f"%{safe}%")
    return or_(Order.search.like(f"{safe}%"), Order.search.like(f"% {safe}%"))


def _words(text: str) -> list[str]:
    return text.replace("\0", " ").lower().split()
