"""Days, weeks and months by the shop's own clock."""

from datetime import UTC, datetime

import pytest

from domain.periods import periods


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.requirement("R143", "R144")
def test_a_day_begins_when_the_shops_clock_says_so() -> None:
    told = periods(datetime(2026, 3, 31, 21, 30, tzinfo=UTC), "Europe/Moscow")
    assert {name: (str(each.since), str(each.until)) for name, each in told.items()} == {
        "today": ("2026-04-01 00:00:00+03:00", "2026-04-01 00:30:00+03:00"),
        "yesterday": ("2026-03-31 00:00:00+03:00", "2026-04-01 00:00:00+03:00"),
        "this_week": ("2026-03-30 00:00:00+03:00", "2026-04-01 00:30:00+03:00"),
        "last_week": ("2026-03-23 00:00:00+03:00", "2026-03-30 00:00:00+03:00"),
        "this_month": ("2026-04-01 00:00:00+03:00", "2026-04-01 00:30:00+03:00"),
        "last_month": ("2026-03-01 00:00:00+03:00", "2026-04-01 00:00:00+03:00"),
        "last_month_so_far": ("2026-03-01 00:00:00+03:00", "2026-03-01 00:30:00+03:00"),
    }


def test_a_short_last_month_is_compared_as_far_as_it_goes() -> None:
    told = periods(at("2026-03-31T12:00:00+00:00"), "UTC")
    assert told["last_month_so_far"].until == told["last_month"].until == at("2026-03-01T00:00Z")
