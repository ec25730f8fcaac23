"""What an order waits for, and whom: read off its facts, in words people understand."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.orders import CLOSED, Order, OrderStatus
from domain.payments import Payment, PaymentMethod, PaymentState
from domain.shipments import CarrierCode, Shipment, ShipmentState


class Whom(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    CARRIER = "carrier"
    PROVIDER = "provider"
    STOCK = "stock"


@dataclass(frozen=True)
class Wait:
    """`code` is stable, for pages that say it in other languages; `message` is English."""

    whom: Whom
    code: str
    message: str
    subject_id: UUID | None = None


_SHIPMENT_WAITS = {
    ShipmentState.PREPARING: Wait(
        Whom.CARRIER, "booking", "The carrier has not confirmed the parcel yet."
    ),
    ShipmentState.UNKNOWN: Wait(
        Whom.CARRIER, "booking_unknown", "Nobody knows yet whether the carrier booked the parcel."
    ),
    ShipmentState.READY_FOR_PICKUP: Wait(
        Whom.CUSTOMER, "pick_up", "The parcel waits at the pick-up point."
    ),
    ShipmentState.RETURNING: Wait(Whom.CARRIER, "returning", "The parcel is coming back."),
    ShipmentState.RETURNED: Wait(Whom.STAFF, "returned", "The parcel came back: decide about it."),
}
_OFFLINE_WAITS = {
    PaymentMethod.BANK_TRANSFER: ("transfer", "The customer's bank transfer has not come in."),
    PaymentMethod.CHEQUE: ("cheque", "The customer's cheque has not cleared."),
}


def waits(order: Order) -> list[Wait]:
    """Most pressing first. Empty: nothing is left to wait for."""
    return [
        *_people(order),
        *(wait for payment in order.payments for wait in _payment(payment, order)),
        *_money(order),
        *(wait for shipment in order.shipments for wait in _shipment(shipment)),
        *_goods(order),
    ]


def _people(order: Order) -> Iterator[Wait]:
    if order.status is OrderStatus.ON_HOLD:
        yield Wait(Whom.STAFF, "on_hold", "The order is on hold until somebody releases it.")
    if order.open_change:
        yield Wait(
            Whom.STAFF,
            "change",
            "A proposed edit waits to be confirmed or discarded.",
            order.open_change,
        )


def _payment(payment: Payment, order: Order) -> Iterator[Wait]:
    if payment.refunding:
        yield Wait(Whom.PROVIDER, "refund", "A refund is on its way back.", payment.id)
    if order.status in CLOSED or not payment.is_open:
        return
    if payment.state is PaymentState.STARTING:
        yield Wait(
            Whom.PROVIDER, "payment_page", "The provider has not made the page yet.", payment.id
        )
    elif payment.state is PaymentState.UNKNOWN:
        yield Wait(
            Whom.PROVIDER,
            "payment_unknown",
            "Nobody knows yet whether the provider has this payment.",
            payment.id,
        )
    elif payment.state is PaymentState.PENDING:
        yield Wait(
            Whom.CUSTOMER, "payment", "The customer has not paid on the page yet.", payment.id
        )
    elif payment.method in _OFFLINE_WAITS:
        code, message = _OFFLINE_WAITS[payment.method]
        yield Wait(Whom.CUSTOMER, code, message, payment.id)
    elif payment.on_delivery and _all_arrived(order):
        yield Wait(Whom.CARRIER, "cash", "The courier has not handed in the cash yet.", payment.id)


def _money(order: Order) -> Iterator[Wait]:
    nobody_pays = not any(payment.is_open for payment in order.payments)
    if order.status not in CLOSED and order.due > 0 and nobody_pays:
        yield Wait(Whom.STAFF, "no_payment", "Money is due and no payment is arranged for it.")
    if order.overpaid:
        yield Wait(Whom.STAFF, "overpaid", "More was paid than the order costs: refund it.")


def _shipment(shipment: Shipment) -> Iterator[Wait]:
    wait = _SHIPMENT_WAITS.get(shipment.state)
    if wait:
        yield Wait(wait.whom, wait.code, wait.message, shipment.id)
    elif shipment.state is ShipmentState.SHIPPED and shipment.carrier is CarrierCode.CDEK:
        yield Wait(Whom.CARRIER, "delivery", "The carrier has the parcel.", shipment.id)
    elif shipment.state is ShipmentState.SHIPPED:
        yield Wait(
            Whom.STAFF,
            "own_delivery",
            "Our courier has the parcel: say when it arrives.",
            shipment.id,
        )


def _goods(order: Order) -> Iterator[Wait]:
    if order.status in CLOSED:
        return
    lines = order.lines.values()
    if any(line.backordered for line in lines):
        yield Wait(Whom.STOCK, "backorder", "Pieces were sold without stock and must come in.")
    if any(line.allocated for line in lines) and order.status is OrderStatus.PLACED:
        if order.is_covered:
            yield Wait(Whom.STAFF, "shipping", "It can be picked, packed and shipped.")
        else:
            yield Wait(Whom.CUSTOMER, "unpaid", "It ships when it is paid.")


def _all_arrived(order: Order) -> bool:
    return all(line.open == 0 and line.undelivered == 0 for line in order.lines.values())
