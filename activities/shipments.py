"""Shipments as rows: reserve the pieces, confirm or give them back, follow them to the door."""

from dataclasses import replace

from temporalio import activity

from db import allocations, done_commands, orders, shipments
from db.engine import Database, Session
from db.order_lines import line_variants, service_lines
from domain import order_commands as commands
from domain import shipments as rules
from domain.order_commands import Command
from domain.order_lines import deliver_lines, ship_lines, unship_lines
from domain.order_messages import DeliverShipment, ParcelFact, ShipOrder
from domain.orders import Order
from domain.payments import PaymentNotOpen, receive
from domain.shipments import Shipment, ShipmentState


class ShipmentActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def prepare_shipment(self, command: ShipOrder) -> Order:
        """Takes the pieces off the shelves before the carrier is asked."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            commands.check(before, Command.SHIP)
            after = before.with_lines(ship_lines(before.lines, command.lines))
            after = after.with_shipment(self._take(tx, command))
            return orders.save(
                tx,
                command.order_id,
                before,
                after,
                "order.shipment_prepared",
                command.by,
                shipment_id=command.command_id,
            )

    @activity.defn(no_thread_cancel_exception=True)
    def abandon_shipment(self, fact: ParcelFact) -> Order:
        """It will not leave: its pieces are held for the same lines again."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, fact.order_id)
            shipment = before.shipment(fact.shipment_id)
            if shipment.state in rules.FINAL:
                return before
            shipments.note_fact(tx, fact)
            self._put_back(tx, fact, shipment)
            after = before.with_lines(unship_lines(before.lines, shipment.lines))
            after = after.with_shipment(replace(shipment, state=ShipmentState.ABANDONED))
            return orders.save(
                tx,
                fact.order_id,
                before,
                after,
                "order.shipment_abandoned",
                "system",
                shipment_id=fact.shipment_id,
                why=fact.reason,
            )

    @activity.defn(no_thread_cancel_exception=True)
    def record_parcel_fact(self, fact: ParcelFact) -> Order:
        """The answer to a booking, or news of a parcel: whichever comes first says it left."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, fact.order_id)
            known = before.shipment(fact.shipment_id)
            followed = rules.follow(known, fact.state)
            if followed == known and not shipments.is_news(tx, fact):
                return before
            shipments.note_fact(tx, fact)
            after = before.with_shipment(followed)
            if followed.state is ShipmentState.DELIVERED and followed != known:
                after = _arrived(before, followed)
            return orders.save(
                tx,
                fact.order_id,
                before,
                after,
                "order.shipped" if known.is_being_booked else f"order.parcel_{followed.state}",
                "system",
                shipment_id=fact.shipment_id,
                tracking_number=fact.tracking_number,
                parcel_state=fact.parcel_state,
            )

    @activity.defn(no_thread_cancel_exception=True)
    def deliver_shipment(self, command: DeliverShipment) -> Order:
        """Somebody of ours saw it arrive; what the courier collected is recorded with it."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            shipment = before.shipment(command.shipment_id)
            state = rules.deliver(shipment)
            shipments.note_fact(tx, ParcelFact(command.order_id, shipment.id, state, state.value))
            after = _arrived(before, replace(shipment, state=state))
            after = _collected(after, command.collected)
            return orders.save(
                tx,
                command.order_id,
                before,
                after,
                "order.parcel_delivered",
                command.by,
                shipment_id=shipment.id,
                collected=command.collected,
            )

    def _take(self, tx: Session, command: ShipOrder) -> Shipment:
        services = service_lines(tx, command.order_id)
        goods = [piece for piece in command.lines if piece.line not in services]
        served = [piece for piece in command.lines if piece.line in services]
        taken = allocations.sell(tx, command.order_id, command.command_id, goods, command.by)
        return shipments.add_shipment(tx, command, taken, served)

    def _put_back(self, tx: Session, fact: ParcelFact, shipment: Shipment) -> None:
        variants = line_variants(tx, fact.order_id)
        taken = shipments.taken_for(tx, shipment.id, variants)
        allocations.unsell(tx, fact.order_id, shipment.id, taken, "system")


def _arrived(order: Order, shipment: Shipment) -> Order:
    lines = deliver_lines(order.lines, shipment.lines)
    return order.with_lines(lines).with_shipment(shipment)


def _collected(order: Order, amount: int) -> Order:
    if not amount:
        return order
    for payment in order.payments:
        if payment.on_delivery:
            return order.with_payment(receive(payment, amount))
    raise PaymentNotOpen("No cash is awaited for this order: record it as a payment of its own.")
