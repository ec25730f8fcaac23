"""Refunds: granted in the database first, then asked of the provider, then recorded."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from temporalio import activity

from db import cancellations, done_commands, orders, payments
from db.engine import Database, Session
from db.order_lines import note_refunded, refund_amount
from db.payments import RefundBrief
from domain import order_commands as commands
from domain.money import Money
from domain.order_commands import Command
from domain.order_messages import RefundFact, RefundOrder
from domain.orders import Order
from domain.payments import Payment, RefundPart, RefundState, refund_done, split_refund
from providers.payments import (
    PaymentProvider,
    ProviderRefund,
    ProviderRefundState,
    RefundRequest,
)

OUR_STATE = {
    ProviderRefundState.PENDING: RefundState.PENDING,
    ProviderRefundState.DONE: RefundState.DONE,
    ProviderRefundState.FAILED: RefundState.FAILED,
}


A_KEY_SURELY_LIVES = timedelta(hours=12)


@dataclass(frozen=True)
class GrantedRefund:
    """What was decided; `through_provider` still has to be moved."""

    order: Order
    through_provider: list[UUID]


@dataclass(frozen=True)
class OwedRefund:
    """Give back what the order has been paid too much."""

    order_id: UUID
    request_id: UUID
    by: str
    reason_id: UUID | None = None
    cancellation_id: UUID | None = None
    """Whose leg the refund is."""


class RefundActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def grant_refund(self, command: RefundOrder) -> GrantedRefund:
        """Splits it over the original payments in turn. Money that staff took, staff give back."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return _unfinished(tx, command.order_id, before)
            commands.check(before, Command.REFUND)
            amount = refund_amount(tx, command)
            note_refunded(tx, command)
            favour = max(0, amount - before.overpaid)
            granted = replace(before, allowance=before.allowance + favour)
            return self._grant(tx, command, before, granted, amount)

    @activity.defn(no_thread_cancel_exception=True)
    def grant_owed_refund(self, owed: OwedRefund) -> GrantedRefund:
        with self._db.transaction() as tx:
            before = orders.lock(tx, owed.order_id)
            amount = min(before.overpaid, before.refundable)
            command = RefundOrder(owed.order_id, owed.request_id, owed.by, owed.reason_id)
            if amount == 0 or not done_commands.first_time(tx, owed.request_id, owed.order_id):
                return _unfinished(tx, owed.order_id, before)
            granted = self._grant(tx, command, before, before, amount)
            if owed.cancellation_id:
                cancellations.add_refund_legs(tx, owed.cancellation_id, owed.request_id)
            return granted

    @activity.defn(no_thread_cancel_exception=True)
    def record_refund_fact(self, fact: RefundFact) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, fact.order_id)
            refund = payments.lock_refund(tx, fact.refund_id)
            if not payments.is_news(refund, fact):
                return before
            payments.save_refund(tx, fact)
            payment = before.payment(refund.payment_id)
            after = before.with_payment(refund_done(payment, refund.amount, fact.state))
            return orders.save(
                tx,
                fact.order_id,
                before,
                after,
                f"order.refund_{fact.state}",
                "system",
                refund_id=fact.refund_id,
                amount=refund.amount,
                reference=fact.reference,
                why=fact.fail_reason,
            )

    def _grant(
        self, tx: Session, command: RefundOrder, before: Order, granted: Order, amount: int
    ) -> GrantedRefund:
        reason = done_commands.reason_text(tx, command.reason_id) or ""
        rows, after = [], granted
        for part in split_refund(before.payments, amount):
            online = before.payment(part.payment_id).is_online
            state = RefundState.PENDING if online else RefundState.DONE
            rows.append((_refund_id(command.command_id, part), part, state))
            after = after.with_payment(_moving(after, part, state))
        payments.add_refunds(tx, command.order_id, command.command_id, rows, reason, command.lines)
        after = orders.save(
            tx,
            command.order_id,
            before,
            after,
            "order.refund_granted",
            command.by,
            reason=reason,
            amount=amount,
            request_id=command.command_id,
        )
        return GrantedRefund(after, [id for id, _, state in rows if state is RefundState.PENDING])


class ProviderRefundActivities:
    def __init__(self, db: Database, provider: PaymentProvider) -> None:
        self._db = db
        self._provider = provider

    @activity.defn(no_thread_cancel_exception=True)
    def refund_payment(self, refund_id: UUID) -> RefundFact:
        """One asked for before is looked for first: providers forget our keys after a day."""
        brief = self._brief(refund_id)
        is_old = datetime.now(UTC) - brief.created_at > A_KEY_SURELY_LIVES
        known = self.find_refund(refund_id) if brief.reference or is_old else None
        if known:
            return known
        request = RefundRequest(
            refund_id=refund_id,
            payment_reference=brief.payment_reference,
            amount=Money(brief.amount, brief.currency),
            reason=f"Order {brief.order_number}",
        )
        return _fact(brief, self._provider.refund(request))

    @activity.defn(no_thread_cancel_exception=True)
    def find_refund(self, refund_id: UUID) -> RefundFact | None:
        brief = self._brief(refund_id)
        if brief.reference:
            return _fact(brief, self._provider.read_refund(brief.reference))
        found = self._provider.find_refund(refund_id, brief.payment_reference, brief.created_at)
        return _fact(brief, found) if found else None

    def _brief(self, refund_id: UUID) -> RefundBrief:
        with self._db.transaction() as tx:
            return payments.refund_brief(tx, refund_id)


def _unfinished(tx: Session, order_id: UUID, order: Order) -> GrantedRefund:
    return GrantedRefund(order, payments.unfinished_refunds(tx, order_id))


def _refund_id(request_id: UUID, part: RefundPart) -> UUID:
    """The same at every repeat of the request."""
    return uuid5(request_id, str(part.payment_id))


def _moving(order: Order, part: RefundPart, state: RefundState) -> Payment:
    payment = order.payment(part.payment_id)
    if state is RefundState.DONE:
        return replace(payment, refunded=payment.refunded + part.amount)
    return replace(payment, refunding=payment.refunding + part.amount)


def _fact(brief: RefundBrief, seen: ProviderRefund) -> RefundFact:
    return RefundFact(
        brief.order_id, brief.refund_id, OUR_STATE[seen.state], seen.reference, seen.fail_reason
    )
