"""Parcels that need no network, and their labels."""

import re
from itertools import pairwise
from uuid import UUID

import pytest

from domain.money import Money
from providers.carriers import BookedParcel, Carrier, ParcelRequest, ParcelState, Place, Quote
from providers.label_page import label_page
from providers.outcomes import ProviderRefused
from providers.own_delivery import OwnDelivery, OwnDeliverySettings, Pickup

HERE = Place("GB", "London", "N1", "1 High Street")
COURIER = OwnDelivery(lambda: OwnDeliverySettings("Our courier", Money(500, "GBP")))
BRANCH = Pickup(lambda: OwnDeliverySettings("At the branch", Money(0, "GBP"), 0, 1))
REQUEST = ParcelRequest(
    UUID("0f8fad5b-d9cb-469f-a165-70867728950e"),
    "1001-1",
    "",
    HERE,
    HERE,
    "Ann Lee",
    "+442071234567",
    "ann@example.com",
    (),
)


@pytest.mark.requirement("R54")
@pytest.mark.parametrize("carrier", [COURIER, BRANCH], ids=["courier", "branch"])
def test_a_parcel_is_registered_at_once_under_our_number(carrier: Carrier) -> None:
    registered = BookedParcel("1001-1", "1001-1", ParcelState.REGISTERED)
    assert carrier.book(REQUEST) == registered
    assert carrier.book(REQUEST) == registered
    assert carrier.read("1001-1") == registered
    assert carrier.find("1001-1") is None
    carrier.cancel("1001-1")


def test_the_price_is_the_one_set() -> None:
    assert COURIER.quote(HERE, HERE, ()) == [
        Quote("own_delivery", "Our courier", Money(500, "GBP"), 1, 3)
    ]
    assert BRANCH.quote(HERE, HERE, ()) == [Quote("pickup", "At the branch", Money(0, "GBP"), 0, 1)]


def test_the_check_needs_nobody() -> None:
    assert BRANCH.check() == "At the branch: ready, nothing outside has to answer."


def test_a_label_is_one_page_of_pdf() -> None:
    label = COURIER.label("1001-1")
    assert label.media_type == "application/pdf"
    assert label.content.startswith(b"%PDF-1.4\n")
    assert label.content.endswith(b"%%EOF\n")
    assert b"(1001-1) Tj" in label.content


def test_every_object_lies_where_the_table_says() -> None:
    page = label_page("1001-1")
    [start] = re.findall(rb"startxref\n(\d+)\n", page)
    table = page[int(start) :]
    assert table.startswith(b"xref\n0 6\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", table)]
    assert [page[place : place + 7] for place in places] == [b"%d 0 obj" % n for n in range(1, 6)]
    [length] = re.findall(rb"/Length (\d+)", page)
    [stream] = re.findall(rb"stream\n(.*)\nendstream", page, re.DOTALL)
    assert len(stream) == int(length)


def test_the_bars_are_code_128() -> None:
    """A known example: the check symbol of this word is 88."""
    bars = re.findall(rb"([\d.]+) 220 ([\d.]+) 120 re f", label_page("Wikipedia"))
    edges = [edge for left, width in bars for edge in (float(left), float(left) + float(width))]
    symbols = 1 + len("Wikipedia") + 1  # start, the characters, the check symbol: 11 modules each
    widths = _modules(edges, (298 - 40) / (symbols * 11 + 13 + 20))
    assert sum(widths) == symbols * 11 + 13
    assert widths[:6] == [2, 1, 1, 2, 1, 4]  # start B
    assert widths[6:12] == [3, 1, 1, 3, 2, 1]  # W
    assert widths[-13:-7] == [4, 2, 1, 2, 1, 1]  # 88
    assert widths[-7:] == [2, 3, 3, 1, 1, 1, 2]  # stop


def _modules(edges: list[float], module: float) -> list[int]:
    """How many modules wide every bar and every gap is."""
    return [round((right - left) / module) for left, right in pairwise(edges)]


@pytest.mark.parametrize("number", ["", "заказ", "line\nbreak", "x" * 41])
def test_what_a_barcode_cannot_carry(number: str) -> None:
    with pytest.raises(ProviderRefused):
        label_page(number)
