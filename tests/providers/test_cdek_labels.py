"""Labels and prices of CDEK."""

import json
from typing import Any

import httpx
import pytest

from domain.money import Money
from providers.carriers import (
    Label,
    Place,
    Quote,
)
from providers.cdek import Cdek
from providers.outcomes import ProviderRefused, Unreachable
from tests.providers.cdek_world import (
    ADDRESS,
    BOX,
    FORM,
    ORDER,
    asked,
    conforms,
    status,
    taken,
)
from tests.providers.vendor import Vendor, answer, html


def printed(*codes: str, **more: Any) -> httpx.Response:
    entity = {"uuid": FORM, "orders": [], "statuses": [status(code) for code in codes]} | more
    for each in entity["statuses"]:
        del each["city"]
    body = {"entity": entity, "requests": [asked("CREATE", "ACCEPTED")]}
    conforms("PrintBarcodeResponse", body)
    return answer(200, body)


@pytest.mark.parametrize(
    "url",
    [
        {"url": f"https://api.cdek.ru/v2/print/barcodes/{FORM}.pdf"},
        {"url": f"https://thief.example/v2/print/barcodes/{FORM}.pdf"},
        {},
    ],
    ids=["there", "elsewhere", "nowhere"],
)
def test_a_label_is_drawn_and_our_token_stays_with_cdek(
    cdek_vendor: Vendor, cdek: Cdek, naps: list[float], url: dict[str, str]
) -> None:
    cdek_vendor.will("POST /v2/print/barcodes", taken("CREATE", "ACCEPTED", uuid=FORM))
    cdek_vendor.will(f"GET /v2/print/barcodes/{FORM}", printed("ACCEPTED", "PROCESSING"))
    cdek_vendor.will(f"GET /v2/print/barcodes/{FORM}", printed("ACCEPTED", "READY", **url))
    cdek_vendor.will(
        f"GET /v2/print/barcodes/{FORM}.pdf", httpx.Response(200, content=b"%PDF-1.7 x")
    )
    assert cdek.label(ORDER) == Label(b"%PDF-1.7 x", "application/pdf")
    assert {each.url.host for each in cdek_vendor.requests} == {"api.cdek.ru"}
    assert naps == [0.5]


def test_a_label_that_cannot_be_drawn(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will("POST /v2/print/barcodes", taken("CREATE", "ACCEPTED", uuid=FORM))
    cdek_vendor.will(f"GET /v2/print/barcodes/{FORM}", printed("ACCEPTED", "INVALID"))
    with pytest.raises(ProviderRefused):
        cdek.label(ORDER)


def test_a_label_that_is_none(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will("POST /v2/print/barcodes", taken("CREATE", "ACCEPTED", uuid=FORM))
    cdek_vendor.will(f"GET /v2/print/barcodes/{FORM}", printed("READY"))
    cdek_vendor.will(f"GET /v2/print/barcodes/{FORM}.pdf", html(200))
    with pytest.raises(Unreachable):
        cdek.label(ORDER)


def tariff(code: int, mode: int, **more: Any) -> dict[str, Any]:
    days = {"period_min": 2, "period_max": 4}
    name = {"tariff_name": f"Посылка {code}", "tariff_description": ""}
    return {"tariff_code": code, "delivery_mode": mode, "delivery_sum": 350.35} | days | name | more


def test_prices_to_an_address(cdek_vendor: Vendor, cdek: Cdek) -> None:
    listed = {"tariff_codes": [tariff(137, 3), tariff(136, 4, calendar_min=3, calendar_max=6)]}
    conforms("TariffListResponse", listed)
    cdek_vendor.will("POST /v2/calculator/tarifflist", answer(200, listed))
    assert cdek.quote(ADDRESS, ADDRESS, (BOX,)) == [
        Quote("137", "Посылка 137", Money(35_035, "RUB"), 2, 4),
        Quote("136", "Посылка 136", Money(35_035, "RUB"), 3, 6),
    ]


def test_prices_to_a_pickup_point_of_an_unknown_town(cdek_vendor: Vendor, cdek: Cdek) -> None:
    point = [{"code": "KZN1", "location": {"city_code": 424, "city": "Казань"}}]
    listed = {"tariff_codes": [tariff(137, 3), tariff(136, 4)]}
    cdek_vendor.will("GET /v2/deliverypoints", answer(200, point))
    cdek_vendor.will("POST /v2/calculator/tarifflist", answer(200, listed))
    quotes = cdek.quote(ADDRESS, Place(point_code="KZN1"), (BOX,))
    assert [quote.service for quote in quotes] == ["136"]
    assert json.loads(cdek_vendor.requests[-1].content)["to_location"] == {"code": 424}


def test_no_price_has_a_reason(cdek_vendor: Vendor, cdek: Cdek) -> None:
    error = {"errors": [{"code": "err_result_empty", "message": "Направление не обслуживается"}]}
    cdek_vendor.will("POST /v2/calculator/tarifflist", answer(200, error))
    with pytest.raises(ProviderRefused, match="Направление не обслуживается"):
        cdek.quote(ADDRESS, ADDRESS, (BOX,))
