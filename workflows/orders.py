"""The life of one order, from placed to everything delivered and every penny in its place."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import FailureError

from workflows.options import DATABASE
from workflows.order_book import OrderBook
from workflows.order_payments import OrderPayments
from workflows.order_shipments import OrderShipments
from workflows.steps import Steps

with workflow.unsafe.imports_passed_through():
    from activities.cancellations import CancellationActivities
    from activities.changes import ChangeActivities
    from activities.order_lines import OrderLineActivities
    from activities.orders import OrderActivities
    from activities.payments import PaymentActivities
    from domain import order_commands as commands
    from domain.errors import Refusal
    from domain.notices import NoticeEvent
    from domain.order_commands import Command
    from domain.order_messages import (
        AddPayment,
        CancelOrder,
        ConfirmChange,
        DeliverShipment,
        LinesCommand,
        OpenOrder,
        OrderAxes,
        OrderCommand,
        PlacedOrder,
        RecordPayment,
        RefundOrder,
        SettleStep,
        ShipOrder,
    )
    from domain.orders import CLOSED, OrderStatus


def workflow_id(order_id: UUID) -> str:
    return f"order-{order_id}"


class StepNotUnderWay(Refusal):
    """Nothing waits for this decision (any more)."""


@dataclass(frozen=True)
class PlacedAnswer:
    order_id: UUID
    number: int


@workflow.defn
class OrderWorkflow:
    @workflow.init
    def __init__(self, opened: OpenOrder) -> None:
        self._book = OrderBook(opened.order_id)
        self._steps = Steps(opened.order_id, self._book.report)
        self._payments = OrderPayments(self._book, self._steps)
        self._shipments = OrderShipments(self._book, self._steps)
        self._placed: PlacedOrder | None = None
        self._refused: FailureError | None = None

    @workflow.run
    async def run(self, opened: OpenOrder) -> OrderStatus | None:
        """None: it was refused, there is no order."""
        await self._place_or_load(opened)
        if self._placed is None:
            await workflow.wait_condition(workflow.all_handlers_finished)
            return None
        begun = asyncio.create_task(self._take_up(self._placed))
        await self._expire_unless_covered(self._placed.expires_in_s)
        while not self._is_over():
            await workflow.wait_condition(lambda: self._is_over() or self._is_complete())
            if self._is_complete():
                await self._book.change(OrderActivities.complete_order, opened.order_id)
        await begun
        return self._book.order.status

    # Placing answers its caller; the run places, so that no answer can be lost with the caller.

    @workflow.update
    async def placed(self) -> PlacedAnswer:
        await workflow.wait_condition(lambda: bool(self._placed or self._refused))
        if self._refused or self._placed is None:
            raise self._refused or AssertionError("neither placed nor refused")
        return PlacedAnswer(self._placed.order_id, self._placed.number)

    @workflow.update
    async def hold(self, command: OrderCommand) -> OrderAxes:
        await self._loaded()
        await self._book.change(OrderActivities.hold_order, command)
        await self._book.announce(NoticeEvent.ORDER_HELD, command.command_id)
        return self._book.axes

    @hold.validator
    def check_hold(self, command: OrderCommand) -> None:
        self._check(Command.HOLD)

    @workflow.update
    async def release(self, command: OrderCommand) -> OrderAxes:
        await self._loaded()
        await self._book.change(OrderActivities.release_order, command)
        await self._book.announce(NoticeEvent.ORDER_RELEASED, command.command_id)
        return self._book.axes

    @release.validator
    def check_release(self, command: OrderCommand) -> None:
        self._check(Command.RELEASE)

    @workflow.update
    async def pick(self, command: LinesCommand) -> OrderAxes:
        await self._loaded()
        await self._book.change(OrderLineActivities.pick_order_lines, command)
        return self._book.axes

    @pick.validator
    def check_pick(self, command: LinesCommand) -> None:
        self._check(Command.PICK)

    @workflow.update
    async def pack(self, command: LinesCommand) -> OrderAxes:
        await self._loaded()
        await self._book.change(OrderLineActivities.pack_order_lines, command)
        return self._book.axes

    @pack.validator
    def check_pack(self, command: LinesCommand) -> None:
        self._check(Command.PACK)

    @workflow.update
    async def allocate(self, command: LinesCommand) -> OrderAxes:
        await self._loaded()
        await self._book.change(OrderLineActivities.allocate_order_lines, command)
        return self._book.axes

    @allocate.validator
    def check_allocate(self, command: LinesCommand) -> None:
        self._check(Command.ALLOCATE)

    @workflow.update
    async def ship(self, command: ShipOrder) -> OrderAxes:
        await self._loaded()
        await self._shipments.ship(command)
        if self._payments.captures_on_shipping:
            await self._payments.capture_all()
        return self._book.axes

    @ship.validator
    def check_ship(self, command: ShipOrder) -> None:
        self._check(Command.SHIP)

    @workflow.update
    async def deliver(self, command: DeliverShipment) -> OrderAxes:
        await self._loaded()
        await self._shipments.deliver(command)
        return self._book.axes

    @deliver.validator
    def check_deliver(self, command: DeliverShipment) -> None:
        self._check(Command.DELIVER)

    @workflow.update
    async def cancel(self, command: CancelOrder) -> OrderAxes:
        """Stock at once; then each hold and each refund as a leg of its own."""
        await self._loaded()
        cancelled = await self._book.change_with_answer(
            CancellationActivities.cancel_order, command
        )
        cause = command.command_id
        await self._book.announce(NoticeEvent.ORDER_CANCELLED, cause, command.notify)
        if self._book.order.status in CLOSED:
            self._payments.stop_starting()
        await self._payments.void_all(cancelled.to_void)
        if command.refund:
            await self._payments.refund_what_is_owed(
                cause, command.by, command.reason_id, cancellation=True
            )
        return self._book.axes

    @cancel.validator
    def check_cancel(self, command: CancelOrder) -> None:
        self._check(Command.CANCEL)

    @workflow.update
    async def refund(self, command: RefundOrder) -> OrderAxes:
        await self._loaded()
        await self._payments.refund(command)
        return self._book.axes

    @refund.validator
    def check_refund(self, command: RefundOrder) -> None:
        self._check(Command.REFUND)

    @workflow.update
    async def add_payment(self, command: AddPayment) -> OrderAxes:
        await self._loaded()
        await self._book.change(PaymentActivities.add_payment, command)
        if self._book.order.payment(command.command_id).is_online:
            await self._payments.start(command.command_id)
        return self._book.axes

    @add_payment.validator
    def check_add_payment(self, command: AddPayment) -> None:
        self._check(Command.ADD_PAYMENT)

    @workflow.update
    async def record_payment(self, command: RecordPayment) -> OrderAxes:
        await self._loaded()
        before = self._book.order.payment_status
        await self._book.change(PaymentActivities.record_payment, command)
        await self._book.announce_if_paid(before, command.command_id)
        return self._book.axes

    @record_payment.validator
    def check_record_payment(self, command: RecordPayment) -> None:
        self._check(Command.RECORD_PAYMENT)

    @workflow.update
    async def confirm_change(self, command: ConfirmChange) -> OrderAxes:
        await self._loaded()
        await self._book.change(ChangeActivities.apply_change, command)
        await self._book.announce(NoticeEvent.ORDER_EDITED, command.command_id)
        if command.refund:
            await self._payments.refund_what_is_owed(
                command.command_id, command.by, command.reason_id
            )
        return self._book.axes

    @confirm_change.validator
    def check_confirm_change(self, command: ConfirmChange) -> None:
        self._check(Command.EDIT)

    @workflow.update
    async def settle_step(self, command: SettleStep) -> OrderAxes:
        """A person decides about a step that is stuck: try again, or go on without it."""
        await self._loaded()
        self._steps.decide(command)
        return self._book.axes

    @settle_step.validator
    def check_settle_step(self, command: SettleStep) -> None:
        if not self._steps.is_under_way(command.step):
            raise StepNotUnderWay("This step is not waiting for anybody.")

    # Facts from outside. Nobody waits for an answer; a fact that is none of ours must not hurt.

    @workflow.signal
    async def payment_changed(self, payment_id: UUID) -> None:
        await self._heard(self._payments.follow, payment_id)

    @workflow.signal
    async def refund_changed(self, refund_id: UUID) -> None:
        await self._heard(self._payments.follow_refund, refund_id)

    @workflow.signal
    async def parcel_changed(self, shipment_id: UUID) -> None:
        await self._heard(self._shipments.follow, shipment_id)

    async def _place_or_load(self, opened: OpenOrder) -> None:
        act = OrderActivities.load_order if opened.resume else OrderActivities.place_order
        try:
            placed = await workflow.execute_local_activity_method(act, opened.order_id, **DATABASE)
        except FailureError as refused:
            self._refused = refused
            return
        self._book.take(placed.order)
        self._payments.captures_on_shipping = placed.capture_on_shipping
        self._placed = placed

    async def _take_up(self, placed: PlacedOrder) -> None:
        """What waits for somebody to begin it: all that is new, or was left unfinished."""
        await asyncio.gather(
            self._payments.start_all(),
            self._payments.give_back(placed.unfinished_refunds),
            self._shipments.take_up(),
        )

    async def _expire_unless_covered(self, seconds: int | None) -> None:
        """An order that nobody pays gives its stock back in time; one on hold when released."""
        patience = timedelta(seconds=seconds) if seconds is not None else None
        try:
            await workflow.wait_condition(
                self._needs_no_patience, timeout=patience, timeout_summary="unpaid"
            )
        except TimeoutError:
            await workflow.wait_condition(
                lambda: self._book.order.status is not OrderStatus.ON_HOLD
            )
            order = await self._book.change(OrderActivities.expire_order, self._book.order_id)
            if order.status is OrderStatus.EXPIRED:
                self._payments.stop_starting()
                await self._book.announce(NoticeEvent.ORDER_EXPIRED, self._book.order_id)
                await self._payments.give_all_back()

    async def _loaded(self) -> None:
        await workflow.wait_condition(lambda: bool(self._placed or self._refused))
        if self._refused:
            raise self._refused

    async def _heard(self, follow: Callable[[UUID], Awaitable[None]], subject_id: UUID) -> None:
        try:
            await self._loaded()
            await follow(subject_id)
        except (Refusal, FailureError) as reason:
            workflow.logger.warning("A fact about %s is not ours: %s", subject_id, reason)

    def _check(self, command: Command) -> None:
        if self._book.is_open:
            commands.check(self._book.order, command)

    def _needs_no_patience(self) -> bool:
        return self._book.order.is_covered or self._book.order.status in CLOSED

    def _is_complete(self) -> bool:
        order = self._book.order
        done = order.is_done and self._steps.are_idle
        return done and commands.refusal_of(order, Command.COMPLETE) is None

    def _is_over(self) -> bool:
        closed = self._book.order.status in CLOSED
        return closed and self._steps.are_idle and workflow.all_handlers_finished()
