"""Payments: pending, held, taken or cancelled; who may move them where."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from local.simulators.state import Document
from local.simulators.world import World
from local.simulators.yookassa.notifications import notify
from local.simulators.yookassa.values import (
    Amount,
    amount,
    decimal,
    invalid,
    not_found,
    read_amount,
    read_description,
    read_metadata,
    stamp,
)

_FEE = Decimal("0.035")
_URL_LIMIT = 2048
_METHODS = ("bank_card", "sbp", "yoo_money", "sberbank", "tinkoff_bank", "mobile_balance", "cash")
_CARD = {
    "first6": "555555",
    "last4": "4444",
    "expiry_month": "12",
    "expiry_year": "2030",
    "card_type": "MasterCard",
    "issuer_country": "RU",
}


class Payments:
    """A record is `{"payment": what the API shows, "capture": ..., "return_url": ...}`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all = world.store.collection("yookassa_payment")

    def create(self, body: Document, origin: str) -> str:
        payment_id = self._world.ids.uuid()
        return_url = _return_url(body)
        payment = self._new(payment_id, body) | {
            "confirmation": {
                "type": "redirect",
                "return_url": return_url,
                "confirmation_url": f"{origin}yookassa/checkout/{payment_id}",
            }
        }
        record = {"payment": payment, "capture": _capture(body), "return_url": return_url}
        self._all.save(payment_id, record)
        self._await_payer(payment)
        return payment_id

    def record(self, payment_id: str) -> Document:
        record = self._all.get(payment_id)
        if record is None:
            raise not_found("Payment")
        return record

    def read(self, payment_id: str) -> Document:
        payment: Document = self.record(payment_id)["payment"]
        return payment

    def newest(self) -> list[Document]:
        return [record["payment"] for record in self._all.newest()]

    def pay(self, payment_id: str) -> None:
        """The payer's own act; one who comes too late or twice changes nothing."""
        record = self.record(payment_id)
        if record["payment"]["status"] != "pending":
            return
        self._authorise(record["payment"])
        if record["capture"]:
            self._take(record["payment"], record["payment"]["amount"])
        else:
            self._hold(record["payment"])

    def decline(self, payment_id: str, reason: str = "general_decline") -> None:
        if self.read(payment_id)["status"] == "pending":
            self._cancel(self.read(payment_id), "payment_network", reason)

    def capture(self, payment_id: str, body: Document) -> str:
        payment = self._held(payment_id)
        taken = read_amount(body) if body.get("amount") is not None else payment["amount"]
        if taken["currency"] != payment["amount"]["currency"]:
            raise invalid("Currency differs from the payment's", "amount.currency")
        if decimal(taken) > decimal(payment["amount"]):
            raise invalid("Exceeds the amount held", "amount.value")
        self._take(payment, taken)
        return payment_id

    def cancel(self, payment_id: str) -> str:
        self._cancel(self._held(payment_id), "merchant", "canceled_by_merchant")
        return payment_id

    def add_refunded(self, payment_id: str, refunded: Decimal) -> None:
        """Negative where a refund has failed after all."""
        payment = self.read(payment_id)
        total = decimal(payment["refunded_amount"]) + refunded
        payment["refunded_amount"] = amount(total, payment["amount"]["currency"])
        payment["refundable"] = total < decimal(payment["amount"])
        self._save(payment)

    def resume(self) -> None:
        """After a restart, plans the deadlines again."""
        for record in self._all:
            if record["payment"]["status"] == "pending":
                self._await_payer(record["payment"])
            elif record["payment"]["status"] == "waiting_for_capture":
                self._await_capture(record["payment"])

    def _new(self, payment_id: str, body: Document) -> Document:
        return {
            "id": payment_id,
            "status": "pending",
            "paid": False,
            "amount": read_amount(body),
            **read_description(body),
            "created_at": stamp(self._world.clock.now()),
            "metadata": read_metadata(body),
            "payment_method": {
                "type": _method(body),
                "id": payment_id,
                "saved": False,
                "status": "inactive",
            },
            "recipient": {
                "account_id": self._world.settings.credentials.yookassa_shop_id,
                "gateway_id": "1",
            },
            "refundable": False,
            "test": True,
        }

    def _authorise(self, payment: Document) -> None:
        payment["paid"] = True
        payment.pop("confirmation", None)
        method = payment["payment_method"]
        if method["type"] == "bank_card":
            method |= {"card": _CARD, "title": f"Bank card *{_CARD['last4']}"}
        payment["authorization_details"] = {
            "rrn": self._world.ids.hex(12),
            "auth_code": self._world.ids.hex(6),
            "three_d_secure": {"applied": False},
        }

    def _hold(self, payment: Document) -> None:
        expires = self._world.clock.now() + timedelta(seconds=self._world.settings.pace.hold)
        payment |= {"status": "waiting_for_capture", "expires_at": stamp(expires)}
        self._save(payment)
        self._await_capture(payment)
        notify(self._world, "payment.waiting_for_capture", payment)

    def _take(self, payment: Document, taken: Amount) -> None:
        payment.pop("expires_at", None)
        payment |= {
            "status": "succeeded",
            "amount": taken,
            "income_amount": amount(decimal(taken) * (1 - _FEE), taken["currency"]),
            "refunded_amount": amount(Decimal(0), taken["currency"]),
            "captured_at": stamp(self._world.clock.now()),
            "refundable": True,
        }
        self._save(payment)
        notify(self._world, "payment.succeeded", payment)

    def _cancel(self, payment: Document, party: str, reason: str) -> None:
        payment.pop("confirmation", None)
        payment.pop("expires_at", None)
        payment |= {
            "status": "canceled",
            "paid": False,
            "cancellation_details": {"party": party, "reason": reason},
        }
        self._save(payment)
        notify(self._world, "payment.canceled", payment)

    def _held(self, payment_id: str) -> Document:
        payment = self.read(payment_id)
        if payment["status"] != "waiting_for_capture":
            text = f"Incorrect payment status: {payment['status']}, not waiting_for_capture"
            raise invalid(text, "payment_id")
        return payment

    def _await_payer(self, payment: Document) -> None:
        due = datetime.fromisoformat(payment["created_at"])
        due += timedelta(seconds=self._world.settings.pace.checkout)
        self._expire_at(due, payment["id"], "pending", "expired_on_confirmation")

    def _await_capture(self, payment: Document) -> None:
        due = datetime.fromisoformat(payment["expires_at"])
        self._expire_at(due, payment["id"], "waiting_for_capture", "expired_on_capture")

    def _expire_at(self, due: datetime, payment_id: str, status: str, reason: str) -> None:
        def expire() -> None:
            if self.read(payment_id)["status"] == status:
                self._cancel(self.read(payment_id), "yoo_money", reason)

        self._world.agenda.at(due, expire)

    def _save(self, payment: Document) -> None:
        self._all.save(payment["id"], self.record(payment["id"]))


def _return_url(body: Document) -> str:
    confirmation: Any = body.get("confirmation")
    if not isinstance(confirmation, dict):
        raise invalid("Is missing", "confirmation")
    if confirmation.get("type") != "redirect":
        raise invalid("Only redirect is simulated", "confirmation.type")
    url = confirmation.get("return_url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise invalid("Is not an http address", "confirmation.return_url")
    if len(url) > _URL_LIMIT:
        raise invalid(f"Is longer than {_URL_LIMIT} characters", "confirmation.return_url")
    return url


def _method(body: Document) -> str:
    data = body.get("payment_method_data") or {"type": "bank_card"}
    method = data.get("type") if isinstance(data, dict) else None
    if method not in _METHODS:
        raise invalid(f"Is none of {', '.join(_METHODS)}", "payment_method_data.type")
    return str(method)


def _capture(body: Document) -> bool:
    capture = body.get("capture", False)
    if not isinstance(capture, bool):
        raise invalid("Is neither true nor false", "capture")
    return capture
