"""The order itself: placed, held, released, expired, completed. One method, one transaction."""

from dataclasses import replace
from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from db import done_commands, order_requests, orders, payments, placing
from db.engine import Database, Session
from db.giving_up import give_up
from domain import order_commands as commands
from domain.drafts import Draft
from domain.errors import Refusal
from domain.order_commands import Command
from domain.order_lines import everything_open
from domain.order_messages import OrderCommand, PlacedOrder
from domain.orders import Order
from domain.payments import call_off

REFUSED = 409


# `no_thread_cancel_exception`: a transaction that Temporal has given up runs to its end. Cut off in
# the middle of a statement it would leave a broken connection; done twice it does nothing twice.


class OrderActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def place_order(self, order_id: UUID) -> PlacedOrder:
        """Once: a repeat finds the order placed, or refused, which is remembered for the caller."""
        try:
            return self._place(order_id)
        except Refusal as refusal:
            answer = {"code": type(refusal).__name__, "message": str(refusal)}
            with self._db.transaction() as tx:
                order_requests.record_answer(tx, order_id, REFUSED, answer)
            raise

    @activity.defn(no_thread_cancel_exception=True)
    def load_order(self, order_id: UUID) -> PlacedOrder:
        """With what the process before this one may have left unfinished."""
        with self._db.transaction() as tx:
            unfinished = payments.unfinished_refunds(tx, order_id)
            return replace(orders.placed(tx, order_id), unfinished_refunds=unfinished)

    @activity.defn(no_thread_cancel_exception=True)
    def hold_order(self, command: OrderCommand) -> Order:
        return self._change_status(command, Command.HOLD, "order.held")

    @activity.defn(no_thread_cancel_exception=True)
    def release_order(self, command: OrderCommand) -> Order:
        return self._change_status(command, Command.RELEASE, "order.released")

    @activity.defn(no_thread_cancel_exception=True)
    def expire_order(self, order_id: UUID) -> Order:
        """Gives the stock of an unpaid order back. One that was paid at the last moment stays."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, order_id)
            if before.is_covered or commands.refusal_of(before, Command.EXPIRE):
                return before
            return self._give_up(tx, order_id, before)

    @activity.defn(no_thread_cancel_exception=True)
    def complete_order(self, order_id: UUID) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, order_id)
            if not before.is_done or commands.refusal_of(before, Command.COMPLETE):
                return before
            after = replace(before, status=commands.target(before, Command.COMPLETE))
            return orders.save(tx, order_id, before, after, "order.completed", "system")

    def _place(self, order_id: UUID) -> PlacedOrder:
        with self._db.transaction() as tx:
            stored, answer = order_requests.lock_draft(tx, order_id)
            if "code" in answer:
                raise ApplicationError(answer["message"], type=answer["code"], non_retryable=True)
            if stored is None:
                return orders.placed(tx, order_id)
            draft = Draft.from_json(stored)
            number, order = placing.place(tx, order_id, draft)
            order_requests.record_answer(tx, order_id, 201, answer | {"number": str(number)})
            return PlacedOrder(
                order_id, number, order, draft.expires_in_s, draft.capture_on_shipping
            )

    def _change_status(self, command: OrderCommand, kind: Command, action: str) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            commands.check(before, kind)
            reason = done_commands.reason_text(tx, command.reason_id)
            after = replace(before, status=commands.target(before, kind))
            held = reason if kind is Command.HOLD else None
            orders.set_fields(tx, command.order_id, hold_reason=held)
            return orders.save(
                tx, command.order_id, before, after, action, command.by, reason=reason
            )

    def _give_up(self, tx: Session, order_id: UUID, before: Order) -> Order:
        pieces = everything_open(before.lines)
        after = before.with_lines(give_up(tx, order_id, before.lines, pieces, "system"))
        for payment in after.payments:
            after = after.with_payment(call_off(payment))
        after = replace(after, status=commands.target(before, Command.EXPIRE))
        return orders.save(tx, order_id, before, after, "order.expired", "system")
