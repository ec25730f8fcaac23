"""Registering parcels with CDEK."""

import json
from dataclasses import replace
from typing import Any

import pytest

from domain.money import Money
from providers.carriers import (
    BookedParcel,
    ParcelState,
)
from providers.cdek import Cdek
from providers.outcomes import OutcomeUnknown, ProviderRefused
from tests.providers.cdek_world import (
    BOX,
    ORDER,
    OTHER,
    REQUEST,
    SETTINGS,
    not_found,
    order,
    rules,
    status,
    taken,
)
from tests.providers.vendor import Vendor, answer, query


def test_booking_looks_by_our_number_and_then_registers(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will("GET /v2/orders", not_found())
    cdek_vendor.will("POST /v2/orders", taken("CREATE", "ACCEPTED"))
    assert cdek.book(REQUEST) == BookedParcel(ORDER, None, ParcelState.ACCEPTED)
    assert query(cdek_vendor.requests[1]) == {"im_number": "1001-1"}
    assert json.loads(cdek_vendor.requests[2].content) == {
        "type": 1,
        "number": "1001-1",
        "tariff_code": 137,
        "comment": "Осторожно",
        "shipment_point": "MSK5",
        "to_location": {
            "country_code": "RU",
            "city": "Казань",
            "postal_code": "420000",
            "address": "ул. Баумана, 1",
        },
        "recipient": {
            "name": "Иван Петров",
            "phones": [{"number": "+79161234567"}],
            "email": "ivan@example.com",
        },
        "packages": [
            {
                "number": "1001-1/1",
                "weight": 1500,
                "length": 30,
                "width": 20,
                "height": 15,
                "items": [
                    {
                        "name": "Чайник",
                        "ware_key": "SKU-1",
                        "payment": {"value": 0},
                        "cost": 1250.5,
                        "weight": 1000,
                        "amount": 1,
                    },
                    {
                        "name": "Чашка",
                        "ware_key": "SKU-2",
                        "payment": {"value": 199.0},
                        "cost": 199.0,
                        "weight": 250,
                        "amount": 2,
                    },
                ],
            }
        ],
    }


def test_a_repeated_booking_finds_the_first(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will("GET /v2/orders", answer(200, order(status("CREATED"))))
    assert cdek.book(REQUEST).reference == ORDER


def test_a_rejected_order_leaves_its_number_free(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will("GET /v2/orders", answer(200, order(status("INVALID"), uuid=OTHER)))
    cdek_vendor.will("POST /v2/orders", taken("CREATE", "ACCEPTED"))
    assert cdek.book(REQUEST) == BookedParcel(ORDER, None, ParcelState.ACCEPTED)


@pytest.mark.parametrize("code", ["v2_similar_request_still_processed", "v2_entity_invalid"])
def test_a_number_taken_by_our_own_lost_call_is_that_parcel(
    cdek_vendor: Vendor, cdek: Cdek, code: str
) -> None:
    cdek_vendor.will("GET /v2/orders", not_found())
    cdek_vendor.will("POST /v2/orders", taken("CREATE", "INVALID", (code, "Taken"), status=400))
    cdek_vendor.will("GET /v2/orders", answer(200, order(status("ACCEPTED"))))
    found = cdek.book(REQUEST)
    assert (found.reference, found.state) == (ORDER, ParcelState.ACCEPTED)


def test_a_booking_still_processed_leaves_us_in_doubt(cdek_vendor: Vendor, cdek: Cdek) -> None:
    error = ("v2_similar_request_still_processed", "Wait")
    cdek_vendor.will("GET /v2/orders", not_found())
    cdek_vendor.will("POST /v2/orders", taken("CREATE", "INVALID", error, status=400))
    cdek_vendor.will("GET /v2/orders", not_found())
    with pytest.raises(OutcomeUnknown):
        cdek.book(REQUEST)


@pytest.mark.parametrize("http_status", [202, 400])
def test_a_refused_booking_gives_reasons_without_the_customer(
    cdek_vendor: Vendor, cdek: Cdek, http_status: int
) -> None:
    errors = (
        ("v2_recipient_location_not_recognized", "Не найден адрес ул. Баумана, 1 для Иван Петров"),
        ("v2_field_is_empty", "Пусто поле phone +7 916 123-45-67, ivan@example.com"),
    )
    cdek_vendor.will("GET /v2/orders", not_found())
    cdek_vendor.will("POST /v2/orders", taken("CREATE", "INVALID", *errors, status=http_status))
    cdek_vendor.will("GET /v2/orders", not_found())
    with pytest.raises(ProviderRefused) as refused:
        cdek.book(REQUEST)
    assert refused.value.code == "v2_recipient_location_not_recognized"
    assert str(refused.value) == "CDEK: Не найден адрес … для …; Пусто поле phone …, …"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service": "express"}, "service"),
        ({"number": ""}, "number"),
        ({"number": "1" * 41}, "number"),
        (
            {"boxes": (replace(BOX, items=(replace(BOX.items[0], unit_price=Money(1, "EUR")),)),)},
            "currency",
        ),
    ],
)
def test_what_cdek_could_not_understand_is_not_sent(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ProviderRefused) as refused:
        Cdek(lambda: SETTINGS, Vendor(rules)).book(replace(REQUEST, **changes))
    assert refused.value.code == code
