"""The Twilio adapter against Twilio's OpenAPI description."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import httpx
import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from providers.messages import Sms
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.twilio import Twilio, TwilioSettings
from tests.providers.vendor import Vendor, answer, form, html, played_to_the_end, query, spec

ACCOUNT = "AC" + "0" * 32
SID = "SM" + "1" * 32
SETTINGS = TwilioSettings(ACCOUNT, "auth_token", "+15005550006", "https://shop.example/twilio")
SMS = Sms(UUID("0f8fad5b-d9cb-469f-a165-70867728950e"), "+79161234567", "Order 1001 is ready.")
SINCE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@cache
def description() -> OpenAPI:
    return OpenAPI.from_dict(spec("twilio/twilio_api_v2010.json"))


def rules(request: httpx.Request) -> None:
    expected = base64.b64encode(f"{ACCOUNT}:auth_token".encode()).decode()
    assert request.headers["Authorization"] == f"Basic {expected}"
    asked = MockRequest(
        f"{request.url.scheme}://{request.url.host}",
        request.method,
        request.url.path,
        args=query(request),
        headers=dict(request.headers),
        data=request.content,
        content_type=request.headers.get("Content-Type", ""),
    )
    description().validate_request(asked)


def message(**more: Any) -> dict[str, Any]:
    return {
        "sid": SID,
        "status": "queued",
        "to": SMS.to,
        "from": "+15005550006",
        "body": SMS.text,
        "num_segments": "1",
        "error_code": None,
        "error_message": None,
        "date_created": "Sun, 22 Nov 2026 12:00:00 +0000",
    } | more


def page(*messages: dict[str, Any], then: str | None = None) -> httpx.Response:
    return answer(200, {"messages": list(messages), "next_page_uri": then, "page": 0})


def error(status: int, code: int, words: str) -> httpx.Response:
    return answer(status, {"code": code, "message": words, "more_info": "", "status": status})


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    description()
    with played_to_the_end(Vendor(rules)) as vendor:
        yield vendor


@pytest.fixture
def twilio(vendor: Vendor) -> Iterator[Twilio]:
    adapter = Twilio(lambda: SETTINGS, vendor)
    yield adapter
    adapter.close()


@pytest.mark.requirement("R25")
def test_a_text_is_sent(vendor: Vendor, twilio: Twilio) -> None:
    vendor.will(f"POST {MESSAGES}", answer(201, message()))
    assert twilio.send(SMS) == SID
    assert vendor.requests[0].url.host == "api.twilio.com"
    assert form(vendor.requests[0]) == {
        "To": "+79161234567",
        "From": "+15005550006",
        "Body": "Order 1001 is ready.",
        "StatusCallback": "https://shop.example/twilio",
    }


def test_a_messaging_service_picks_the_number(vendor: Vendor) -> None:
    service = "MG" + "2" * 32
    adapter = Twilio(lambda: replace(SETTINGS, sender=service, status_callback=None), vendor)
    vendor.will(f"POST {MESSAGES}", answer(201, message()))
    adapter.send(SMS)
    assert form(vendor.requests[0])["MessagingServiceSid"] == service
    vendor.will(f"GET {MESSAGES}", page())
    adapter.find(SMS, SINCE)
    assert "From" not in query(vendor.requests[1])


def test_the_call_goes_to_the_address_set(vendor: Vendor) -> None:
    adapter = Twilio(lambda: replace(SETTINGS, base_url="https://stand.example/sms/"), vendor)
    vendor.rules = lambda request: None
    vendor.will(f"POST /sms{MESSAGES}", answer(201, message()))
    assert adapter.send(SMS) == SID
    assert vendor.requests[0].url.host == "stand.example"


def test_a_lost_text_is_found_by_its_words_on_a_later_page(vendor: Vendor, twilio: Twilio) -> None:
    other = message(sid="SM" + "9" * 32, body="Another text")
    vendor.will(f"GET {MESSAGES}", page(other, then=f"{MESSAGES}?Page=1&PageToken=PASM1"))
    vendor.will(f"GET {MESSAGES}", page(message()))
    assert twilio.find(SMS, SINCE) == SID
    assert query(vendor.requests[0]) == {
        "To": "+79161234567",
        "From": "+15005550006",
        "DateSent>": "2026-11-22T11:55:00Z",
        "PageSize": "100",
    }


def test_a_trial_account_writes_before_our_words(vendor: Vendor, twilio: Twilio) -> None:
    words = "Sent from your Twilio trial account - Order 1001 is ready."
    vendor.will(f"GET {MESSAGES}", page(message(body=words)))
    assert twilio.find(SMS, SINCE) == SID


def test_what_was_never_sent_is_not_found(vendor: Vendor, twilio: Twilio) -> None:
    vendor.will(f"GET {MESSAGES}", page(message(body="Order 1001 is ready")))
    assert twilio.find(SMS, SINCE) is None


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        (21211, "The 'To' number +79161234567 is wrong", "This is not a telephone number."),
        (21610, "Unsubscribed", "The person has asked for no more messages (STOP)."),
        (21999, "No +7 (916) 123-45-67 with Order 1001 is ready. sorry", "No … with … sorry"),
        (21998, "", "answer 400"),
    ],
)
def test_a_refusal_is_said_without_the_number_and_the_words(
    vendor: Vendor, twilio: Twilio, code: int, words: str, told: str
) -> None:
    vendor.will(f"POST {MESSAGES}", error(400, code, words))
    with pytest.raises(ProviderRefused) as refused:
        twilio.send(SMS)
    assert (str(refused.value), refused.value.code) == (f"Twilio: {told}", str(code))
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "89161234567"}, "21211"),
        ({"to": "+7916123456７"}, "21211"),
        ({"to": "+79161234567\n"}, "21211"),
        ({"text": ""}, "21602"),
        ({"text": "x" * 1601}, "21617"),
    ],
)
def test_what_twilio_would_refuse_is_not_sent(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ProviderRefused) as refused:
        Twilio(lambda: SETTINGS, Vendor(rules)).send(replace(SMS, **changes))
    assert refused.value.code == code


IN_DOUBT: list[Callable[[], httpx.Response | Exception]] = [
    lambda: httpx.ReadTimeout("slow"),
    lambda: httpx.ReadError("reset"),
    lambda: error(500, 20500, "Internal"),
    lambda: html(502),
    lambda: html(200),
    lambda: httpx.Response(201, content=b""),
    lambda: httpx.Response(201, content=b'{"sid": "SM1'),
]


@pytest.mark.parametrize("reply", [*IN_DOUBT, lambda: answer(201, {"status": "queued"})])
def test_a_lost_answer_leaves_us_in_doubt(
    vendor: Vendor, twilio: Twilio, reply: Callable[[], httpx.Response | Exception]
) -> None:
    vendor.will(f"POST {MESSAGES}", reply())
    with pytest.raises(OutcomeUnknown):
        twilio.send(SMS)


@pytest.mark.parametrize("reply", [*IN_DOUBT, lambda: answer(200, {"page": 0})])
def test_a_lost_answer_to_a_question_may_be_asked_again(
    vendor: Vendor, twilio: Twilio, reply: Callable[[], httpx.Response | Exception]
) -> None:
    vendor.will(f"GET {MESSAGES}", reply())
    with pytest.raises(Unreachable):
        twilio.find(SMS, SINCE)


def test_what_never_left_may_be_sent_again(vendor: Vendor, twilio: Twilio) -> None:
    vendor.will(f"POST {MESSAGES}", httpx.ConnectError("refused"))
    with pytest.raises(Unreachable):
        twilio.send(SMS)


def test_too_many_calls_say_when_to_come_back(vendor: Vendor, twilio: Twilio) -> None:
    vendor.will(f"POST {MESSAGES}", answer(429, {"code": 20429}, **{"Retry-After": "3"}))
    with pytest.raises(Unreachable) as refused:
        twilio.send(SMS)
    assert refused.value.retry_after == 3.0


def test_wrong_keys_need_a_person(vendor: Vendor, twilio: Twilio) -> None:
    vendor.will(f"POST {MESSAGES}", error(401, 20003, "Authenticate"))
    with pytest.raises(CredentialsRejected):
        twilio.send(SMS)


def test_missing_keys_are_not_sent(vendor: Vendor) -> None:
    with pytest.raises(CredentialsRejected, match="is not set"):
        Twilio(lambda: TwilioSettings("", ""), vendor).send(SMS)


def test_the_check_names_the_account(vendor: Vendor, twilio: Twilio) -> None:
    account = {"sid": ACCOUNT, "friendly_name": "The shop", "status": "active"}
    vendor.will(f"GET /2010-04-01/Accounts/{ACCOUNT}.json", answer(200, account))
    assert twilio.check() == "Twilio account The shop: active."
