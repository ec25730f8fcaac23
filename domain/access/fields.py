"""The fields that not everybody may see: declared once, for answers, lists, search and history."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

Model = TypeVar("Model", bound=type)


class FieldLevel(StrEnum):
    HIDDEN = "hidden"
    READ = "read"
    WRITE = "write"

    @property
    def rank(self) -> int:
        return list(FieldLevel).index(self)


@dataclass(frozen=True)
class GuardedField:
    """`name` as answers, requests and history call it."""

    name: str
    filters: tuple[str, ...] = ()
    """Query parameters that would tell it."""
    sorts: tuple[str, ...] = ()
    """Values of `sort` that would tell it, without the minus."""
    is_searched: bool = False
    """`q` looks into it."""
    is_writable: bool = True
    told_as: tuple[str, ...] = ()
    """Further names that tell it, in answers and requests; `customer.name`: of `customer` only."""


def _declare(*fields: GuardedField) -> dict[str, GuardedField]:
    return {field.name: field for field in fields}


GUARDED: Mapping[str, Mapping[str, GuardedField]] = {
    "order": _declare(
        GuardedField("customer_name", is_searched=True, told_as=("customer.name",)),
        GuardedField(
            "customer_email",
            filters=("customer_email",),
            is_searched=True,
            told_as=("customer.email",),
        ),
        GuardedField("customer_phone", is_searched=True, told_as=("customer.phone",)),
        GuardedField("address"),
        GuardedField("comment"),
        GuardedField("unit_price"),
        GuardedField("gross", is_writable=False),
        GuardedField("tax", is_writable=False),
        GuardedField("goods", is_writable=False),
        GuardedField("shipping", is_writable=False),
        GuardedField("shipping_tax", is_writable=False),
        GuardedField(
            "total",
            ("total_from", "total_to"),
            ("total",),
            is_writable=False,
            told_as=("difference", "to_refund", "to_collect"),
        ),
        GuardedField("allowance", is_writable=False),
        GuardedField("authorised", is_writable=False),
        GuardedField("captured", is_writable=False),
        GuardedField("refunded", is_writable=False),
        GuardedField("amount"),
        GuardedField("document"),
        GuardedField("notes"),
        GuardedField("files", told_as=("details.name",)),
    ),
    "product": _declare(
        GuardedField("price", ("price_from", "price_to"), ("price",)),
        GuardedField("tax_class"),
    ),
    "stock": _declare(
        GuardedField("on_hand", told_as=("on_hand_change",)),
        GuardedField("allocated", is_writable=False, told_as=("allocated_change",)),
        GuardedField("available", ("stock", "below"), is_writable=False, told_as=("missing",)),
    ),
    "customer": _declare(
        GuardedField("email", filters=("email",), is_searched=True),
        GuardedField("phone", filters=("phone",), is_searched=True),
        GuardedField("address", filters=("city", "country"), told_as=("addresses",)),
        GuardedField("custom", filters=("custom",)),
        GuardedField("note"),
        GuardedField("consents", filters=("consent", "no_consent")),
        GuardedField("spent", ("spent_from", "spent_to"), ("spent",), is_writable=False),
    ),
    "staff": _declare(
        GuardedField("login", is_searched=True),
        GuardedField("email", is_searched=True),
        GuardedField("phone", is_searched=True),
    ),
}

EVERY_FIELD = frozenset(f"{noun}.{name}" for noun, fields in GUARDED.items() for name in fields)
"""As grants name them: `order.total`."""
WRITABLE = frozenset(
    f"{noun}.{field.name}"
    for noun, fields in GUARDED.items()
    for field in fields.values()
    if field.is_writable
)


def guarded(key: str) -> GuardedField:
    noun, _, name = key.partition(".")
    return GUARDED[noun][name]


NOUNS_OF: Mapping[str, frozenset[str]] = {
    **{noun: frozenset({noun}) for noun in GUARDED},
    "payment": frozenset({"order"}),
    "process": frozenset({"order"}),
    "product": frozenset({"product", "stock"}),
    "account": frozenset({"staff"}),
}
"""Whose guarded fields the answers about a noun may hold, where a noun has none of its own."""


def of_noun(*nouns: str) -> Callable[[Model], Model]:
    """Marks a model as telling of these nouns, whatever it is part of; of none: it is open."""

    def mark(model: Model) -> Model:
        model.__nouns__ = frozenset(nouns)  # type: ignore[attr-defined]
        return model

    return mark


@cache
def told_by(nouns: frozenset[str], key: str, parent: str = "") -> frozenset[str]:
    """The guarded fields, as `order.total`, that `key` inside of `parent` tells.

    History names parts of a thing first: `line 1 total`."""
    name = key.rpartition(" ")[2]
    names = {name, f"{parent}.{name}"}
    return frozenset(
        f"{noun}.{field.name}"
        for noun in nouns
        for field in GUARDED.get(noun, {}).values()
        if names & {field.name, *field.told_as}
    )


def nouns_of(subjects: Iterable[str]) -> frozenset[str]:
    """Of the subjects of history, or the nouns of rights; of an unknown one every noun."""
    found: frozenset[str] = frozenset()
    for subject in subjects:
        found |= NOUNS_OF.get(subject, frozenset(GUARDED))
    return found
