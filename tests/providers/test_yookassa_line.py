"""Keys, limits and broken lines to YooKassa."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.yookassa import YooKassa, YooKassaSettings
from tests.providers.vendor import Vendor, answer, html
from tests.providers.yookassa_world import ERROR, REFERENCE, REFUND, SETTINGS, START, payment

IN_DOUBT: list[Callable[[], httpx.Response | Exception]] = [
    lambda: httpx.ReadTimeout("slow"),
    lambda: httpx.ReadError("reset"),
    lambda: httpx.RemoteProtocolError("half an answer"),
    lambda: answer(500, {**ERROR, "code": "internal_server_error"}),
    lambda: html(502),
    lambda: html(200),
    lambda: html(404),
    lambda: httpx.Response(200, content=b""),
    lambda: httpx.Response(200, content=b'{"id": "23d93cac", "stat'),
    lambda: answer(200, [1, 2]),
    lambda: answer(200, payment("pending", amount=None)),
    lambda: answer(200, payment("pending", amount={"value": "1.005", "currency": "RUB"})),
    lambda: answer(200, payment("pending", id=None)),
    lambda: answer(302, {}, Location="https://elsewhere"),
]


@pytest.mark.parametrize("reply", IN_DOUBT)
def test_a_lost_answer_to_an_act_leaves_us_in_doubt(
    yookassa_vendor: Vendor, yookassa: YooKassa, reply: Callable[[], httpx.Response | Exception]
) -> None:
    yookassa_vendor.will("POST /v3/payments", reply())
    with pytest.raises(OutcomeUnknown):
        yookassa.start(START)


@pytest.mark.parametrize("reply", IN_DOUBT)
def test_a_lost_answer_to_a_question_may_be_asked_again(
    yookassa_vendor: Vendor, yookassa: YooKassa, reply: Callable[[], httpx.Response | Exception]
) -> None:
    yookassa_vendor.will(f"GET /v3/payments/{REFERENCE}", reply())
    with pytest.raises(Unreachable):
        yookassa.read(REFERENCE)


@pytest.mark.parametrize(
    "reply", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("")]
)
def test_what_never_left_may_be_sent_again(
    yookassa_vendor: Vendor, yookassa: YooKassa, reply: Exception
) -> None:
    yookassa_vendor.will("POST /v3/refunds", reply)
    with pytest.raises(Unreachable):
        yookassa.refund(REFUND)


def test_too_many_calls_say_when_to_come_back(yookassa_vendor: Vendor, yookassa: YooKassa) -> None:
    error = {**ERROR, "code": "too_many_requests"}
    yookassa_vendor.will("POST /v3/refunds", answer(429, error, **{"Retry-After": "7"}))
    with pytest.raises(Unreachable) as refused:
        yookassa.refund(REFUND)
    assert refused.value.retry_after == 7.0


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_keys_need_a_person(yookassa_vendor: Vendor, yookassa: YooKassa, status: int) -> None:
    error = {**ERROR, "code": "invalid_credentials", "description": "test_secret is wrong"}
    yookassa_vendor.will("POST /v3/payments", answer(status, error))
    with pytest.raises(CredentialsRejected) as refused:
        yookassa.start(START)
    assert str(refused.value) == f"YooKassa does not accept our keys ({status})."


def test_missing_keys_are_not_sent(yookassa_vendor: Vendor) -> None:
    with pytest.raises(CredentialsRejected, match="is not set"):
        YooKassa(lambda: YooKassaSettings("", ""), yookassa_vendor).start(START)


def test_settings_are_read_at_every_call(yookassa_vendor: Vendor) -> None:
    bases = iter(["https://one.example/v3", "https://two.example/v3/"])
    adapter = YooKassa(lambda: replace(SETTINGS, base_url=next(bases)), yookassa_vendor)
    for _ in range(2):
        yookassa_vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, payment("pending")))
        adapter.read(REFERENCE)
    assert [each.url.host for each in yookassa_vendor.requests] == ["one.example", "two.example"]


@pytest.mark.parametrize("reference", ["", "..", "x" * 200])
def test_a_reference_never_addresses_something_else(
    yookassa_vendor: Vendor, yookassa: YooKassa, reference: str
) -> None:
    with pytest.raises(ProviderRefused):
        yookassa.read(reference)


def test_the_check_says_which_shop_answers(yookassa_vendor: Vendor, yookassa: YooKassa) -> None:
    yookassa_vendor.will(
        "GET /v3/me", answer(200, {"account_id": "100500", "status": "enabled", "test": True})
    )
    assert yookassa.check() == "YooKassa shop 100500 (test): enabled."


def test_the_secret_is_not_in_the_settings_words() -> None:
    assert "test_secret" not in repr(SETTINGS)
