"""What is true of an order: its four axes, derived from lines, payments and shipments."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from domain.errors import Refusal
from domain.order_lines import LineQuantities, Lines
from domain.payments import Payment, PaymentNotOnOrder, PaymentState
from domain.shipments import Shipment, ShipmentNotOnOrder


class AlreadyImported(Refusal):
    """The channel's own number is on another order."""


class OrderStatus(StrEnum):
    PLACED = "placed"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


CLOSED = frozenset({OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.EXPIRED})


class PaymentStatus(StrEnum):
    UNPAID = "unpaid"
    AUTHORISED = "authorised"
    PART_PAID = "part_paid"
    PAID = "paid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"
    OVERPAID = "overpaid"


class FulfilmentStatus(StrEnum):
    UNFULFILLED = "unfulfilled"
    PARTIAL = "partial"
    FULFILLED = "fulfilled"
    DELIVERED = "delivered"


class ReturnStatus(StrEnum):
    NONE = "none"
    REQUESTED = "requested"
    PARTIAL = "partial"
    RETURNED = "returned"


class ChannelKind(StrEnum):
    STOREFRONT = "storefront"
    POINT_OF_SALE = "point_of_sale"
    MARKETPLACE = "marketplace"
    PHONE = "phone"


@dataclass(frozen=True)
class NumberedLine:
    line: int
    quantities: LineQuantities


@dataclass(frozen=True)
class Order:
    """The facts that rules decide on; ids and quantities only, so that workflows may carry it.

    Amounts in minor units of the order's currency."""

    status: OrderStatus
    total: int
    numbered_lines: list[NumberedLine]
    payments: list[Payment] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    open_change: UUID | None = None
    allowance: int = 0
    """Given back as a favour, with no goods falling away: the customer does not owe it again."""

    @property
    def lines(self) -> dict[int, LineQuantities]:
        return {item.line: item.quantities for item in self.numbered_lines}

    @property
    def captured(self) -> int:
        return sum(payment.captured for payment in self.payments)

    @property
    def refunded(self) -> int:
        return sum(payment.refunded for payment in self.payments)

    @property
    def authorised(self) -> int:
        return sum(payment.authorised for payment in self.payments)

    @property
    def refundable(self) -> int:
        return sum(payment.refundable for payment in self.payments)

    @property
    def price(self) -> int:
        """What the customer has to pay in all. A favour never makes it less than nothing."""
        return max(0, self.total - self.allowance)

    @property
    def due(self) -> int:
        """Still to be taken; below zero it is owed to the customer."""
        return self.price - self.captured + self.refunded

    @property
    def overpaid(self) -> int:
        """Owed to the customer and not yet on its way back."""
        moving = sum(payment.refunding for payment in self.payments)
        return max(0, -self.due - moving)

    @property
    def is_covered(self) -> bool:
        """Paid, held on a card or to be collected by the courier: it may leave the house."""
        on_delivery = sum(payment.on_delivery for payment in self.payments)
        return self.due - self.authorised - on_delivery <= 0

    @property
    def payment_status(self) -> PaymentStatus:
        if self.status in (OrderStatus.CANCELLED, OrderStatus.EXPIRED) and not self.captured:
            return PaymentStatus.UNPAID
        return payment_status(self.price, self.authorised, self.captured, self.refunded)

    @property
    def fulfilment_status(self) -> FulfilmentStatus:
        return fulfilment_status(self.lines)

    @property
    def return_status(self) -> ReturnStatus:
        return return_status(self.lines)

    @property
    def is_done(self) -> bool:
        """Everything is delivered and every penny is where it belongs."""
        delivered = self.fulfilment_status is FulfilmentStatus.DELIVERED
        return delivered and self.due == 0 and not self.is_money_moving

    @property
    def is_money_moving(self) -> bool:
        unsure = any(payment.state is PaymentState.UNKNOWN for payment in self.payments)
        return unsure or any(payment.refunding for payment in self.payments)

    def with_lines(self, lines: Lines) -> "Order":
        return replace(self, numbered_lines=[NumberedLine(n, line) for n, line in lines.items()])

    def with_payment(self, payment: Payment) -> "Order":
        """The payment in the place of the one with its id, or as a new one."""
        kept = [payment if known.id == payment.id else known for known in self.payments]
        return replace(self, payments=kept if payment in kept else [*kept, payment])

    def with_shipment(self, shipment: Shipment) -> "Order":
        kept = [shipment if known.id == shipment.id else known for known in self.shipments]
        return replace(self, shipments=kept if shipment in kept else [*kept, shipment])

    def payment(self, payment_id: UUID) -> Payment:
        for payment in self.payments:
            if payment.id == payment_id:
                return payment
        raise PaymentNotOnOrder(f"Payment {payment_id} is not on this order.")

    def shipment(self, shipment_id: UUID) -> Shipment:
        for shipment in self.shipments:
            if shipment.id == shipment_id:
                return shipment
        raise ShipmentNotOnOrder(f"Shipment {shipment_id} is not on this order.")


def payment_status(total: int, authorised: int, captured: int, refunded: int) -> PaymentStatus:
    kept = captured - refunded
    if kept > total:
        return PaymentStatus.OVERPAID
    if refunded:
        return PaymentStatus.REFUNDED if kept == 0 else PaymentStatus.PART_REFUNDED
    if kept == total:
        return PaymentStatus.PAID
    if captured:
        return PaymentStatus.PART_PAID
    return PaymentStatus.AUTHORISED if authorised >= total else PaymentStatus.UNPAID


def fulfilment_status(lines: Lines) -> FulfilmentStatus:
    live = [line for line in lines.values() if line.wanted]
    if live and all(line.delivered >= line.wanted for line in live):
        return FulfilmentStatus.DELIVERED
    if live and all(line.open == 0 for line in live):
        return FulfilmentStatus.FULFILLED
    if any(line.shipped for line in live):
        return FulfilmentStatus.PARTIAL
    return FulfilmentStatus.UNFULFILLED


def return_status(lines: Lines) -> ReturnStatus:
    returned = sum(line.returned for line in lines.values())
    if returned and returned >= sum(line.wanted for line in lines.values()):
        return ReturnStatus.RETURNED
    if returned:
        return ReturnStatus.PARTIAL
    requested = any(line.return_requested for line in lines.values())
    return ReturnStatus.REQUESTED if requested else ReturnStatus.NONE
