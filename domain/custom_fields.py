"""Fields of customers that the shop's owner defines, and what may be written into them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.access import FieldLevel
from domain.errors import Refusal

LONGEST_TEXT = 2000
MOST_FIELDS = 50
LARGEST_NUMBER = 10**15


class CustomValueWrong(Refusal):
    """The value does not fit the field that the owner defined."""


class TooManyCustomFields(Refusal):
    """So many fields help nobody."""


class CustomKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    BOOL = "bool"


@dataclass(frozen=True)
class CustomField:
    key: str
    kind: CustomKind
    choices: tuple[str, ...] = ()
    shop_level: FieldLevel = FieldLevel.HIDDEN
    is_active: bool = True

    def check(self, value: Any) -> None:
        if not self.is_active:
            raise CustomValueWrong(f"{self.key}: this field is not in use any more.")
        if not _FITS[self.kind](value):
            raise CustomValueWrong(f"{self.key}: {_WANTED[self.kind]} is wanted.")
        if self.kind is CustomKind.CHOICE and value not in self.choices:
            raise CustomValueWrong(f"{self.key}: one of {', '.join(self.choices)} is wanted.")


def merge(
    fields: Mapping[str, CustomField], before: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """What was there with what is wanted; None takes a value away. Values that stay as they are
    may be older than the field's rules."""
    for key, value in wanted.items():
        if key not in fields:
            raise CustomValueWrong(f"There is no field {key!r}.")
        if value is not None and before.get(key) != value:
            fields[key].check(value)
    return {key: value for key, value in {**before, **wanted}.items() if value is not None}


def as_typed(field: CustomField, text: str) -> Any:
    """What a query parameter says, in the field's own type."""
    value = _READ.get(field.kind, str)(text)
    if value is None or not _FITS[field.kind](value):
        raise CustomValueWrong(f"{field.key}: {_WANTED[field.kind]} is wanted, not {text[:50]!r}.")
    return value


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) <= LARGEST_NUMBER


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and "\0" not in value


def _number(text: str) -> int | float | None:
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return None


def _bool(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


_FITS: Mapping[CustomKind, Callable[[Any], bool]] = {
    CustomKind.TEXT: _is_text,
    CustomKind.NUMBER: _is_number,
    CustomKind.CHOICE: _is_text,
    CustomKind.DATE: _is_date,
    CustomKind.BOOL: lambda value: isinstance(value, bool),
}
_WANTED: Mapping[CustomKind, str] = {
    CustomKind.TEXT: f"a text of 1 to {LONGEST_TEXT} characters",
    CustomKind.NUMBER: "a number",
    CustomKind.CHOICE: "one of the choices",
    CustomKind.DATE: "a date like 2026-11-22",
    CustomKind.BOOL: "true or false",
}
_READ: Mapping[CustomKind, Callable[[str], Any]] = {
    CustomKind.NUMBER: _number,
    CustomKind.BOOL: _bool,
}
