"""The parcels of one order: reserved, booked with the carrier, followed to the door."""

from contextlib import suppress
from uuid import UUID

from temporalio import workflow

from workflows.order_book import OrderBook
from workflows.steps import StepRefused, Steps, StepSkipped

with workflow.unsafe.imports_passed_through():
    from activities.parcels import ParcelActivities
    from activities.shipments import ShipmentActivities
    from domain.errors import Refusal
    from domain.notices import NoticeEvent
    from domain.order_messages import DeliverShipment, ParcelFact, ShipOrder, Step, StepKind
    from domain.shipments import FINAL, CarrierCode, ShipmentState

NEWS = {
    ShipmentState.READY_FOR_PICKUP: NoticeEvent.ORDER_READY_FOR_PICKUP,
    ShipmentState.DELIVERED: NoticeEvent.ORDER_DELIVERED,
}


class ParcelRefused(Refusal):
    """The carrier will not take this parcel, or a person gave the booking up."""


class OrderShipments:
    def __init__(self, book: OrderBook, steps: Steps) -> None:
        self._book = book
        self._steps = steps

    async def ship(self, command: ShipOrder) -> None:
        """Reserve the pieces, book the parcel, then confirm - or put everything back."""
        await self._book.change(ShipmentActivities.prepare_shipment, command)
        await self._send(command.command_id, command.tracking_number)

    async def take_up(self) -> None:
        """Parcels that were reserved when the process before this one ended."""
        for shipment in self._book.order.shipments:
            if shipment.is_being_booked:
                with suppress(ParcelRefused):
                    await self._send(shipment.id, None)

    async def deliver(self, command: DeliverShipment) -> None:
        paid = self._book.order.payment_status
        await self._book.change(ShipmentActivities.deliver_shipment, command)
        await self._book.announce(NoticeEvent.ORDER_DELIVERED, command.shipment_id)
        await self._book.announce_if_paid(paid, command.command_id)

    async def follow(self, shipment_id: UUID) -> None:
        """The carrier has news: what counts is what it says when asked."""
        step = Step(StepKind.READ_PARCEL, shipment_id)
        if not await self._steps.turn(step):
            return
        known = self._book.order.shipment(shipment_id).state
        if known in FINAL:
            return
        try:
            fact = await self._steps.run(step, ParcelActivities.read_parcel, shipment_id)
        except (StepRefused, StepSkipped):
            return
        if fact:
            await self._record(fact, known)

    async def _send(self, shipment_id: UUID, tracking_number: str | None) -> None:
        try:
            fact = await self._book_parcel(shipment_id, tracking_number)
        except (StepRefused, StepSkipped) as reason:
            await self._abandon(shipment_id, str(reason))
            raise ParcelRefused(str(reason)) from reason
        await self._book.change(ShipmentActivities.record_parcel_fact, fact)
        await self._book.announce(NoticeEvent.ORDER_SHIPPED, shipment_id)

    async def _book_parcel(self, shipment_id: UUID, tracking_number: str | None) -> ParcelFact:
        shipment = self._book.order.shipment(shipment_id)
        if shipment.carrier is not CarrierCode.CDEK:
            return ParcelFact(
                self._book.order_id,
                shipment_id,
                ShipmentState.SHIPPED,
                "handed_over",
                tracking_number=tracking_number,
            )
        return await self._steps.run(
            Step(StepKind.BOOK_PARCEL, shipment_id),
            ParcelActivities.book_parcel,
            shipment_id,
            ask=ParcelActivities.find_parcel,
        )

    async def _abandon(self, shipment_id: UUID, reason: str) -> None:
        fact = ParcelFact(
            self._book.order_id,
            shipment_id,
            ShipmentState.ABANDONED,
            "rejected",
            reason=reason,
        )
        await self._book.change(ShipmentActivities.abandon_shipment, fact)

    async def _record(self, fact: ParcelFact, known: ShipmentState) -> None:
        if fact.state is ShipmentState.ABANDONED:
            await self._book.change(ShipmentActivities.abandon_shipment, fact)
            return
        after = await self._book.change(ShipmentActivities.record_parcel_fact, fact)
        state = after.shipment(fact.shipment_id).state
        if state is not known and state in NEWS:
            await self._book.announce(NEWS[state], fact.shipment_id)
