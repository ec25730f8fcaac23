"""Rows of the database as frozen values: fields and columns of one name belong together."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_type_hints

from sqlalchemy import Row
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

Value = TypeVar("Value")


def columns(
    table: type[DeclarativeBase], value: type[Any], *more: str
) -> list[InstrumentedAttribute[Any]]:
    """What has to be read of the table to build the value."""
    names = [field.name for field in fields(value) if field.name in table.__table__.columns]
    return [getattr(table, name) for name in (*names, *more)]


def build(value: type[Value], row: Row[Any], **more: Any) -> Value:
    """Fields that no column has are given as `more`; stored words become their enumerations."""
    kind: Any = value
    words, names = _words(kind), _names(kind)
    stored = {name: row._mapping[name] for name in names if name not in more}
    return value(**{name: words.get(name, _same)(item) for name, item in stored.items()}, **more)


@cache
def _names(value: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(value))


@cache
def _words(value: type[Any]) -> Mapping[str, type[StrEnum]]:
    hints = get_type_hints(value).items()
    return {name: hint for name, hint in hints if _is_enumeration(hint)}


def _is_enumeration(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


def _same(item: Any) -> Any:
    return item
