"""What an order consists of, as screens show it. Amounts in minor units of its currency."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from db.reads.names import ActorName, ChannelName, Name
from domain.access import of_noun
from domain.changes import ChangePreview
from domain.order_lines import LineQuantities, LineQuantity, LineStage
from domain.orders import FulfilmentStatus, OrderStatus, PaymentStatus, ReturnStatus
from domain.payments import PaymentMethod, PaymentState, RefundState
from domain.shipments import CarrierCode, ShipmentState


@of_noun("order", "product")
@dataclass(frozen=True)
class LineDetail:
    line: int
    variant_id: int
    sku: str
    name: str
    is_service: bool
    unit_price: int
    tax_class: str
    tax_rate: int
    """Hundredths of a percent."""
    gross: int
    tax: int
    weight_g: int
    refunded: int
    """Pieces."""
    quantities: LineQuantities
    stage: LineStage


@of_noun("order")
@dataclass(frozen=True)
class PaymentDetail:
    id: UUID
    method: PaymentMethod
    provider: str | None
    state: PaymentState
    amount: int
    currency: str
    authorised: int
    captured: int
    refunded: int
    reference: str | None
    confirmation_url: str | None
    cancel_reason: str | None
    document: str | None
    created_at: datetime


@dataclass(frozen=True)
class RefundDetail:
    id: UUID
    request_id: UUID
    payment_id: UUID
    amount: int
    state: RefundState
    reference: str | None
    fail_reason: str | None
    reason: str
    lines: list[Any]
    created_at: datetime


@dataclass(frozen=True)
class ShippedLine:
    line: int
    location: Name | None
    """None: a service, which leaves from nowhere."""
    quantity: int


@dataclass(frozen=True)
class ParcelEventDetail:
    code: str
    at: datetime
    state: str
    place: str


@dataclass(frozen=True)
class ShipmentDetail:
    id: UUID
    sequence: int
    carrier: CarrierCode
    service: str
    state: ShipmentState
    parcel_state: str | None
    reference: str | None
    tracking_number: str | None
    boxes: list[Any]
    fail_reason: str | None
    has_label: bool
    created_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    lines: list[ShippedLine]
    events: list[ParcelEventDetail]
    """In the order of the carrier's times."""


@dataclass(frozen=True)
class LegDetail:
    kind: str
    subject: str
    state: str
    detail: str


@dataclass(frozen=True)
class CancellationDetail:
    id: UUID
    lines: list[LineQuantity]
    restock: bool
    refund: bool
    notify: bool
    reason: str
    actor: ActorName
    at: datetime
    legs: list[LegDetail]


@dataclass(frozen=True)
class ChangeDetail:
    id: UUID
    actions: dict[str, Any]
    preview: ChangePreview
    proposed_by: ActorName
    proposed_at: datetime


@dataclass(frozen=True)
class StepDetail:
    """A step with a provider that waits for an answer or for a person."""

    kind: str
    subject_id: UUID
    state: str
    error: str
    since: datetime


@dataclass(frozen=True)
class FileDetail:
    id: UUID
    name: str
    media_type: str
    size: int
    author: ActorName
    at: datetime


@dataclass(frozen=True)
class NoteDetail:
    id: UUID
    author: ActorName
    text: str
    at: datetime


@of_noun("order")
@dataclass(frozen=True)
class OrderDetail:
    id: UUID
    number: int
    version: int
    channel: ChannelName
    branch: Name | None
    responsible: Name | None
    external_ref: str | None
    status: OrderStatus
    payment: PaymentStatus
    fulfilment: FulfilmentStatus
    returns: ReturnStatus
    currency: str
    prices_include_tax: bool
    goods: int
    shipping: int
    shipping_tax: int
    tax: int
    total: int
    authorised: int
    captured: int
    refunded: int
    allowance: int
    shipping_method: str | None
    """Its code; `shipping_method_name` is for people."""
    shipping_method_name: str | None
    weight_g: int
    customer_id: int | None
    customer_name: str
    customer_email: str
    customer_phone: str
    language: str
    address: dict[str, Any]
    comment: str
    hold_reason: str | None
    attention: str | None
    attention_at: datetime | None
    placed_at: datetime
    closed_at: datetime | None
    lines: list[LineDetail]
    payments: list[PaymentDetail]
    refunds: list[RefundDetail]
    shipments: list[ShipmentDetail]
    cancellations: list[CancellationDetail]
    open_change: ChangeDetail | None
    steps: list[StepDetail]
    files: list[FileDetail]
    notes: list[NoteDetail]
