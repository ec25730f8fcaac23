"""The token of the next page: opaque to callers, good for the sort order it was given out in."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from db.reads.orders import Cursor, OrderSort
from domain.errors import Refusal

LONGEST = 200
BIGINT = 2**63


class BadCursor(Refusal):
    """The page token is not one of ours, or belongs to another sort order."""


def encode(cursor: Cursor, sort: OrderSort) -> str:
    key = cursor.key.isoformat() if isinstance(cursor.key, datetime) else cursor.key
    text = json.dumps([sort, key, cursor.id.hex], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(token: str, sort: OrderSort) -> Cursor:
    if len(token) > LONGEST:
        raise BadCursor("This page token is too long to be one.")
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        given, key, id = json.loads(urlsafe_b64decode(padded))
        cursor = Cursor(_key(OrderSort(given), key), UUID(hex=id))
    except (ValueError, TypeError, AttributeError):
        raise BadCursor("This page token cannot be read.") from None
    if given != sort:
        raise BadCursor("This page token belongs to another sort order: start from the first page.")
    return cursor


def _key(sort: OrderSort, key: Any) -> datetime | int | None:
    if key is None:
        return None
    if sort in (OrderSort.NEWEST, OrderSort.OLDEST):
        return _moment(key)
    if type(key) is not int or not -BIGINT <= key < BIGINT:
        raise ValueError(key)
    return key


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
