"""Taking, holding, finding and giving back money through YooKassa."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.money import Money
from providers.outcomes import OutcomeUnknown, ProviderRefused
from providers.payments import (
    ProviderPayment,
    ProviderPaymentState,
    ProviderRefund,
    ProviderRefundState,
)
from providers.yookassa import YooKassa
from tests.providers.vendor import Vendor, answer, query
from tests.providers.yookassa_world import (
    ERROR,
    ORDER_ID,
    PAYMENT_ID,
    REFERENCE,
    REFUND,
    REFUND_ID,
    RUB,
    SINCE,
    START,
    payment,
    refund,
    seen,
)


@pytest.mark.requirement("R28", "R155", "R303")
def test_a_payment_starts_under_our_key_and_leads_to_the_providers_page(
    yookassa_vendor: Vendor, yookassa: YooKassa
) -> None:
    page = {"type": "redirect", "confirmation_url": "https://yoomoney.ru/pay?id=1"}
    yookassa_vendor.will("POST /v3/payments", answer(200, payment("pending", confirmation=page)))
    assert yookassa.start(START) == seen(
        ProviderPaymentState.PENDING, confirmation_url="https://yoomoney.ru/pay?id=1"
    )
    assert yookassa_vendor.requests[0].headers["Idempotence-Key"] == f"start-{PAYMENT_ID}"
    assert yookassa_vendor.bodies() == [
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
    yookassa_vendor: Vendor, yookassa: YooKassa, body: dict[str, Any], expected: ProviderPayment
) -> None:
    yookassa_vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, body))
    assert yookassa.read(REFERENCE) == expected


def test_a_part_is_captured_and_the_amount_of_the_answer_counts(
    yookassa_vendor: Vendor, yookassa: YooKassa
) -> None:
    part = payment("succeeded", amount={"value": "1000.00", "currency": "RUB"})
    yookassa_vendor.will(f"POST /v3/payments/{REFERENCE}/capture", answer(200, part))
    captured = yookassa.capture(PAYMENT_ID, REFERENCE, Money(100_000, "RUB"))
    assert (captured.amount, captured.captured) == (Money(100_000, "RUB"), Money(100_000, "RUB"))
    assert yookassa_vendor.requests[0].headers["Idempotence-Key"] == f"capture-{PAYMENT_ID}"


def test_a_hold_is_dropped(yookassa_vendor: Vendor, yookassa: YooKassa) -> None:
    yookassa_vendor.will(f"POST /v3/payments/{REFERENCE}/cancel", answer(200, payment("canceled")))
    assert yookassa.void(PAYMENT_ID, REFERENCE) == seen(ProviderPaymentState.CANCELLED)
    assert yookassa_vendor.requests[0].headers["Idempotence-Key"] == f"void-{PAYMENT_ID}"


def test_a_capture_repeated_after_its_key_has_ended_finds_it_done(
    yookassa_vendor: Vendor, yookassa: YooKassa
) -> None:
    error = {**ERROR, "code": "invalid_request", "description": "Wrong payment status"}
    yookassa_vendor.will(f"POST /v3/payments/{REFERENCE}/capture", answer(400, error))
    yookassa_vendor.will(f"GET /v3/payments/{REFERENCE}", answer(200, payment("succeeded")))
    assert yookassa.capture(PAYMENT_ID, REFERENCE, RUB) == seen(
        ProviderPaymentState.CAPTURED, captured=RUB
    )


def test_a_capture_that_was_not_done_is_refused(
    yookassa_vendor: Vendor, yookassa: YooKassa
) -> None:
    error = {**ERROR, "code": "invalid_request", "description": "Too much", "parameter": "amount"}
    yookassa_vendor.will(f"POST /v3/payments/{REFERENCE}/capture", answer(400, error))
    yookassa_vendor.will(
        f"GET /v3/payments/{REFERENCE}", answer(200, payment("waiting_for_capture"))
    )
    with pytest.raises(ProviderRefused, match=r"^YooKassa: Too much \(amount\)$") as refused:
        yookassa.capture(PAYMENT_ID, REFERENCE, RUB)
    assert refused.value.code == "invalid_request"


def test_money_goes_back_under_our_refund_id(yookassa_vendor: Vendor, yookassa: YooKassa) -> None:
    yookassa_vendor.will("POST /v3/refunds", answer(200, refund("succeeded")))
    assert yookassa.refund(REFUND) == ProviderRefund(
        "r-1", ProviderRefundState.DONE, Money(5_000, "RUB")
    )
    assert yookassa_vendor.requests[0].headers["Idempotence-Key"] == f"refund-{REFUND_ID}"
    assert yookassa_vendor.bodies()[0]["metadata"] == {"refund_id": str(REFUND_ID)}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending", ProviderRefundState.PENDING),
        ("some_new_word", ProviderRefundState.PENDING),
        ("canceled", ProviderRefundState.FAILED),
    ],
)
def test_a_refund_is_read(
    yookassa_vendor: Vendor, yookassa: YooKassa, status: str, state: ProviderRefundState
) -> None:
    details = {"party": "yoo_money", "reason": "insufficient_funds"}
    yookassa_vendor.will(
        "GET /v3/refunds/r-1", answer(200, refund(status, cancellation_details=details))
    )
    assert yookassa.read_refund("r-1") == ProviderRefund(
        "r-1", state, Money(5_000, "RUB"), "insufficient_funds"
    )


def test_a_lost_payment_is_found_by_our_id_on_a_later_page(
    yookassa_vendor: Vendor, yookassa: YooKassa
) -> None:
    other = payment("pending", id="other", metadata={"payment_id": "another"})
    bare = {**other, "metadata": None}
    first = {"type": "list", "items": [other, bare], "next_cursor": "37a5c87d"}
    dead = payment("canceled", id="dead")
    second = {"type": "list", "items": [dead, payment("waiting_for_capture")]}
    yookassa_vendor.will("GET /v3/payments", answer(200, first))
    yookassa_vendor.will("GET /v3/payments", answer(200, second))
    assert yookassa.find(PAYMENT_ID, SINCE) == seen(ProviderPaymentState.AUTHORISED)
    asked = {"created_at.gte": "2026-11-22T11:55:00.000Z", "limit": "100"}
    assert [query(each) for each in yookassa_vendor.requests] == [
        asked,
        {**asked, "cursor": "37a5c87d"},
    ]


def test_what_was_never_started_is_not_found(yookassa_vendor: Vendor, yookassa: YooKassa) -> None:
    yookassa_vendor.will("GET /v3/payments", answer(200, {"type": "list", "items": []}))
    assert yookassa.find(PAYMENT_ID, SINCE) is None


def test_a_lost_refund_is_found_among_those_of_its_payment(
    yookassa_vendor: Vendor, yookassa: YooKassa
) -> None:
    ours = refund("succeeded", metadata={"refund_id": str(REFUND_ID)})
    yookassa_vendor.will(
        "GET /v3/refunds", answer(200, {"items": [refund("succeeded", id="r-0"), ours]})
    )
    found = yookassa.find_refund(REFUND_ID, REFERENCE, SINCE)
    assert found == ProviderRefund("r-1", ProviderRefundState.DONE, Money(5_000, "RUB"))
    assert query(yookassa_vendor.requests[0])["payment_id"] == REFERENCE


def test_a_call_being_processed_is_repeated_under_its_key(
    yookassa_vendor: Vendor, yookassa: YooKassa, naps: list[float]
) -> None:
    processing = {"type": "processing", "description": "Request accepted", "retry_after": 1200}
    yookassa_vendor.will("POST /v3/payments", answer(202, processing))
    yookassa_vendor.will("POST /v3/payments", answer(202, {"type": "processing"}))
    yookassa_vendor.will("POST /v3/payments", answer(200, payment("pending")))
    assert yookassa.start(START) == seen(ProviderPaymentState.PENDING)
    assert naps == [1.2, 1.8]
    assert len({each.headers["Idempotence-Key"] for each in yookassa_vendor.requests}) == 1


def test_a_call_processed_for_too_long_leaves_us_in_doubt(
    yookassa_vendor: Vendor, yookassa: YooKassa, naps: list[float]
) -> None:
    yookassa_vendor.will(
        "POST /v3/payments", answer(202, {"type": "processing", "retry_after": 60_000})
    )
    with pytest.raises(OutcomeUnknown):
        yookassa.start(START)
    assert naps == []
