"""Taking and giving back money through a provider."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.money import Money


class ProviderPaymentState(StrEnum):
    PENDING = "pending"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    CANCELLED = "cancelled"


class ProviderRefundState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class PaymentRequest:
    payment_id: UUID
    order_id: UUID
    order_number: str
    amount: Money
    capture: bool
    return_url: str
    description: str


@dataclass(frozen=True)
class ProviderPayment:
    """How the provider sees the payment. Amounts are the ones of its answer, not ours."""

    reference: str
    state: ProviderPaymentState
    amount: Money
    captured: Money
    refunded: Money
    confirmation_url: str | None = None
    cancel_reason: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class RefundRequest:
    refund_id: UUID
    payment_reference: str
    amount: Money
    reason: str


@dataclass(frozen=True)
class ProviderRefund:
    reference: str
    state: ProviderRefundState
    amount: Money
    fail_reason: str | None = None


class PaymentProvider(Protocol):
    """Every act carries our id as its idempotency key, so repeating one does it once.

    All methods raise the exceptions of `providers.outcomes`."""

    def start(self, request: PaymentRequest) -> ProviderPayment: ...

    def find(self, payment_id: UUID, since: datetime) -> ProviderPayment | None:
        """The payment started under our id, where its answer was lost; None when there is none."""
        ...

    def read(self, reference: str) -> ProviderPayment: ...

    def capture(self, payment_id: UUID, reference: str, amount: Money) -> ProviderPayment: ...

    def void(self, payment_id: UUID, reference: str) -> ProviderPayment: ...

    def refund(self, request: RefundRequest) -> ProviderRefund: ...

    def find_refund(
        self, refund_id: UUID, payment_reference: str, since: datetime
    ) -> ProviderRefund | None: ...

    def read_refund(self, reference: str) -> ProviderRefund: ...

    def check(self) -> str:
        """Asks for something harmless; who answered, in words for the settings page."""
        ...
