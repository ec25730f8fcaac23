"""Goods that leave under one booking with a carrier."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from domain.errors import Refusal
from domain.order_lines import LineQuantity


class CarrierCode(StrEnum):
    OWN = "own"
    PICKUP = "pickup"
    CDEK = "cdek"


class ShipmentState(StrEnum):
    PREPARING = "preparing"
    """Reserved for the parcel; the carrier is being asked."""
    UNKNOWN = "unknown"
    """The carrier may or may not have booked it; it is being asked."""
    SHIPPED = "shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    ABANDONED = "abandoned"


FINAL = frozenset({ShipmentState.DELIVERED, ShipmentState.RETURNED, ShipmentState.ABANDONED})


class ShipmentNotOnOrder(Refusal):
    """The shipment belongs to another order."""


class ShipmentNotUnderWay(Refusal):
    """Only a parcel that left and has not arrived can be delivered."""


@dataclass(frozen=True)
class Shipment:
    id: UUID
    carrier: CarrierCode
    state: ShipmentState
    lines: list[LineQuantity]

    @property
    def is_being_booked(self) -> bool:
        return self.state in (ShipmentState.PREPARING, ShipmentState.UNKNOWN)

    @property
    def is_under_way(self) -> bool:
        return self.state in (
            ShipmentState.SHIPPED,
            ShipmentState.READY_FOR_PICKUP,
            ShipmentState.RETURNING,
        )


@dataclass(frozen=True)
class ParcelQuote:
    """Price in minor units."""

    service: str
    name: str
    price: int
    currency: str
    days_min: int
    days_max: int


def deliver(shipment: Shipment) -> ShipmentState:
    if not shipment.is_under_way:
        raise ShipmentNotUnderWay(f"The shipment is {shipment.state}.")
    return ShipmentState.DELIVERED


def follow(shipment: Shipment, state: ShipmentState) -> Shipment:
    """After a word from the carrier. What arrived or came back stays so, whatever comes late."""
    if shipment.state in FINAL or state is ShipmentState.PREPARING:
        return shipment
    return replace(shipment, state=state)
