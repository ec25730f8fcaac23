"""The money of one order: payments started, followed, captured, dropped and given back."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid5

from temporalio import workflow

from workflows.order_book import OrderBook
from workflows.steps import StepRefused, Steps, StepSkipped

with workflow.unsafe.imports_passed_through():
    from activities.payments import PaymentActivities, ProviderPaymentActivities
    from activities.refunds import (
        OwedRefund,
        ProviderRefundActivities,
        RefundActivities,
    )
    from domain.notices import NoticeEvent
    from domain.order_messages import (
        Decision,
        PaymentFact,
        RefundFact,
        RefundOrder,
        SettleStep,
        Step,
        StepKind,
    )
    from domain.orders import CLOSED
    from domain.payments import Payment, PaymentState, RefundState


class OrderPayments:
    def __init__(self, book: OrderBook, steps: Steps) -> None:
        self._book = book
        self._steps = steps
        self.captures_on_shipping = False
        self._one_capture_at_a_time = asyncio.Lock()

    async def start_all(self) -> None:
        """Asks the provider for a payment page for every online payment that has none yet."""
        waiting = [payment for payment in self._book.order.payments if _is_new(payment)]
        await asyncio.gather(*(self.start(payment.id) for payment in waiting))

    async def start(self, payment_id: UUID) -> None:
        step = Step(StepKind.START_PAYMENT, payment_id)
        try:
            fact = await self._steps.run(
                step,
                ProviderPaymentActivities.start_payment,
                payment_id,
                ask=ProviderPaymentActivities.find_payment,
            )
        except (StepRefused, StepSkipped):
            await self._call_off(payment_id)
            return
        await self._record(fact)

    def stop_starting(self) -> None:
        """The order is closed: nobody needs a page to pay it any more."""
        for payment in self._book.order.payments:
            step = Step(StepKind.START_PAYMENT, payment.id)
            if self._steps.is_under_way(step):
                self._steps.decide(
                    SettleStep(
                        self._book.order_id,
                        payment.id,
                        "system",
                        step=step,
                        decision=Decision.SKIP,
                    )
                )

    async def follow(self, payment_id: UUID) -> None:
        """Something happened at the provider: what counts is what it says when asked."""
        step = Step(StepKind.READ_PAYMENT, payment_id)
        if not await self._steps.turn(step) or not self._is_worth_asking(payment_id):
            return
        try:
            fact = await self._steps.run(step, ProviderPaymentActivities.read_payment, payment_id)
        except (StepRefused, StepSkipped):
            return
        if fact:
            await self._record(fact)

    async def capture_all(self) -> None:
        """Takes what is held on cards, and no more than the order still costs."""
        async with self._one_capture_at_a_time:
            for known in self._book.order.payments:
                payment = self._book.order.payment(known.id)
                amount = min(payment.authorised, self._book.order.due)
                if payment.state is PaymentState.AUTHORISED and amount > 0:
                    await self._capture(payment.id, amount)

    async def void_all(self, payment_ids: list[UUID]) -> None:
        for payment_id in payment_ids:
            step = Step(StepKind.VOID_PAYMENT, payment_id)
            try:
                fact = await self._steps.run(
                    step,
                    ProviderPaymentActivities.void_payment,
                    payment_id,
                    ask=ProviderPaymentActivities.find_settled_payment,
                )
            except (StepRefused, StepSkipped):
                await self.follow(payment_id)
                continue
            await self._record(fact)

    async def give_all_back(self) -> None:
        """The order has expired: holds are dropped, and what came in for it goes back."""
        holds = [p.id for p in self._book.order.payments if p.state is PaymentState.AUTHORISED]
        await self.void_all(holds)
        await self.refund_what_is_owed(self._book.order_id, "system")

    async def refund(self, command: RefundOrder) -> None:
        granted = await self._book.change_with_answer(RefundActivities.grant_refund, command)
        await self.give_back(granted.through_provider)
        await self._announce_refund(command.command_id, command.notify)

    async def refund_what_is_owed(
        self, cause: UUID, by: str, reason_id: UUID | None = None, cancellation: bool = False
    ) -> None:
        """After goods fell away, or money came in for an order that no longer wants it."""
        if not min(self._book.order.overpaid, self._book.order.refundable):
            return
        request_id = uuid5(cause, "owed")
        owed = OwedRefund(
            self._book.order_id, request_id, by, reason_id, cause if cancellation else None
        )
        granted = await self._book.change_with_answer(RefundActivities.grant_owed_refund, owed)
        await self.give_back(granted.through_provider)
        await self._announce_refund(request_id, True)

    async def follow_refund(self, refund_id: UUID) -> None:
        """The provider has news of it: it is asked, never told to refund again."""
        step = Step(StepKind.REFUND_PAYMENT, refund_id)
        if not await self._steps.turn(step):
            return
        try:
            fact = await self._steps.run(step, ProviderRefundActivities.find_refund, refund_id)
        except (StepRefused, StepSkipped):
            return
        if fact:
            await self._book.change(RefundActivities.record_refund_fact, fact)

    async def _capture(self, payment_id: UUID, amount: int) -> None:
        step = Step(StepKind.CAPTURE_PAYMENT, payment_id)
        try:
            fact = await self._steps.run(
                step,
                ProviderPaymentActivities.capture_payment,
                payment_id,
                amount,
                ask=ProviderPaymentActivities.find_settled_payment,
            )
        except (StepRefused, StepSkipped):
            await self.follow(payment_id)
            return
        await self._record(fact)

    async def _record(self, fact: PaymentFact) -> None:
        """Writes the fact and does what follows from it; an old fact changes nothing."""
        before = self._book.order
        known = before.payment(fact.payment_id)
        after = await self._book.change(PaymentActivities.record_payment_fact, fact)
        payment = after.payment(fact.payment_id)
        if payment.state is known.state:
            return
        await self._book.announce_if_paid(before.payment_status, payment.id)
        await self._follow_up(payment)

    async def _follow_up(self, payment: Payment) -> None:
        if payment.state is PaymentState.CANCELLED and self._book.order.status not in CLOSED:
            await self._book.announce(NoticeEvent.PAYMENT_FAILED, payment.id)
        if payment.state is PaymentState.AUTHORISED and not self.captures_on_shipping:
            await self.capture_all()
        if payment.state is PaymentState.CAPTURED:
            await self.refund_what_is_owed(payment.id, "system")

    async def give_back(self, refund_ids: Sequence[UUID]) -> None:
        await asyncio.gather(*(self._give_back_one(refund_id) for refund_id in refund_ids))

    async def _give_back_one(self, refund_id: UUID) -> None:
        step = Step(StepKind.REFUND_PAYMENT, refund_id)
        try:
            fact = await self._steps.run(
                step,
                ProviderRefundActivities.refund_payment,
                refund_id,
                ask=ProviderRefundActivities.find_refund,
            )
        except (StepRefused, StepSkipped) as reason:
            fact = RefundFact(
                self._book.order_id, refund_id, RefundState.FAILED, fail_reason=str(reason)
            )
        await self._book.change(RefundActivities.record_refund_fact, fact)

    async def _call_off(self, payment_id: UUID) -> None:
        await self._book.change(
            PaymentActivities.call_off_payment, self._book.order_id, payment_id, "system"
        )
        if self._book.order.status not in CLOSED:
            await self._book.announce(NoticeEvent.PAYMENT_FAILED, payment_id)

    async def _announce_refund(self, request_id: UUID, tell: bool) -> None:
        await self._book.announce(NoticeEvent.ORDER_REFUNDED, request_id, tell)

    def _is_worth_asking(self, payment_id: UUID) -> bool:
        payment = self._book.order.payment(payment_id)
        return payment.is_online and payment.state is not PaymentState.CAPTURED


def _is_new(payment: Payment) -> bool:
    unstarted = (PaymentState.STARTING, PaymentState.UNKNOWN)
    return payment.is_online and payment.state in unstarted
