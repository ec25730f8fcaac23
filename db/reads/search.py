"""Finding orders by what a person types: a number, an e-mail, a name, a phone, a reference."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, or_

from db.tables.orders import Order
from domain.errors import Refusal

LONGEST = 100
"""Nothing an order is found by is longer, and a trigram search pays for every character."""
TRIGRAM = 3
NATIONAL_DIGITS = 10
"""What is left of a phone number when +7 and 8, or +44 and 0, are taken to be the same."""

Condition = ColumnElement[bool]
Place = SQLColumnExpression[str]
SEARCHED = (Order.customer_name, Order.customer_email, Order.customer_phone, Order.external_ref)

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

    def conditions(self, hidden: frozenset[str] = frozenset()) -> list[Condition]:
        """Of the orders found by their texts. The one with that very number is not among them.

        Where some texts are hidden from the reader, the index still narrows the search down and
        the open ones decide."""
        if not self.text.strip():
            return []
        number = [] if self.number is None else [Order.number != self.number]
        places = [Order.search, *_open_texts(hidden)]
        return [*(or_(false(), *self._alternatives(place)) for place in places), *number]

    def _alternatives(self, place: Place) -> Iterator[Condition]:
        """All words, in any order and anywhere; or the digits of a phone, however written."""
        words = [word for word in self._words() if any(map(str.isalnum, word))]
        if words:
            yield and_(*(_like(place, word) for word in words))
        digits = "".join(re.findall("[0-9]", self.text))
        if _PHONE.fullmatch(self.text) and len(digits) >= PHONE_DIGITS:
            yield _like(place, digits[-NATIONAL_DIGITS:])

    def _words(self) -> list[str]:
        return self.text.replace("\0", " ").lower().split()


def _open_texts(hidden: frozenset[str]) -> Iterator[Place]:
    """What `Order.search` is made of, as far as the reader sees it."""
    if hidden & {text.key for text in SEARCHED}:
        shown = [text for text in SEARCHED if text.key not in hidden]
        yield func.lower(func.concat_ws(" ", *shown))


def _like(place: Place, word: str) -> Condition:
    """Shorter than a trigram, only words that begin so are found: the index knows those."""
    safe = _WILDCARDS.sub(r"\\\1", word)
    if len(word) >= TRIGRAM:
        return place.like(f"%{safe}%")
    return or_(place.like(f"{safe}%"), place.like(f"% {safe}%"))
