"""The YooKassa adapter against the vendor's own request classes and answers."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from jsonschema import Draft202012Validator
from yookassa.domain.request import CapturePaymentRequest
from yookassa.domain.request import PaymentRequest as SdkPaymentRequest
from yookassa.domain.request.refund_request import RefundRequest as SdkRefundRequest

from domain.money import Money
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.payments import (
    PaymentRequest,
    ProviderPayment,
    ProviderPaymentState,
    ProviderRefund,
    ProviderRefundState,
    RefundRequest,
)
from providers.wire import Limits
from providers.yookassa import YooKassa, YooKassaSettings
from tests.providers.vendor import Vendor, answer, html, played_to_the_end, query, spec

PAYMENT_ID = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
ORDER_ID = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
REFUND_ID = UUID("1b4e28ba-2fa1-11d2-883f-0016d3cca427")
REFERENCE = "23d93cac-000f-5000-8000-126628f15141"
SINCE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RUB = Money(125_050, "RUB")
SETTINGS = YooKassaSettings("100500", "test_secret", limits=Limits(whole_s=5))
START = PaymentRequest(PAYMENT_ID, ORDER_ID, "1001", RUB, False, "https://shop/back", "Order 1001")
REFUND = RefundRequest(REFUND_ID, REFERENCE, Money(5_000, "RUB"), "returned")
ERROR = {"type": "error", "id": "ab5a11cd-13cc-4e33-af8b-75a74e18dd09"}

SDK_CLASSES = {
    "/v3/payments": SdkPaymentRequest,
    f"/v3/payments/{REFERENCE}/capture": CapturePaymentRequest,
    "/v3/refunds": SdkRefundRequest,
}
SCHEMAS = {
    "/v3/payments": "PaymentRequest",
    f"/v3/payments/{REFERENCE}/capture": "CapturePaymentRequest",
    "/v3/refunds": "RefundRequest",
}
OPTIONS = {"/v3/payments": "PaymentListOptions", "/v3/refunds": "RefundListOptions"}


def payment(status: str, **more: Any) -> dict[str, Any]:
    amount = {"value": "1250.50", "currency": "RUB"}
    metadata = {"payment_id": str(PAYMENT_ID), "order_id": str(ORDER_ID)}
    return {
        "id": REFERENCE,
        "status": status,
        "paid": status != "pending",
        "amount": amount,
        "created_at": "2026-11-22T12:00:01.123Z",
        "metadata": metadata,
        "test": True,
    } | more


def refund(status: str, **more: Any) -> dict[str, Any]:
    amount = {"value": "50.00", "currency": "RUB"}
    return {"id": "r-1", "payment_id": REFERENCE, "status": status, "amount": amount} | more


def rules(request: httpx.Request) -> None:
    assert request.headers["Authorization"] == (
        "Basic " + base64.b64encode(b"100500:test_secret").decode()
    )
    if request.method == "POST":
        _mutation_rules(request)
    elif request.url.path in OPTIONS:
        named = {name.replace(".", "_"): value for name, value in query(request).items()}
        _conforms(OPTIONS[request.url.path], named | {"limit": int(named["limit"])})


def _mutation_rules(request: httpx.Request) -> None:
    assert 0 < len(request.headers["Idempotence-Key"]) <= 64
    if request.url.path.endswith("/cancel"):
        assert request.content == b""
        return
    body = json.loads(request.content)
    official = SDK_CLASSES[request.url.path](body)
    official.validate()
    known = json.loads(official.json())
    assert {name: value for name, value in known.items() if value != []} == body
    _conforms(SCHEMAS[request.url.path], body)


def _conforms(name: str, instance: object) -> None:
    schema = spec("yookassa/async_yookassa.models.schema.json")
    Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"}).validate(instance)


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with played_to_the_end(Vendor(rules)) as vendor:
        yield vendor


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def yookassa(vendor: Vendor, naps: list[float]) -> Iterator[YooKassa]:
    adapter = YooKassa(lambda: SETTINGS, vendor, naps.append)
    yield adapter
    adapter.close()


def seen(state: ProviderPaymentState, **more: Any) -> ProviderPayment:
    nothing = Money(0, "RUB")
    return replace(ProviderPayment(REFERENCE, state, RUB, nothing, nothing), **more)


@pytest.mark.requirement("R28", "R303")
def test_a_payment_starts_under_our_key_and_leads_to_the_providers_page(
    vendor: Vendor, yookassa: YooKassa
) -> None:
    page = {"type": "redirect", "confirmation_url": "https://yoomoney.ru/pay?id=1"}
    vendor.will("POST /v3/payments", answer(200, payment("pending", confirmation=page)))
    assert yookassa.start(START) == seen(
        ProviderPaymentState.PENDING, confirmation_url="https://yoomoney.ru/pay?id=1"
    )
    assert vendor.requests[0].headers["Idempotence-Key"] == f"start-{PAYMENT_ID}"
    assert vendor.bodies() == [
        {
            "amount": {"value": "1250.50", "currency": "RUB"},
            "capture": False,
            "confirmation": {"type": "redirect", "return_url": "https://shop/back"},
            "description": "Order 1001",
            "metadata": {"payment_id": str(PAYMENT_ID), "order_id": str(ORDER_ID)},
        }
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (payment("pending"), seen(ProviderPaymentState.PENDING)),
        (payment("some_new_word"), seen(ProviderPaymentState.PENDING)),
        (
            payment("waiting_for_capture", expires_at="2026-11-29T12:00:01.000Z"),
            seen(
                ProviderPaymentState.AUTHORISED, expires_at=datetime(2026, 11, 29, 12, 0, 1, 0, UTC)
            ),
        ),
        (
            payment("succeeded", refunded_amount={"value": "50.00", "currency": "RUB"}),
            seen(ProviderPaymentState.CAPTURED, captured=RUB, refunded=Money(5_000, "RUB")),
        ),
        (
            payment(
                "canceled",
                cancellation_details={"party": "payment_network", "reason": "insufficient_funds"},
            ),
            seen(ProviderPaymentState.CANCELLED, cancel_reason="insufficient_funds"),
        ),
    ],
)
def test_every_status_is_understood(
    vendor: Vendor, yookassa: YooKassa, body: dict[str, Any], expected: ProviderPayment
) -> None:
    vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, body))
    assert yookassa.read(REFERENCE) == expected


def test_a_part_is_captured_and_the_amount_of_the_answer_counts(
    vendor: Vendor, yookassa: YooKassa
) -> None:
    part = payment("succeeded", amount={"value": "1000.00", "currency": "RUB"})
    vendor.will(f"POST /v3/payments/{REFERENCE}/capture", answer(200, part))
    captured = yookassa.capture(PAYMENT_ID, REFERENCE, Money(100_000, "RUB"))
    assert (captured.amount, captured.captured) == (Money(100_000, "RUB"), Money(100_000, "RUB"))
    assert vendor.requests[0].headers["Idempotence-Key"] == f"capture-{PAYMENT_ID}"


def test_a_hold_is_dropped(vendor: Vendor, yookassa: YooKassa) -> None:
    vendor.will(f"POST /v3/payments/{REFERENCE}/cancel", answer(200, payment("canceled")))
    assert yookassa.void(PAYMENT_ID, REFERENCE) == seen(ProviderPaymentState.CANCELLED)
    assert vendor.requests[0].headers["Idempotence-Key"] == f"void-{PAYMENT_ID}"


def test_a_capture_repeated_after_its_key_has_ended_finds_it_done(
    vendor: Vendor, yookassa: YooKassa
) -> None:
    error = {**ERROR, "code": "invalid_request", "description": "Wrong payment status"}
    vendor.will(f"POST /v3/payments/{REFERENCE}/capture", answer(400, error))
    vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, payment("succeeded")))
    assert yookassa.capture(PAYMENT_ID, REFERENCE, RUB) == seen(
        ProviderPaymentState.CAPTURED, captured=RUB
    )


def test_a_capture_that_was_not_done_is_refused(vendor: Vendor, yookassa: YooKassa) -> None:
    error = {**ERROR, "code": "invalid_request", "description": "Too much", "parameter": "amount"}
    vendor.will(f"POST /v3/payments/{REFERENCE}/capture", answer(400, error))
    vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, payment("waiting_for_capture")))
    with pytest.raises(ProviderRefused, match=r"^YooKassa: Too much \(amount\)$") as refused:
        yookassa.capture(PAYMENT_ID, REFERENCE, RUB)
    assert refused.value.code == "invalid_request"


def test_money_goes_back_under_our_refund_id(vendor: Vendor, yookassa: YooKassa) -> None:
    vendor.will("POST /v3/refunds", answer(200, refund("succeeded")))
    assert yookassa.refund(REFUND) == ProviderRefund(
        "r-1", ProviderRefundState.DONE, Money(5_000, "RUB")
    )
    assert vendor.requests[0].headers["Idempotence-Key"] == f"refund-{REFUND_ID}"
    assert vendor.bodies()[0]["metadata"] == {"refund_id": str(REFUND_ID)}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending", ProviderRefundState.PENDING),
        ("some_new_word", ProviderRefundState.PENDING),
        ("canceled", ProviderRefundState.FAILED),
    ],
)
def test_a_refund_is_read(
    vendor: Vendor, yookassa: YooKassa, status: str, state: ProviderRefundState
) -> None:
    details = {"party": "yoo_money", "reason": "insufficient_funds"}
    vendor.will("GET /v3/refunds/r-1", answer(200, refund(status, cancellation_details=details)))
    assert yookassa.read_refund("r-1") == ProviderRefund(
        "r-1", state, Money(5_000, "RUB"), "insufficient_funds"
    )


def test_a_lost_payment_is_found_by_our_id_on_a_later_page(
    vendor: Vendor, yookassa: YooKassa
) -> None:
    other = payment("pending", id="other", metadata={"payment_id": "another"})
    bare = {**other, "metadata": None}
    first = {"type": "list", "items": [other, bare], "next_cursor": "37a5c87d"}
    dead = payment("canceled", id="dead")
    second = {"type": "list", "items": [dead, payment("waiting_for_capture")]}
    vendor.will("GET /v3/payments", answer(200, first))
    vendor.will("GET /v3/payments", answer(200, second))
    assert yookassa.find(PAYMENT_ID, SINCE) == seen(ProviderPaymentState.AUTHORISED)
    asked = {"created_at.gte": "2026-11-22T11:55:00.000Z", "limit": "100"}
    assert [query(each) for each in vendor.requests] == [asked, {**asked, "cursor": "37a5c87d"}]


def test_what_was_never_started_is_not_found(vendor: Vendor, yookassa: YooKassa) -> None:
    vendor.will("GET /v3/payments", answer(200, {"type": "list", "items": []}))
    assert yookassa.find(PAYMENT_ID, SINCE) is None


def test_a_lost_refund_is_found_among_those_of_its_payment(
    vendor: Vendor, yookassa: YooKassa
) -> None:
    ours = refund("succeeded", metadata={"refund_id": str(REFUND_ID)})
    vendor.will("GET /v3/refunds", answer(200, {"items": [refund("succeeded", id="r-0"), ours]}))
    found = yookassa.find_refund(REFUND_ID, REFERENCE, SINCE)
    assert found == ProviderRefund("r-1", ProviderRefundState.DONE, Money(5_000, "RUB"))
    assert query(vendor.requests[0])["payment_id"] == REFERENCE


def test_a_call_being_processed_is_repeated_under_its_key(
    vendor: Vendor, yookassa: YooKassa, naps: list[float]
) -> None:
    processing = {"type": "processing", "description": "Request accepted", "retry_after": 1200}
    vendor.will("POST /v3/payments", answer(202, processing))
    vendor.will("POST /v3/payments", answer(202, {"type": "processing"}))
    vendor.will("POST /v3/payments", answer(200, payment("pending")))
    assert yookassa.start(START) == seen(ProviderPaymentState.PENDING)
    assert naps == [1.2, 1.8]
    assert len({each.headers["Idempotence-Key"] for each in vendor.requests}) == 1


def test_a_call_processed_for_too_long_leaves_us_in_doubt(
    vendor: Vendor, yookassa: YooKassa, naps: list[float]
) -> None:
    vendor.will("POST /v3/payments", answer(202, {"type": "processing", "retry_after": 60_000}))
    with pytest.raises(OutcomeUnknown):
        yookassa.start(START)
    assert naps == []


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
    vendor: Vendor, yookassa: YooKassa, reply: Callable[[], httpx.Response | Exception]
) -> None:
    vendor.will("POST /v3/payments", reply())
    with pytest.raises(OutcomeUnknown):
        yookassa.start(START)


@pytest.mark.parametrize("reply", IN_DOUBT)
def test_a_lost_answer_to_a_question_may_be_asked_again(
    vendor: Vendor, yookassa: YooKassa, reply: Callable[[], httpx.Response | Exception]
) -> None:
    vendor.will(f"GET /v3/payments/{REFERENCE}", reply())
    with pytest.raises(Unreachable):
        yookassa.read(REFERENCE)


@pytest.mark.parametrize(
    "reply", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("")]
)
def test_what_never_left_may_be_sent_again(
    vendor: Vendor, yookassa: YooKassa, reply: Exception
) -> None:
    vendor.will("POST /v3/refunds", reply)
    with pytest.raises(Unreachable):
        yookassa.refund(REFUND)


def test_too_many_calls_say_when_to_come_back(vendor: Vendor, yookassa: YooKassa) -> None:
    error = {**ERROR, "code": "too_many_requests"}
    vendor.will("POST /v3/refunds", answer(429, error, **{"Retry-After": "7"}))
    with pytest.raises(Unreachable) as refused:
        yookassa.refund(REFUND)
    assert refused.value.retry_after == 7.0


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_keys_need_a_person(vendor: Vendor, yookassa: YooKassa, status: int) -> None:
    error = {**ERROR, "code": "invalid_credentials", "description": "test_secret is wrong"}
    vendor.will("POST /v3/payments", answer(status, error))
    with pytest.raises(CredentialsRejected) as refused:
        yookassa.start(START)
    assert str(refused.value) == f"YooKassa does not accept our keys ({status})."


def test_missing_keys_are_not_sent(vendor: Vendor) -> None:
    with pytest.raises(CredentialsRejected, match="is not set"):
        YooKassa(lambda: YooKassaSettings("", ""), vendor).start(START)


def test_settings_are_read_at_every_call(vendor: Vendor) -> None:
    bases = iter(["https://one.example/v3", "https://two.example/v3/"])
    adapter = YooKassa(lambda: replace(SETTINGS, base_url=next(bases)), vendor)
    for _ in range(2):
        vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, payment("pending")))
        adapter.read(REFERENCE)
    assert [each.url.host for each in vendor.requests] == ["one.example", "two.example"]


@pytest.mark.parametrize("reference", ["", "..", "x" * 200])
def test_a_reference_never_addresses_something_else(
    vendor: Vendor, yookassa: YooKassa, reference: str
) -> None:
    with pytest.raises(ProviderRefused):
        yookassa.read(reference)


def test_the_check_says_which_shop_answers(vendor: Vendor, yookassa: YooKassa) -> None:
    vendor.will(
        "GET /v3/me", answer(200, {"account_id": "100500", "status": "enabled", "test": True})
    )
    assert yookassa.check() == "YooKassa shop 100500 (test): enabled."


def test_the_secret_is_not_in_the_settings_words() -> None:
    assert "test_secret" not in repr(SETTINGS)
