"""Refunds: never more than was taken, counting those still under way."""

from local.simulators.state import Document
from local.simulators.world import World
from local.simulators.yookassa.notifications import notify
from local.simulators.yookassa.payments import Payments
from local.simulators.yookassa.values import (
    Amount,
    decimal,
    invalid,
    not_found,
    read_amount,
    read_description,
    read_metadata,
    stamp,
)

_DESCRIPTION = 250


class Refunds:
    def __init__(self, world: World, payments: Payments) -> None:
        self._world = world
        self._payments = payments
        self._all = world.store.collection("yookassa_refund")

    def create(self, body: Document) -> str:
        payment = self._refundable(body)
        refunded = read_amount(body)
        _check_fits(payment, refunded)
        refund = self._new(payment["id"], refunded, body)
        self._all.save(refund["id"], refund)
        self._payments.add_refunded(payment["id"], decimal(refunded))
        if self._world.settings.pace.refund == 0:
            self._finish(refund["id"])
        else:
            self._finish_later(refund["id"])
        return str(refund["id"])

    def read(self, refund_id: str) -> Document:
        refund = self._all.get(refund_id)
        if refund is None:
            raise not_found("Refund")
        return refund

    def newest(self) -> list[Document]:
        return list(self._all.newest())

    def fail(self, refund_id: str) -> Document:
        """The bank has turned it down while it was pending."""
        refund = self.read(refund_id)
        if refund["status"] != "pending":
            raise invalid(f"The refund is {refund['status']}, not pending", "refund_id")
        details = {"party": "yoo_money", "reason": "insufficient_funds"}
        refund |= {"status": "canceled", "cancellation_details": details}
        self._all.save(refund_id, refund)
        self._payments.add_refunded(refund["payment_id"], -decimal(refund["amount"]))
        return refund

    def resume(self) -> None:
        for refund in self._all:
            if refund["status"] == "pending":
                self._finish_later(refund["id"])

    def _refundable(self, body: Document) -> Document:
        payment_id = body.get("payment_id")
        if not isinstance(payment_id, str):
            raise invalid("Is missing", "payment_id")
        payment = self._payments.read(payment_id)
        if payment["status"] != "succeeded":
            raise invalid(f"The payment is {payment['status']}, not succeeded", "payment_id")
        return payment

    def _new(self, payment_id: str, refunded: Amount, body: Document) -> Document:
        return {
            "id": self._world.ids.uuid(),
            "payment_id": payment_id,
            "status": "pending",
            "amount": refunded,
            "created_at": stamp(self._world.clock.now()),
            "metadata": read_metadata(body),
            **read_description(body, _DESCRIPTION),
        }

    def _finish_later(self, refund_id: str) -> None:
        self._world.agenda.after(self._world.settings.pace.refund, lambda: self._finish(refund_id))

    def _finish(self, refund_id: str) -> None:
        refund = self.read(refund_id)
        if refund["status"] == "pending":
            refund["status"] = "succeeded"
            self._all.save(refund_id, refund)
            notify(self._world, "refund.succeeded", refund)


def _check_fits(payment: Document, refunded: Amount) -> None:
    if refunded["currency"] != payment["amount"]["currency"]:
        raise invalid("Currency differs from the payment's", "amount.currency")
    left = decimal(payment["amount"]) - decimal(payment["refunded_amount"])
    if decimal(refunded) > left:
        raise invalid(f"Refund amount exceeds the {left} left of the payment", "amount.value")
