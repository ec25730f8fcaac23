"""Payments: what staff record, what providers are asked to do, and the facts they answer."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from temporalio import activity

from db import done_commands, orders, payment_methods, payments, placing
from db.engine import Database
from domain import order_commands as commands
from domain.money import Money
from domain.order_commands import Command
from domain.order_messages import AddPayment, PaymentFact, RecordPayment
from domain.orders import Order
from domain.payments import PaymentState, receive, settle
from providers.payments import (
    PaymentProvider,
    PaymentRequest,
    ProviderPayment,
    ProviderPaymentState,
)

OUR_STATE = {
    ProviderPaymentState.PENDING: PaymentState.PENDING,
    ProviderPaymentState.AUTHORISED: PaymentState.AUTHORISED,
    ProviderPaymentState.CAPTURED: PaymentState.CAPTURED,
    ProviderPaymentState.CANCELLED: PaymentState.CANCELLED,
}
CLOCK_DRIFT = timedelta(minutes=5)


class PaymentActivities:
    """Rows only. One method, one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def add_payment(self, command: AddPayment) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            commands.check(before, Command.ADD_PAYMENT)
            payment_methods.check(tx, command.method)
            amount = before.due if command.amount is None else min(command.amount, before.due)
            payment = placing.new_payment(command.command_id, command.method, amount)
            placing.add_payments(
                tx, command.order_id, orders.currency(tx, command.order_id), [payment]
            )
            return orders.save(
                tx,
                command.order_id,
                before,
                before.with_payment(payment),
                "order.payment_added",
                command.by,
                payment_id=payment.id,
                method=payment.method,
                amount=amount,
            )

    @activity.defn(no_thread_cancel_exception=True)
    def record_payment(self, command: RecordPayment) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            commands.check(before, Command.RECORD_PAYMENT)
            payment = receive(before.payment(command.payment_id), command.amount)
            payments.set_document(tx, payment.id, command.document)
            return orders.save(
                tx,
                command.order_id,
                before,
                before.with_payment(payment),
                "order.payment_received",
                command.by,
                payment_id=payment.id,
                amount=command.amount,
                document=command.document,
            )

    @activity.defn(no_thread_cancel_exception=True)
    def record_payment_fact(self, fact: PaymentFact) -> Order:
        """A fact that changes nothing leaves no trace: it may come again, late or out of order."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, fact.order_id)
            known = before.payment(fact.payment_id)
            payment = settle(known, fact.state, fact.amount, fact.captured)
            if payment == known:
                return before
            payments.note_fact(tx, fact)
            if payment.state is PaymentState.CANCELLED:
                payments.save_leg(tx, "void", payment.id, "done")
            return orders.save(
                tx,
                fact.order_id,
                before,
                before.with_payment(payment),
                f"order.payment_{payment.state}",
                "system",
                payment_id=payment.id,
                reference=fact.reference,
                captured=payment.captured,
            )

    @activity.defn(no_thread_cancel_exception=True)
    def call_off_payment(self, order_id: UUID, payment_id: UUID, by: str) -> Order:
        """A person decided that this payment will not be taken through the provider."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, order_id)
            payment = before.payment(payment_id)
            if not payment.is_open:
                return before
            after = before.with_payment(
                replace(payment, state=PaymentState.CANCELLED, authorised=0)
            )
            return orders.save(
                tx,
                order_id,
                before,
                after,
                "order.payment_called_off",
                by,
                payment_id=payment_id,
            )


class ProviderPaymentActivities:
    """Reads what the provider must know, then asks it: never inside a transaction."""

    def __init__(self, db: Database, provider: PaymentProvider) -> None:
        self._db = db
        self._provider = provider

    @activity.defn(no_thread_cancel_exception=True)
    def start_payment(self, payment_id: UUID) -> PaymentFact:
        brief = self._brief(payment_id)
        request = PaymentRequest(
            payment_id=brief.payment_id,
            order_id=brief.order_id,
            order_number=str(brief.order_number),
            amount=Money(brief.amount, brief.currency),
            capture=brief.capture_at_once,
            return_url=brief.return_url,
            description=f"Order {brief.order_number}",
        )
        return _fact(brief, self._provider.start(request))

    @activity.defn(no_thread_cancel_exception=True)
    def find_payment(self, payment_id: UUID) -> PaymentFact | None:
        """By our id, where the provider's answer was lost; None: it never heard of it."""
        brief = self._brief(payment_id)
        found = self._provider.find(payment_id, brief.created_at - CLOCK_DRIFT)
        return _fact(brief, found) if found else None

    @activity.defn(no_thread_cancel_exception=True)
    def read_payment(self, payment_id: UUID) -> PaymentFact | None:
        brief = self._brief(payment_id)
        if brief.reference is None:
            return self.find_payment(payment_id)
        return _fact(brief, self._provider.read(brief.reference))

    @activity.defn(no_thread_cancel_exception=True)
    def find_settled_payment(self, payment_id: UUID) -> PaymentFact | None:
        """Whether a capture or a void was done; None: the money is held as before."""
        fact = self.read_payment(payment_id)
        return None if fact and fact.state is PaymentState.AUTHORISED else fact

    @activity.defn(no_thread_cancel_exception=True)
    def capture_payment(self, payment_id: UUID, amount: int) -> PaymentFact:
        brief = self._brief(payment_id)
        assert brief.reference
        taken = self._provider.capture(payment_id, brief.reference, Money(amount, brief.currency))
        return _fact(brief, taken)

    @activity.defn(no_thread_cancel_exception=True)
    def void_payment(self, payment_id: UUID) -> PaymentFact:
        brief = self._brief(payment_id)
        assert brief.reference
        return _fact(brief, self._provider.void(payment_id, brief.reference))

    def _brief(self, payment_id: UUID) -> payments.PaymentBrief:
        with self._db.transaction() as tx:
            return payments.payment_brief(tx, payment_id)


def _fact(brief: payments.PaymentBrief, seen: ProviderPayment) -> PaymentFact:
    """The provider's amounts count only in the order's own currency."""
    if seen.amount.currency != brief.currency:
        raise ValueError(f"The provider answers in {seen.amount.currency}, not {brief.currency}.")
    return PaymentFact(
        order_id=brief.order_id,
        payment_id=brief.payment_id,
        state=OUR_STATE[seen.state],
        amount=seen.amount.minor,
        captured=seen.captured.minor,
        reference=seen.reference,
        confirmation_url=seen.confirmation_url,
        cancel_reason=seen.cancel_reason,
    )
