"""Talks to carriers about shipments: reads what they must know, then asks outside of it."""

import time
from collections.abc import Mapping
from uuid import UUID

from temporalio import activity

from db import parcels
from db.engine import Database
from domain.drafts import Address
from domain.money import Money
from domain.order_messages import ParcelFact
from domain.shipments import CarrierCode, ParcelQuote, ShipmentState
from providers.carriers import (
    BookedParcel,
    Box,
    Carrier,
    ParcelItem,
    ParcelRequest,
    ParcelState,
    Place,
)
from providers.outcomes import OutcomeUnknown, ProviderRefused

OUR_STATE = {
    ParcelState.ACCEPTED: ShipmentState.PREPARING,
    ParcelState.REGISTERED: ShipmentState.SHIPPED,
    ParcelState.HANDED_OVER: ShipmentState.SHIPPED,
    ParcelState.IN_TRANSIT: ShipmentState.SHIPPED,
    ParcelState.OUT_FOR_DELIVERY: ShipmentState.SHIPPED,
    ParcelState.READY_FOR_PICKUP: ShipmentState.READY_FOR_PICKUP,
    ParcelState.RETURNING: ShipmentState.RETURNING,
    ParcelState.DELIVERED: ShipmentState.DELIVERED,
    ParcelState.RETURNED: ShipmentState.RETURNED,
    ParcelState.REJECTED: ShipmentState.ABANDONED,
}
ASKING_PAUSES_S = (0.1, 0.2, 0.4, 0.8, 1.5, 2, 2, 2, 2)
"""A carrier that answers later is asked this often within one attempt."""


class ParcelActivities:
    def __init__(self, db: Database, carriers: Mapping[CarrierCode, Carrier]) -> None:
        self._db = db
        self._carriers = carriers

    @activity.defn
    def book_parcel(self, shipment_id: UUID) -> ParcelFact:
        """A second attempt asks by our number first: the first may have been done."""
        brief = self._brief(shipment_id)
        carrier = self._carriers[brief.carrier]
        found = carrier.find(brief.number) if activity.info().attempt > 1 else None
        return self._fact(brief, self._accepted(carrier, found or carrier.book(_request(brief))))

    @activity.defn
    def find_parcel(self, shipment_id: UUID) -> ParcelFact | None:
        """By our number, where the carrier's answer was lost; None: it knows no such parcel."""
        brief = self._brief(shipment_id)
        carrier = self._carriers[brief.carrier]
        found = carrier.find(brief.number)
        return self._fact(brief, self._accepted(carrier, found)) if found else None

    @activity.defn
    def read_parcel(self, shipment_id: UUID) -> ParcelFact | None:
        brief = self._brief(shipment_id)
        if brief.reference is None:
            return self.find_parcel(shipment_id)
        return self._fact(brief, self._carriers[brief.carrier].read(brief.reference))

    @activity.defn
    def quote_parcel(self, order_id: UUID, code: CarrierCode) -> list[ParcelQuote]:
        with self._db.transaction() as tx:
            brief = parcels.open_parcel_brief(tx, order_id, code)
        request = _request(brief)
        quotes = self._carriers[code].quote(request.sender, request.recipient, request.boxes)
        return [
            ParcelQuote(
                service=quote.service,
                name=quote.name,
                price=quote.price.minor,
                currency=quote.price.currency,
                days_min=quote.days_min,
                days_max=quote.days_max,
            )
            for quote in sorted(quotes, key=lambda quote: quote.price.minor)
        ]

    @activity.defn
    def fetch_label(self, shipment_id: UUID) -> None:
        """Keeps the label in the database: it names people, so it travels no other way.

        A parcel of our own goes by our own number."""
        brief = self._brief(shipment_id)
        label = self._carriers[brief.carrier].label(brief.reference or brief.number)
        with self._db.transaction() as tx:
            parcels.save_label(tx, shipment_id, label.content, label.media_type)

    def _accepted(self, carrier: Carrier, booked: BookedParcel) -> BookedParcel:
        settled = self._settled(carrier, booked)
        if settled.state is ParcelState.REJECTED:
            raise ProviderRefused(settled.reject_reason or "The carrier refused the parcel.")
        return settled

    def _settled(self, carrier: Carrier, booked: BookedParcel) -> BookedParcel:
        """Carriers that validate later answer `accepted` first."""
        for pause in ASKING_PAUSES_S:
            if booked.state is not ParcelState.ACCEPTED:
                return booked
            time.sleep(pause)
            activity.heartbeat()
            booked = carrier.read(booked.reference)
        if booked.state is ParcelState.ACCEPTED:
            raise OutcomeUnknown("The carrier has taken the booking and not decided on it yet.")
        return booked

    def _fact(self, brief: parcels.ParcelBrief, booked: BookedParcel) -> ParcelFact:
        self._note_events(brief.shipment_id, booked)
        return ParcelFact(
            order_id=brief.order_id,
            shipment_id=brief.shipment_id,
            state=OUR_STATE[booked.state],
            parcel_state=booked.state.value,
            reference=booked.reference,
            tracking_number=booked.tracking_number,
            reason=booked.reject_reason,
        )

    def _note_events(self, shipment_id: UUID, booked: BookedParcel) -> None:
        if not booked.events:
            return
        with self._db.transaction() as tx:
            parcels.add_events(
                tx,
                shipment_id,
                [(event.code, event.at, event.state.value, event.place) for event in booked.events],
            )

    def _brief(self, shipment_id: UUID) -> parcels.ParcelBrief:
        with self._db.transaction() as tx:
            return parcels.parcel_brief(tx, shipment_id)


def _request(brief: parcels.ParcelBrief) -> ParcelRequest:
    return ParcelRequest(
        shipment_id=brief.shipment_id,
        number=brief.number,
        service=brief.service,
        sender=_place(brief.sender),
        recipient=_place(brief.recipient),
        recipient_name=brief.name,
        recipient_phone=brief.phone,
        recipient_email=brief.email,
        boxes=_boxes(brief),
    )


def _place(address: Address) -> Place:
    return Place(
        address.country,
        address.city,
        address.postcode,
        address.street,
        address.point_code or None,
    )


def _boxes(brief: parcels.ParcelBrief) -> tuple[Box, ...]:
    """The goods are listed in the first box; further boxes carry their weight alone."""
    items = tuple(_item(brief, line) for line in brief.lines)
    weight = max(1, sum(line.weight_g * line.quantity for line in brief.lines))
    if not brief.boxes:
        return (Box(f"{brief.number}-1", weight, items),)
    return tuple(
        Box(number=f"{brief.number}-{n}", items=items if n == 1 else (), **box)
        for n, box in enumerate(brief.boxes, start=1)
    )


def _item(brief: parcels.ParcelBrief, line: parcels.BriefLine) -> ParcelItem:
    price = Money(line.unit_gross, brief.currency)
    return ParcelItem(
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        unit_price=price,
        weight_g=line.weight_g,
        collect=price if brief.collect else None,
    )
