"""YooKassa as its own request classes and models describe it."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
from jsonschema import Draft202012Validator
from yookassa.domain.request import CapturePaymentRequest
from yookassa.domain.request import PaymentRequest as SdkPaymentRequest
from yookassa.domain.request.refund_request import RefundRequest as SdkRefundRequest

from domain.money import Money
from providers.payments import (
    PaymentRequest,
    ProviderPayment,
    ProviderPaymentState,
    RefundRequest,
)
from providers.wire import Limits
from providers.yookassa import YooKassaSettings
from tests.providers.vendor import query, spec

MODELS = "yookassa/async_yookassa.models.schema.json"
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
    schema = spec(MODELS)
    Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"}).validate(instance)


def seen(state: ProviderPaymentState, **more: Any) -> ProviderPayment:
    nothing = Money(0, "RUB")
    return replace(ProviderPayment(REFERENCE, state, RUB, nothing, nothing), **more)
