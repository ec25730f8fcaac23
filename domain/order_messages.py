"""What is said to the process of an order: ids and quantities, never names, texts or addresses.

Every command carries the id its sender chose, so that saying it twice does it once."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.order_lines import LineQuantity
from domain.orders import FulfilmentStatus, Order, OrderStatus, PaymentStatus, ReturnStatus
from domain.payments import PaymentMethod, PaymentState, RefundState
from domain.shipments import CarrierCode, ShipmentState


@dataclass(frozen=True)
class OpenOrder:
    """Starts the process: to place the order, or (`resume`) to take up one that exists."""

    order_id: UUID
    resume: bool = False


@dataclass(frozen=True)
class PlacedOrder:
    order_id: UUID
    number: int
    order: Order
    expires_in_s: int | None
    """Seconds until an unpaid order gives its stock back; None: never."""
    capture_on_shipping: bool = False
    unfinished_refunds: list[UUID] = field(default_factory=list)
    """Granted and not moved yet, when the process before this one ended."""


@dataclass(frozen=True)
class OrderCommand:
    order_id: UUID
    command_id: UUID
    by: str
    reason_id: UUID | None = None


@dataclass(frozen=True)
class LinesCommand(OrderCommand):
    """Pick, pack or allocate these pieces."""

    lines: list[LineQuantity] = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    """Sizes in centimetres, weight in grams."""

    weight_g: int
    length_cm: int
    width_cm: int
    height_cm: int


@dataclass(frozen=True)
class ShipOrder(OrderCommand):
    """`command_id` is the shipment's id."""

    lines: list[LineQuantity] = field(default_factory=list)
    carrier: CarrierCode = CarrierCode.OWN
    service: str = ""
    boxes: list[Box] = field(default_factory=list)
    tracking_number: str | None = None


@dataclass(frozen=True)
class DeliverShipment(OrderCommand):
    shipment_id: UUID = field(kw_only=True)
    collected: int = 0
    """Cash the courier brought, in minor units."""


@dataclass(frozen=True)
class CancelOrder(OrderCommand):
    """No lines: everything still open. `command_id` is the cancellation's id."""

    lines: list[LineQuantity] = field(default_factory=list)
    restock: bool = True
    refund: bool = True
    notify: bool = True


@dataclass(frozen=True)
class RefundOrder(OrderCommand):
    """Of lines at their stored price, or of an amount. `command_id` is the request's id."""

    lines: list[LineQuantity] = field(default_factory=list)
    amount: int | None = None
    shipping: bool = False
    notify: bool = True


@dataclass(frozen=True)
class AddPayment(OrderCommand):
    """`command_id` is the payment's id; no amount: all that is due."""

    method: PaymentMethod = field(kw_only=True)
    amount: int | None = None


@dataclass(frozen=True)
class RecordPayment(OrderCommand):
    payment_id: UUID = field(kw_only=True)
    amount: int = field(kw_only=True)
    document: str = ""
    """Number of the cheque, statement line or act."""


@dataclass(frozen=True)
class ConfirmChange(OrderCommand):
    """`command_id` is the change's id."""

    refund: bool = True


@dataclass(frozen=True)
class PaymentFact:
    """What the provider says of a payment now. Amounts in minor units, from its answer."""

    order_id: UUID
    payment_id: UUID
    state: PaymentState
    amount: int
    captured: int = 0
    reference: str | None = None
    confirmation_url: str | None = None
    cancel_reason: str | None = None


@dataclass(frozen=True)
class RefundFact:
    order_id: UUID
    refund_id: UUID
    state: RefundState
    reference: str | None = None
    fail_reason: str | None = None


@dataclass(frozen=True)
class ParcelFact:
    """What the carrier says of a shipment now."""

    order_id: UUID
    shipment_id: UUID
    state: ShipmentState
    parcel_state: str
    reference: str | None = None
    tracking_number: str | None = None
    reason: str | None = None


class StepKind(StrEnum):
    """Acts outside the house that can get stuck."""

    START_PAYMENT = "start_payment"
    READ_PAYMENT = "read_payment"
    CAPTURE_PAYMENT = "capture_payment"
    VOID_PAYMENT = "void_payment"
    REFUND_PAYMENT = "refund_payment"
    BOOK_PARCEL = "book_parcel"
    READ_PARCEL = "read_parcel"


class StepState(StrEnum):
    UNKNOWN = "unknown"
    """Asked for, no answer: it is being asked whether it was done."""
    NEEDS_PERSON = "needs_person"
    SETTLED = "settled"


class Decision(StrEnum):
    RETRY = "retry"
    SKIP = "skip"


@dataclass(frozen=True)
class Step:
    kind: StepKind
    subject_id: UUID
    """The payment, refund or shipment."""


@dataclass(frozen=True)
class StepReport:
    """How a step stands, for people to see. Written only when it does not go smoothly."""

    id: UUID
    order_id: UUID
    step: Step
    state: StepState
    error: str = ""
    by: str = "system"
    reason_id: UUID | None = None


@dataclass(frozen=True)
class SettleStep(OrderCommand):
    step: Step = field(kw_only=True)
    decision: Decision = field(kw_only=True)


@dataclass(frozen=True)
class OrderAxes:
    """The answer to a command."""

    order_id: UUID
    status: OrderStatus
    payment: PaymentStatus
    fulfilment: FulfilmentStatus
    returns: ReturnStatus

    @staticmethod
    def of(order_id: UUID, order: Order) -> "OrderAxes":
        return OrderAxes(
            order_id,
            order.status,
            order.payment_status,
            order.fulfilment_status,
            order.return_status,
        )
