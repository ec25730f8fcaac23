"""The fields that not everybody may see: declared once, for answers, lists, search and history."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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


def _declare(*fields: GuardedField) -> dict[str, GuardedField]:
    return {field.name: field for field in fields}


GUARDED: Mapping[str, Mapping[str, GuardedField]] = {
    "order": _declare(
        GuardedField("customer_name", is_searched=True),
        GuardedField("customer_email", filters=("customer_email",), is_searched=True),
        GuardedField("customer_phone", is_searched=True),
        GuardedField("address"),
        GuardedField("comment"),
        GuardedField("unit_price"),
        GuardedField("gross", is_writable=False),
        GuardedField("tax", is_writable=False),
        GuardedField("goods", is_writable=False),
        GuardedField("shipping"),
        GuardedField("shipping_tax", is_writable=False),
        GuardedField("total", ("total_from", "total_to"), ("total",), is_writable=False),
        GuardedField("allowance", is_writable=False),
        GuardedField("authorised", is_writable=False),
        GuardedField("captured", is_writable=False),
        GuardedField("refunded", is_writable=False),
        GuardedField("amount"),
        GuardedField("document"),
        GuardedField("notes"),
        GuardedField("files"),
    ),
    "product": _declare(
        GuardedField("price"),
        GuardedField("tax_class"),
    ),
    "stock": _declare(
        GuardedField("on_hand"),
        GuardedField("allocated", is_writable=False),
        GuardedField("available", is_writable=False),
    ),
    "customer": _declare(
        GuardedField("email", filters=("email",), is_searched=True),
        GuardedField("phone", filters=("phone",), is_searched=True),
        GuardedField("address", filters=("city", "country")),
        GuardedField("custom"),
        GuardedField("note"),
        GuardedField("consents"),
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


def guarded(key: str) -> GuardedField:
    noun, _, name = key.partition(".")
    return GUARDED[noun][name]
