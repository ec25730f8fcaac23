"""What an order has to say in its notices: the values of the placeholders."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template

from domain.money import Money
from domain.notice_texts import FALLBACK, LANGUAGES
from domain.notice_texts.amounts import NO_BREAK_SPACE, written
from domain.notices import Audience, Recipient

_LONGEST_VALUE = 120
_MOST_ITEMS = 20
UNSEEN = "—"


@dataclass(frozen=True)
class Item:
    name: str
    quantity: int


@dataclass(frozen=True)
class Facts:
    order_number: int
    shop_name: str
    customer_name: str
    total: Money
    refunded: Money
    items: Sequence[Item]
    responsible_name: str = ""
    tracking: str = ""
    attention: str = ""
    """Code of the step that cannot go on; said in the reader's language."""
    reason: str = ""
    """As a member of staff wrote it; for staff only."""
    is_named: bool = True
    """No: the customer's e-mail address stands in for the name."""


_FOR_ALL = frozenset(
    {
        "order_number",
        "shop_name",
        "customer_name",
        "recipient_name",
        "total",
        "refunded",
        "items",
        "responsible_name",
        "tracking",
    }
)
PLACEHOLDERS: Mapping[Audience, frozenset[str]] = {
    Audience.CUSTOMER: _FOR_ALL,
    Audience.STAFF: _FOR_ALL | {"reason"},
}

EXAMPLE = Facts(
    order_number=100001,
    shop_name="Blue Door",
    customer_name="Ada Martin",
    total=Money(123450, "EUR"),
    refunded=Money(2500, "EUR"),
    items=(Item("Blue mug", 2), Item("Tea towel", 1)),
    responsible_name="Sam Petrov",
    tracking="1Z999AA10123456784",
    attention="book_parcel",
)
"""What a preview shows."""


def values(facts: Facts, recipient: Recipient, language: str) -> dict[str, str]:
    """Empty where there is nothing to say. Each value is one line, `items` a line an item."""
    lines = {
        "order_number": str(facts.order_number),
        "shop_name": facts.shop_name,
        "customer_name": facts.customer_name,
        "recipient_name": recipient.name,
        "total": written(facts.total, language),
        "refunded": written(facts.refunded, language),
        "responsible_name": facts.responsible_name,
        "tracking": facts.tracking,
    }
    if recipient.audience is Audience.STAFF:
        lines["reason"] = facts.reason or _spoken(facts.attention, language)
    hidden = _hidden(facts, recipient)
    return {name: UNSEEN if name in hidden else _one_line(text) for name, text in lines.items()} | {
        "items": _items(facts.items, language)
    }


def _hidden(facts: Facts, recipient: Recipient) -> frozenset[str]:
    """What this reader may not see; a dash stands for it, for its line may tell more."""
    tells_email = not facts.is_named and "customer_email" in recipient.hidden
    return recipient.hidden | ({"customer_name"} if tells_email else set())


def _spoken(step: str, language: str) -> str:
    words = LANGUAGES.get(language, LANGUAGES[FALLBACK]).attention
    return words.get(step, step.replace("_", " "))


def _items(items: Sequence[Item], language: str) -> str:
    lines = [f"{item.quantity} × {_one_line(item.name)}" for item in items[:_MOST_ITEMS]]
    if len(items) > _MOST_ITEMS:
        words = LANGUAGES.get(language, LANGUAGES[FALLBACK]).more_items
        lines.append(Template(words).substitute(count=len(items) - _MOST_ITEMS))
    return "\n".join(lines)


def _one_line(text: str) -> str:
    # The no-break space in an amount of money is "not printable" to Python.
    shown = "".join(sign if sign.isprintable() or sign == NO_BREAK_SPACE else " " for sign in text)
    shown = re.sub(" {2,}", " ", shown).strip()
    return shown if len(shown) <= _LONGEST_VALUE else shown[: _LONGEST_VALUE - 1] + "…"
