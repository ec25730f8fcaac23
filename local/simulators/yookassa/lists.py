"""Lists, newest first: filters by time, status and so on; a cursor to the next page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import ge, gt, le, lt

from local.simulators.state import Document
from local.simulators.yookassa.values import invalid, parse_time

_COMPARISONS = {"gte": ge, "gt": gt, "lte": le, "lt": lt}
_TIMES = ("created_at", "captured_at")
_EQUALS = ("status", "payment_id")
_LIMIT, _LARGEST_LIMIT = 10, 100

Test = Callable[[Document], bool]


def list_page(documents: list[Document], query: Mapping[str, str]) -> Document:
    tests = _tests(query)
    found = [document for document in documents if all(test(document) for test in tests)]
    start, limit = _start(found, query.get("cursor")), _limit(query.get("limit"))
    page = found[start : start + limit]
    more = start + limit < len(found)
    return {"type": "list", "items": page} | ({"next_cursor": page[-1]["id"]} if more else {})


def _tests(query: Mapping[str, str]) -> list[Test]:
    tests = [_equals(name, query[name]) for name in _EQUALS if name in query]
    for name in _TIMES:
        for suffix, compare in _COMPARISONS.items():
            if (parameter := f"{name}.{suffix}") in query:
                tests.append(_compares(name, compare, parse_time(query[parameter], parameter)))
    if "payment_method" in query:
        tests.append(lambda d: bool(d["payment_method"]["type"] == query["payment_method"]))
    return tests


def _equals(name: str, value: str) -> Test:
    return lambda document: document.get(name) == value


def _compares(name: str, compare: Callable[[datetime, datetime], bool], moment: datetime) -> Test:
    def test(document: Document) -> bool:
        text = document.get(name)
        return text is not None and compare(datetime.fromisoformat(text), moment)

    return test


def _start(found: list[Document], cursor: str | None) -> int:
    if cursor is None:
        return 0
    place = next((n for n, document in enumerate(found) if document["id"] == cursor), None)
    if place is None:
        raise invalid("Is not a cursor of this list", "cursor")
    return place + 1


def _limit(text: str | None) -> int:
    if text is None:
        return _LIMIT
    if not text.isdecimal() or not 1 <= int(text) <= _LARGEST_LIMIT:
        raise invalid(f"Is not a number from 1 to {_LARGEST_LIMIT}", "limit")
    return int(text)
