"""Lists that are read on from their last row, named by its id alone."""

from typing import Any

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

MOST = 200


def beyond(id: InstrumentedAttribute[int], last: int, *keys: Any) -> ColumnElement[bool]:
    """What sorts behind the row `last`; nothing when that row is gone."""
    place = select(*keys, id).where(id == last).scalar_subquery()
    return tuple_(*keys, id) > place


def check(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise ValueError(f"A page has 1 to {MOST} rows, not {limit}.")
