"""Days, weeks and months as the shop's clock has them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Period:
    since: datetime
    until: datetime
    """The first moment that is too late."""


def periods(now: datetime, timezone: str) -> dict[str, Period]:
    """`last_month_so_far` ends where this month stands now, so that the two can be compared."""
    local = now.astimezone(ZoneInfo(timezone))
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    return {
        "today": Period(today, local),
        "yesterday": Period(today - timedelta(days=1), today),
        "this_week": Period(week, local),
        "last_week": Period(week - timedelta(days=7), week),
        "this_month": Period(month, local),
        "last_month": Period(last_month, month),
        "last_month_so_far": Period(last_month, min(month, last_month + (local - month))),
    }
