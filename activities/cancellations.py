"""Cancelling an order or parts of it: stock at once, money and parcels as legs of their own."""

from dataclasses import dataclass, replace
from uuid import UUID

from temporalio import activity

from db import cancellations, done_commands, orders
from db.engine import Database
from db.giving_up import give_up
from domain import order_commands as commands
from domain.order_commands import Command
from domain.order_lines import everything_open
from domain.order_messages import CancelOrder
from domain.orders import Order, OrderStatus
from domain.payments import Payment, PaymentState, call_off


@dataclass(frozen=True)
class CancelledOrder:
    """What is left to do outside: holds to drop. What was paid too much is refunded after that."""

    order: Order
    to_void: list[UUID]


class CancellationActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def cancel_order(self, command: CancelOrder) -> CancelledOrder:
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return CancelledOrder(before, _holds(before))
            commands.check(before, Command.CANCEL)
            reason = done_commands.reason_text(tx, command.reason_id) or ""
            pieces = command.lines or everything_open(before.lines)
            lines = give_up(
                tx,
                command.order_id,
                before.lines,
                pieces,
                command.by,
                restock=command.restock,
                reason=reason,
            )
            after = before.with_lines(lines)
            after = replace(after, status=commands.target(after, Command.CANCEL))
            if after.status is OrderStatus.CANCELLED:
                after = _call_off_payments(after)
            cancellations.add(tx, command, pieces, reason, _holds(after))
            after = orders.save(
                tx,
                command.order_id,
                before,
                after,
                "order.cancelled" if after.status is not before.status else "order.lines_cancelled",
                command.by,
                reason=reason,
                restock=command.restock,
                refund=command.refund,
            )
            return CancelledOrder(after, _holds(after))


def _call_off_payments(order: Order) -> Order:
    for payment in order.payments:
        order = order.with_payment(call_off(payment))
    return order


def _holds(order: Order) -> list[UUID]:
    """Holds on cards that a cancelled order must drop."""
    if order.status is not OrderStatus.CANCELLED:
        return []
    return [payment.id for payment in order.payments if _is_hold(payment)]


def _is_hold(payment: Payment) -> bool:
    return payment.is_online and payment.state is PaymentState.AUTHORISED
