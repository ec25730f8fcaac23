"""Finding orders by what a person types: a number, an e-mail, a name, a phone, a reference."""

import re
from collections.abc import Iterator
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

    def conditions(self) -> list[Condition]:
        """Of the orders found by their texts. The one with that very number is not among them."""
        if not self.text.strip():
            return []
        number = [] if self.number is None else [Order.number != self.number]
        return [or_(false(), *self._alternatives()), *number]

    def _alternatives(self) -> Iterator[Condition]:
        """All words, in any order and anywhere; or the digits of a phone, however written."""
        words = [word for word in self._words() if any(map(str.isalnum, word))]
        if words:
            yield and_(*map(_like, words))
        digits = "".join(re.findall("[0-9]", self.text))
        if _PHONE.fullmatch(self.text) and len(digits) >= PHONE_DIGITS:
            yield _like(digits[-NATIONAL_DIGITS:])

    def _words(self) -> list[str]:
        return self.text.replace("\0", " ").lower().split()


def _like(word: str) -> Condition:
    """Shorter than a trigram, only words that begin so are found: the index knows those."""
    safe = _WILDCARDS.sub(r"\\\1", word)
    if len(word) >= TRIGRAM:
        return Order.search.like(f"%{safe}%")
    return or_(Order.search.like(f"{safe}%"), Order.search.like(f"% {safe}%"))
