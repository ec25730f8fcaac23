"""One attempt to take money: its states, and how facts from outside change it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from domain.errors import Refusal


class PaymentMethod(StrEnum):
    CARD = "card"
    CASH_ON_DELIVERY = "cash_on_delivery"
    BANK_TRANSFER = "bank_transfer"
    CHEQUE = "cheque"


ONLINE_METHODS = frozenset({PaymentMethod.CARD})


class PaymentState(StrEnum):
    AWAITED = "awaited"
    """Nobody has to be asked: a transfer, a cheque or the courier's cash will come, or not."""
    STARTING = "starting"
    PENDING = "pending"
    """The customer has the provider's page."""
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """The provider may or may not have done what we asked; it is being asked."""


class RefundState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


class CapturePolicy(StrEnum):
    AT_ONCE = "at_once"
    ON_SHIPPING = "on_shipping"


class PaymentNotOpen(Refusal):
    """The payment is already settled, or is not of a kind that staff record."""


class PaymentNotOnOrder(Refusal):
    """The payment belongs to another order."""


class MoreThanCaptured(Refusal):
    """A refund above what was taken and not yet given back."""


_RANK = {
    PaymentState.AWAITED: 0,
    PaymentState.STARTING: 0,
    PaymentState.UNKNOWN: 0,
    PaymentState.PENDING: 1,
    PaymentState.AUTHORISED: 2,
    PaymentState.CANCELLED: 3,
    PaymentState.CAPTURED: 4,
}


@dataclass(frozen=True)
class Payment:
    """Amounts in minor units of the order's currency. `refunding` is on its way back."""

    id: UUID
    method: PaymentMethod
    state: PaymentState
    amount: int
    authorised: int = 0
    captured: int = 0
    refunded: int = 0
    refunding: int = 0

    @property
    def is_online(self) -> bool:
        return self.method in ONLINE_METHODS

    @property
    def is_open(self) -> bool:
        """Money may still come through it."""
        return self.state not in (PaymentState.CAPTURED, PaymentState.CANCELLED)

    @property
    def refundable(self) -> int:
        return self.captured - self.refunded - self.refunding

    @property
    def on_delivery(self) -> int:
        """To be collected by the courier, and so as good as covered before shipping."""
        waits = self.method is PaymentMethod.CASH_ON_DELIVERY and self.is_open
        return self.amount if waits else 0


@dataclass(frozen=True)
class RefundPart:
    payment_id: UUID
    amount: int


def settle(payment: Payment, state: PaymentState, amount: int, captured: int = 0) -> Payment:
    """The payment after a fact from the provider; an older fact changes nothing.

    Amounts are the provider's, in minor units: money truth is its answer."""
    if _RANK[state] < _RANK[payment.state]:
        return payment
    return replace(
        payment,
        state=state,
        authorised=amount if state is PaymentState.AUTHORISED else 0,
        captured=max(payment.captured, captured),
    )


def receive(payment: Payment, amount: int) -> Payment:
    """Money that staff saw come in: a transfer, a cleared cheque, the courier's cash."""
    if payment.is_online or not payment.is_open:
        raise PaymentNotOpen("This payment is not waiting for money that staff record.")
    if amount <= 0:
        raise PaymentNotOpen("The received amount must be above zero.")
    return replace(payment, state=PaymentState.CAPTURED, captured=amount)


def call_off(payment: Payment) -> Payment:
    """Nobody waits any more for a transfer, a cheque or cash; what a provider holds it keeps."""
    if payment.is_online or not payment.is_open:
        return payment
    return replace(payment, state=PaymentState.CANCELLED)


def refund_done(payment: Payment, amount: int, state: RefundState) -> Payment:
    """The payment after the provider said what became of a refund that was on its way."""
    if state is RefundState.DONE:
        refunded = payment.refunded + amount
        return replace(payment, refunded=refunded, refunding=max(0, payment.refunding - amount))
    if state is RefundState.FAILED:
        return replace(payment, refunding=max(0, payment.refunding - amount))
    return payment


def split_refund(payments: Iterable[Payment], amount: int) -> list[RefundPart]:
    """What to give back through which payment: the original payments in turn."""
    if amount <= 0:
        raise MoreThanCaptured("A refund needs an amount above zero.")
    parts, left = [], amount
    for payment in payments:
        part = min(left, payment.refundable)
        if part > 0:
            parts.append(RefundPart(payment.id, part))
            left -= part
    if left:
        raise MoreThanCaptured("More than was taken and not yet given back.")
    return parts
