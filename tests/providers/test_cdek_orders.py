"""Reading CDEK's orders and taking them back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from providers.carriers import (
    ParcelState,
)
from providers.cdek import Cdek
from providers.outcomes import OutcomeUnknown, ProviderRefused
from providers.wire import Limits
from tests.providers.cdek_world import (
    NOT_FOUND,
    ORDER,
    OTHER,
    SETTINGS,
    asked,
    not_found,
    order,
    status,
    taken,
    token,
)
from tests.providers.vendor import Vendor, answer


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("ACCEPTED", ParcelState.ACCEPTED),
        ("CREATED", ParcelState.REGISTERED),
        ("RECEIVED_AT_SHIPMENT_WAREHOUSE", ParcelState.HANDED_OVER),
        ("SENT_TO_TRANSIT_CITY", ParcelState.IN_TRANSIT),
        ("SENT_TO_RECIPIENT_CITY", ParcelState.IN_TRANSIT),
        ("IN_CUSTOMS_LOCAL", ParcelState.IN_TRANSIT),
        ("A_STATUS_OF_NEXT_YEAR", ParcelState.IN_TRANSIT),
        ("ACCEPTED_AT_PICK_UP_POINT", ParcelState.READY_FOR_PICKUP),
        ("POSTOMAT_POSTED", ParcelState.READY_FOR_PICKUP),
        ("TAKEN_BY_COURIER", ParcelState.OUT_FOR_DELIVERY),
        ("DELIVERED", ParcelState.DELIVERED),
        ("POSTOMAT_RECEIVED", ParcelState.DELIVERED),
        ("NOT_DELIVERED", ParcelState.RETURNING),
        ("RETURNED_TO_RECIPIENT_CITY_WAREHOUSE", ParcelState.RETURNING),
        ("INVALID", ParcelState.REJECTED),
        ("REMOVED", ParcelState.REJECTED),
    ],
)
def test_every_status_is_understood(
    cdek_vendor: Vendor, cdek: Cdek, code: str, state: ParcelState
) -> None:
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status(code))))
    parcel = cdek.read(ORDER)
    assert (parcel.state, parcel.tracking_number) == (state, "1106207236")


def test_events_out_of_order_and_taken_back(cdek_vendor: Vendor, cdek: Cdek) -> None:
    told = order(
        status("DELIVERED", 40, deleted=True),
        status("ACCEPTED_AT_PICK_UP_POINT", 30),
        status("CREATED", 5),
        status("ACCEPTED", 5),
        status("SENT_TO_TRANSIT_CITY", 20),
    )
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, told))
    parcel = cdek.read(ORDER)
    assert parcel.state is ParcelState.READY_FOR_PICKUP
    assert [event.code for event in parcel.events] == [
        "ACCEPTED",
        "CREATED",
        "SENT_TO_TRANSIT_CITY",
        "ACCEPTED_AT_PICK_UP_POINT",
    ]
    assert parcel.events[0].at == datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
    assert parcel.events[0].place == "Москва"


def test_an_order_rejected_later_says_why(cdek_vendor: Vendor, cdek: Cdek) -> None:
    told = order(status("ACCEPTED"), cdek_number=None)
    told["requests"] = [asked("CREATE", "INVALID", ("v2_x", "Адрес ул. Баумана, 1 неизвестен"))]
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, told))
    parcel = cdek.read(ORDER)
    assert (parcel.state, parcel.tracking_number) == (ParcelState.REJECTED, None)
    assert parcel.reject_reason == "Адрес … неизвестен"


@pytest.mark.parametrize(
    ("end", "state"),
    [("SENT_TO_SENDER_CITY", ParcelState.RETURNING), ("DELIVERED", ParcelState.RETURNED)],
)
def test_an_undelivered_parcel_is_followed_home(
    cdek_vendor: Vendor, cdek: Cdek, end: str, state: ParcelState
) -> None:
    told = order(status("NOT_DELIVERED"))
    told["related_entities"] = [{"uuid": OTHER, "type": "return_order"}]
    home = order(status(end, 50), uuid=OTHER, is_return=True)
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, told))
    cdek_vendor.will(f"GET /v2/orders/{OTHER}", answer(200, home))
    parcel = cdek.read(ORDER)
    assert (parcel.reference, parcel.state) == (ORDER, state)
    assert [event.code for event in parcel.events] == ["NOT_DELIVERED", end]


def test_an_unknown_order_cannot_be_read(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", not_found())
    with pytest.raises(ProviderRefused) as refused:
        cdek.read(ORDER)
    assert refused.value.code == NOT_FOUND[0]


def test_nothing_is_found_under_a_new_number(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will("GET /v2/orders", not_found())
    assert cdek.find("1001-1") is None


def test_a_booking_is_taken_back(cdek_vendor: Vendor, cdek: Cdek, naps: list[float]) -> None:
    cdek_vendor.will(f"DELETE /v2/orders/{ORDER}", taken("DELETE", "ACCEPTED"))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("CREATED"))))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("REMOVED", 9))))
    cdek.cancel(ORDER)
    assert naps == [0.5]


@pytest.mark.parametrize(
    "gone", [not_found, lambda: answer(200, order(status("REMOVED")))], ids=["unknown", "removed"]
)
def test_taking_back_twice_is_once(
    cdek_vendor: Vendor, cdek: Cdek, gone: Callable[[], httpx.Response]
) -> None:
    error = ("v2_entity_not_found", "No such order")
    cdek_vendor.will(f"DELETE /v2/orders/{ORDER}", taken("DELETE", "INVALID", error, status=400))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", gone())
    cdek.cancel(ORDER)


def test_a_parcel_on_its_way_is_not_taken_back(cdek_vendor: Vendor, cdek: Cdek) -> None:
    error = ("v2_entity_invalid", "Wrong status")
    cdek_vendor.will(f"DELETE /v2/orders/{ORDER}", taken("DELETE", "INVALID", error, status=400))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("SENT_TO_TRANSIT_CITY"))))
    with pytest.raises(ProviderRefused, match=r"^CDEK: Wrong status$"):
        cdek.cancel(ORDER)


def test_a_wish_to_take_back_refused_later(cdek_vendor: Vendor, cdek: Cdek) -> None:
    told = order(status("SENT_TO_TRANSIT_CITY"))
    told["requests"].append(asked("DELETE", "INVALID", ("v2_entity_invalid", "Wrong status")))
    cdek_vendor.will(f"DELETE /v2/orders/{ORDER}", taken("DELETE", "ACCEPTED"))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, told))
    with pytest.raises(ProviderRefused, match=r"^CDEK: Wrong status$"):
        cdek.cancel(ORDER)


def test_taking_back_that_stays_unconfirmed_leaves_us_in_doubt(cdek_vendor: Vendor) -> None:
    hasty = replace(SETTINGS, limits=Limits(whole_s=0.1), poll_s=0.2)
    cdek_vendor.will("POST /v2/oauth/token", token())
    cdek_vendor.will(f"DELETE /v2/orders/{ORDER}", taken("DELETE", "ACCEPTED"))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("CREATED"))))
    with pytest.raises(OutcomeUnknown):
        Cdek(lambda: hasty, cdek_vendor).cancel(ORDER)
