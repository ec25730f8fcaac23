"""Payments through YooKassa, API v3."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import httpx

from domain.money import Money
from providers.outcomes import CredentialsRejected, ProviderRefused, Unreachable
from providers.payments import (
    PaymentRequest,
    ProviderPayment,
    ProviderPaymentState,
    ProviderRefund,
    ProviderRefundState,
    RefundRequest,
)
from providers.wire import Answer, Call, Limits, Wire, path_part, reading

_PAYMENT_STATES = {
    "pending": ProviderPaymentState.PENDING,
    "waiting_for_capture": ProviderPaymentState.AUTHORISED,
    "succeeded": ProviderPaymentState.CAPTURED,
    "canceled": ProviderPaymentState.CANCELLED,
}
_REFUND_STATES = {
    "pending": ProviderRefundState.PENDING,
    "succeeded": ProviderRefundState.DONE,
    "canceled": ProviderRefundState.FAILED,
}
Found = TypeVar("Found")

_CLOCK_SKEW = timedelta(minutes=5)
_MOST_PAGES = 50
_PAUSE_S = 1.8  # what the vendor's own client waits where the answer names no time


@dataclass(frozen=True)
class YooKassaSettings:
    shop_id: str
    secret_key: str = field(repr=False)
    base_url: str = "https://api.yookassa.ru/v3"
    limits: Limits = field(default_factory=Limits)


class YooKassa:
    """A `PaymentProvider`."""

    def __init__(
        self,
        settings: Callable[[], YooKassaSettings],
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._wire = Wire("YooKassa", transport)
        self._sleep = sleep

    def close(self) -> None:
        self._wire.close()

    def start(self, request: PaymentRequest) -> ProviderPayment:
        answer = self._post("/payments", f"start-{request.payment_id}", _payment_body(request))
        return _payment(answer)

    def find(self, payment_id: UUID, since: datetime) -> ProviderPayment | None:
        """Of several under our id - a key lives for a day - one that is not cancelled."""
        ours = ("payment_id", payment_id)
        found = list(self._matching("/payments", {}, since, ours, _payment_from))
        alive = [each for each in found if each.state is not ProviderPaymentState.CANCELLED]
        return next(iter(alive or found), None)

    def read(self, reference: str) -> ProviderPayment:
        return _payment(self._get(f"/payments/{path_part(reference)}"))

    def capture(self, payment_id: UUID, reference: str, amount: Money) -> ProviderPayment:
        path = f"/payments/{path_part(reference)}/capture"
        body = {"amount": _amount(amount)}
        return self._once(path, f"capture-{payment_id}", body, ProviderPaymentState.CAPTURED)

    def void(self, payment_id: UUID, reference: str) -> ProviderPayment:
        path = f"/payments/{path_part(reference)}/cancel"
        return self._once(path, f"void-{payment_id}", None, ProviderPaymentState.CANCELLED)

    def refund(self, request: RefundRequest) -> ProviderRefund:
        return _refund(self._post("/refunds", f"refund-{request.refund_id}", _refund_body(request)))

    def find_refund(
        self, refund_id: UUID, payment_reference: str, since: datetime
    ) -> ProviderRefund | None:
        path_part(payment_reference)
        ours, params = ("refund_id", refund_id), {"payment_id": payment_reference}
        return next(self._matching("/refunds", params, since, ours, _refund_from), None)

    def read_refund(self, reference: str) -> ProviderRefund:
        return _refund(self._get(f"/refunds/{path_part(reference)}"))

    def check(self) -> str:
        answer = self._get("/me")
        with reading(answer):
            shop = answer.fields()
            test = " (test)" if shop.get("test") else ""
            return f"YooKassa shop {shop['account_id']}{test}: {shop['status']}."

    def _once(
        self, path: str, key: str, body: Mapping[str, Any] | None, wanted: ProviderPaymentState
    ) -> ProviderPayment:
        """A key lives for a day; after that a repeat is refused although the first was done."""
        try:
            return _payment(self._post(path, key, body))
        except ProviderRefused:
            payment = _payment(self._get(path.rpartition("/")[0]))
            if payment.state is not wanted:
                raise
            return payment

    def _post(self, path: str, key: str, body: Mapping[str, Any] | None) -> Answer:
        """Repeats the call under its key while it is being processed, inside the call's time."""
        settings = self._usable_settings()
        ends = time.monotonic() + settings.limits.whole_s
        call = replace(_call(settings, "POST", path), json=body, headers={"Idempotence-Key": key})
        while True:
            answer = self._wire.send(call, _until(settings.limits, ends))
            if answer.status != 202:
                return _agreed(answer)
            pause = _pause(answer)
            if time.monotonic() + pause >= ends:
                raise answer.doubt("is still processing the call")
            self._sleep(pause)

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        settings = self._usable_settings()
        call = replace(_call(settings, "GET", path), params=params)
        return _agreed(self._wire.send(call, settings.limits))

    def _matching(
        self,
        path: str,
        params: Mapping[str, str],
        since: datetime,
        ours: tuple[str, UUID],
        parse: Callable[[Mapping[str, Any]], Found],
    ) -> Iterator[Found]:
        """What was created since then and carries our id in its metadata, newest first."""
        name, value = ours
        for answer in self._pages(path, params, since):
            with reading(answer):
                items = answer.fields()["items"]
                page = [parse(each) for each in items if _metadata(each).get(name) == str(value)]
            yield from page

    def _pages(self, path: str, params: Mapping[str, str], since: datetime) -> Iterator[Answer]:
        start = (since.astimezone(UTC) - _CLOCK_SKEW).isoformat(timespec="milliseconds")
        query = {**params, "created_at.gte": start.replace("+00:00", "Z"), "limit": "100"}
        for _ in range(_MOST_PAGES):
            answer = self._get(path, query)
            yield answer
            cursor = answer.fields().get("next_cursor")
            if not cursor:
                return
            query["cursor"] = str(cursor)
        raise Unreachable("YooKassa lists more than can be searched; ask for a shorter time.")

    def _usable_settings(self) -> YooKassaSettings:
        settings = self._settings()
        if not settings.shop_id or not settings.secret_key:
            raise CredentialsRejected("YooKassa: the shop id or the secret key is not set.")
        return settings


def _call(settings: YooKassaSettings, method: str, path: str) -> Call:
    url = settings.base_url.rstrip("/") + path
    return Call(method, url, method != "GET", auth=(settings.shop_id, settings.secret_key))


def _until(limits: Limits, ends: float) -> Limits:
    return replace(limits, whole_s=max(ends - time.monotonic(), 0.1))


def _pause(answer: Answer) -> float:
    with reading(answer):
        told = answer.fields().get("retry_after")
        return max(float(told) / 1000, 0.1) if told is not None else _PAUSE_S


def _agreed(answer: Answer) -> Answer:
    if answer.status < 400:
        return answer
    with reading(answer):
        error = answer.fields()
        code, message = str(error["code"]), str(error.get("description") or "")
        parameter = str(error.get("parameter") or "")
    raise answer.refusal(f"{message} ({parameter})" if parameter else message, code)


def _payment_body(request: PaymentRequest) -> dict[str, Any]:
    return {
        "amount": _amount(request.amount),
        "capture": request.capture,
        "confirmation": {"type": "redirect", "return_url": request.return_url},
        "description": request.description[:128],
        "metadata": {"payment_id": str(request.payment_id), "order_id": str(request.order_id)},
    }


def _refund_body(request: RefundRequest) -> dict[str, Any]:
    body: dict[str, Any] = {
        "payment_id": request.payment_reference,
        "amount": _amount(request.amount),
        "metadata": {"refund_id": str(request.refund_id)},
    }
    if request.reason.strip():
        body["description"] = request.reason.strip()[:250]
    return body


def _amount(amount: Money) -> dict[str, str]:
    return {"value": f"{amount.decimal():f}", "currency": amount.currency}


def _money(amount: Mapping[str, Any]) -> Money:
    return Money.parse(str(amount["value"]), str(amount["currency"]))


def _metadata(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return item.get("metadata") or {}


def _payment(answer: Answer) -> ProviderPayment:
    with reading(answer):
        return _payment_from(answer.fields())


def _payment_from(item: Mapping[str, Any]) -> ProviderPayment:
    amount = _money(item["amount"])
    state = _PAYMENT_STATES.get(str(item["status"]), ProviderPaymentState.PENDING)
    nothing = Money(0, amount.currency)
    refunded, expires = item.get("refunded_amount"), item.get("expires_at")
    return ProviderPayment(
        reference=_reference(item),
        state=state,
        amount=amount,
        captured=amount if state is ProviderPaymentState.CAPTURED else nothing,
        refunded=_money(refunded) if refunded else nothing,
        confirmation_url=(item.get("confirmation") or {}).get("confirmation_url"),
        cancel_reason=_reason(item),
        expires_at=datetime.fromisoformat(expires) if expires else None,
    )


def _refund(answer: Answer) -> ProviderRefund:
    with reading(answer):
        return _refund_from(answer.fields())


def _refund_from(item: Mapping[str, Any]) -> ProviderRefund:
    state = _REFUND_STATES.get(str(item["status"]), ProviderRefundState.PENDING)
    return ProviderRefund(_reference(item), state, _money(item["amount"]), _reason(item))


def _reference(item: Mapping[str, Any]) -> str:
    if not isinstance(item["id"], str) or not item["id"]:
        raise ValueError("no reference")
    return item["id"]


def _reason(item: Mapping[str, Any]) -> str | None:
    details = item.get("cancellation_details")
    return str(details["reason"]) if details else None
