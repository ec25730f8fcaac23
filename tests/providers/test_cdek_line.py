"""Keys, tokens and broken lines to CDEK."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from providers.carriers import (
    ParcelState,
)
from providers.cdek import Cdek, CdekSettings
from providers.outcomes import CredentialsRejected, OutcomeUnknown, Unreachable
from tests.providers.cdek_world import ORDER, REQUEST, SETTINGS, not_found, order, status, token
from tests.providers.vendor import Vendor, answer, html


def test_one_token_serves_many_calls(cdek_vendor: Vendor, cdek: Cdek) -> None:
    for _ in range(3):
        cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("CREATED"))))
        cdek.read(ORDER)
    assert [each.url.path for each in cdek_vendor.requests].count("/v2/oauth/token") == 1


def test_a_token_about_to_end_is_renewed(cdek_vendor: Vendor) -> None:
    adapter = Cdek(lambda: SETTINGS, cdek_vendor)
    for number in (1, 2):
        cdek_vendor.will("POST /v2/oauth/token", token(number, lasts=59))
        cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("CREATED"))))
        adapter.read(ORDER)
    assert cdek_vendor.requests[-1].headers["Authorization"] == "Bearer token-2"


def test_other_keys_get_another_token(cdek_vendor: Vendor) -> None:
    places = [SETTINGS, replace(SETTINGS, base_url="https://api.edu.cdek.ru/v2")]
    adapter = Cdek(lambda: places[0], cdek_vendor)
    for number in (1, 2):
        cdek_vendor.will("POST /v2/oauth/token", token(number))
        cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("CREATED"))))
        adapter.read(ORDER)
        places.reverse()
    assert cdek_vendor.requests[-1].headers["Authorization"] == "Bearer token-2"
    assert cdek_vendor.requests[-1].url.host == "api.edu.cdek.ru"


def test_a_refused_token_is_renewed_once(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(401, {}))
    cdek_vendor.will("POST /v2/oauth/token", token(2))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(200, order(status("CREATED"))))
    assert cdek.read(ORDER).state is ParcelState.REGISTERED


def test_keys_refused_twice_need_a_person(cdek_vendor: Vendor, cdek: Cdek) -> None:
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(401, {}))
    cdek_vendor.will("POST /v2/oauth/token", token(2))
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", answer(401, {}))
    with pytest.raises(CredentialsRejected):
        cdek.read(ORDER)


def test_wrong_keys_get_no_token(cdek_vendor: Vendor) -> None:
    error = {"error": "invalid_client", "error_description": "Bad client password"}
    cdek_vendor.will("POST /v2/oauth/token", answer(400, error))
    with pytest.raises(CredentialsRejected) as refused:
        Cdek(lambda: SETTINGS, cdek_vendor).check()
    assert str(refused.value) == "CDEK does not accept our keys (400)."


def test_no_token_means_nothing_was_booked(cdek_vendor: Vendor) -> None:
    cdek_vendor.will("POST /v2/oauth/token", httpx.ReadTimeout("slow"))
    with pytest.raises(Unreachable):
        Cdek(lambda: SETTINGS, cdek_vendor).book(REQUEST)


def test_missing_keys_are_not_sent(cdek_vendor: Vendor) -> None:
    with pytest.raises(CredentialsRejected, match="is not set"):
        Cdek(lambda: CdekSettings("", ""), cdek_vendor).read(ORDER)


def test_the_check_takes_a_new_token(cdek_vendor: Vendor, cdek: Cdek) -> None:
    assert cdek.check() == "CDEK accepts the account; prices are in RUB."


IN_DOUBT: list[Callable[[], httpx.Response | Exception]] = [
    lambda: httpx.ReadTimeout("slow"),
    lambda: httpx.ReadError("reset"),
    lambda: html(502),
    lambda: html(200),
    lambda: httpx.Response(200, content=b""),
    lambda: httpx.Response(202, content=b'{"entity": {"uu'),
    lambda: answer(202, {"entity": None, "requests": []}),
]


@pytest.mark.parametrize("reply", IN_DOUBT)
def test_a_lost_answer_to_a_booking_leaves_us_in_doubt(
    cdek_vendor: Vendor, cdek: Cdek, reply: Callable[[], httpx.Response | Exception]
) -> None:
    cdek_vendor.will("GET /v2/orders", not_found())
    cdek_vendor.will("POST /v2/orders", reply())
    with pytest.raises(OutcomeUnknown):
        cdek.book(REQUEST)


@pytest.mark.parametrize("reply", IN_DOUBT[:-1])
def test_a_lost_answer_to_a_question_may_be_asked_again(
    cdek_vendor: Vendor, cdek: Cdek, reply: Callable[[], httpx.Response | Exception]
) -> None:
    cdek_vendor.will(f"GET /v2/orders/{ORDER}", reply())
    with pytest.raises(Unreachable):
        cdek.read(ORDER)


@pytest.mark.parametrize(
    "reply", [lambda: httpx.ConnectError("refused"), lambda: answer(429, {})], ids=["gone", "429"]
)
def test_what_was_not_done_may_be_sent_again(
    cdek_vendor: Vendor, cdek: Cdek, reply: Callable[[], httpx.Response | Exception]
) -> None:
    cdek_vendor.will("GET /v2/orders", not_found())
    cdek_vendor.will("POST /v2/orders", reply())
    with pytest.raises(Unreachable):
        cdek.book(REQUEST)
