"""Sending parcels through a carrier."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.money import Money


class ParcelState(StrEnum):
    """Ours for every carrier's words; only the last three are final."""

    ACCEPTED = "accepted"
    REGISTERED = "registered"
    HANDED_OVER = "handed_over"
    IN_TRANSIT = "in_transit"
    READY_FOR_PICKUP = "ready_for_pickup"
    OUT_FOR_DELIVERY = "out_for_delivery"
    RETURNING = "returning"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Place:
    """Where a parcel starts or ends. Either an address or one of the carrier's pick-up points."""

    country: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""
    point_code: str | None = None


@dataclass(frozen=True)
class ParcelItem:
    sku: str
    name: str
    quantity: int
    unit_price: Money
    weight_g: int
    collect: Money | None = None
    """To be collected on delivery, a piece; None where the order is paid."""


@dataclass(frozen=True)
class Box:
    number: str
    weight_g: int
    items: tuple[ParcelItem, ...]
    length_cm: int = 20
    width_cm: int = 20
    height_cm: int = 10


@dataclass(frozen=True)
class ParcelRequest:
    shipment_id: UUID
    number: str
    """Our reference, unique for ever: `<order number>-<n>`, at most 40 characters."""
    service: str
    """The carrier's tariff or service code."""
    sender: Place
    recipient: Place
    recipient_name: str
    recipient_phone: str
    recipient_email: str
    boxes: tuple[Box, ...]
    comment: str = ""


@dataclass(frozen=True)
class ParcelEvent:
    state: ParcelState
    code: str
    at: datetime
    place: str = ""


@dataclass(frozen=True)
class BookedParcel:
    reference: str
    tracking_number: str | None
    state: ParcelState
    events: tuple[ParcelEvent, ...] = field(default=())
    reject_reason: str | None = None


@dataclass(frozen=True)
class Quote:
    service: str
    name: str
    price: Money
    days_min: int
    days_max: int


@dataclass(frozen=True)
class Label:
    content: bytes
    media_type: str


class Carrier(Protocol):
    """All methods raise the exceptions of `providers.outcomes`."""

    def quote(self, sender: Place, recipient: Place, boxes: tuple[Box, ...]) -> list[Quote]: ...

    def book(self, request: ParcelRequest) -> BookedParcel:
        """Registers the parcel. May answer `accepted`: read it again until it is registered or
        rejected. Never sends blindly: a repeat finds the parcel by its number first."""
        ...

    def find(self, number: str) -> BookedParcel | None:
        """By our number, where the answer was lost; None when the carrier knows none."""
        ...

    def read(self, reference: str) -> BookedParcel: ...

    def cancel(self, reference: str) -> None:
        """Takes the booking back; done already counts as done."""
        ...

    def label(self, reference: str) -> Label: ...

    def check(self) -> str: ...
