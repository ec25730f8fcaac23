"""Lists of messages: filters by number and date, pages of at most a thousand."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from local.simulators.state import Document
from local.simulators.twilio.errors import error

_PAGE_SIZE, _LARGEST_PAGE = 50, 1000


def list_page(messages: list[Document], query: Mapping[str, str], path: str) -> Document:
    found = [message for message in messages if _fits(message, query)]
    size = min(_number(query, "PageSize", _PAGE_SIZE) or _PAGE_SIZE, _LARGEST_PAGE)
    page = _number(query, "Page", 0)
    start = page * size
    shown = found[start : start + size]
    more = start + size < len(found)
    return {
        "messages": shown,
        "page": page,
        "page_size": size,
        "start": start,
        "end": start + max(len(shown) - 1, 0),
        "uri": _uri(path, query, page),
        "first_page_uri": _uri(path, query, 0),
        "next_page_uri": _uri(path, query, page + 1) if more else None,
        "previous_page_uri": _uri(path, query, page - 1) if page else None,
    }


def _fits(message: Document, query: Mapping[str, str]) -> bool:
    if query.get("To", message["to"]) != message["to"]:
        return False
    if "From" in query and query["From"] != message["from"]:
        return False
    # A message that waits in the queue counts with the moment it was made.
    moment = parsedate_to_datetime(message["date_sent"] or message["date_created"])
    return (
        ("DateSent" not in query or _same(moment, query["DateSent"]))
        and ("DateSent>" not in query or moment >= _parse(query["DateSent>"]))
        and ("DateSent<" not in query or moment <= _parse(query["DateSent<"]))
    )


def _same(moment: datetime, text: str) -> bool:
    asked = _parse(text)
    return moment.date() == asked.date() if _is_day(text) else moment == asked


def _is_day(text: str) -> bool:
    return len(text) == len("2026-01-31")


def _parse(text: str) -> datetime:
    try:
        if _is_day(text):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise error(400, 20001, f"{text[:40]} is not a date in ISO 8601") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or len(text) > 9:
        raise error(400, 20001, f"{name} is not a number")
    return int(text)


def _uri(path: str, query: Mapping[str, str], page: int) -> str:
    return f"{path}?{urlencode({**query, 'Page': page})}"
