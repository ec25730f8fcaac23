"""The facts of one order as its process knows them, and the only way they change."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from temporalio import workflow

from workflows.options import DATABASE

with workflow.unsafe.imports_passed_through():
    from activities.announcements import AnnouncementActivities
    from activities.steps import StepActivities
    from domain.notices import Announcement, NoticeEvent
    from domain.order_messages import OrderAxes, StepReport, StepState
    from domain.orders import Order, PaymentStatus


class OrderBook:
    """Every change is one database transaction; its answer replaces what was known before."""

    def __init__(self, order_id: UUID) -> None:
        self.order_id = order_id
        self._order: Order | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def is_open(self) -> bool:
        return self._order is not None

    @property
    def order(self) -> Order:
        assert self._order is not None, "the order has not been placed or loaded yet"
        return self._order

    @property
    def axes(self) -> OrderAxes:
        return OrderAxes.of(self.order_id, self.order)

    def take(self, order: Order) -> None:
        self._order = order

    async def change(self, act: Callable[..., Order], *args: Any) -> Order:
        """Runs one transaction and takes its answer. Answers stay in the order of the commits."""
        async with self._one_at_a_time:
            order: Order = await workflow.execute_local_activity(act, args=args, **DATABASE)
            self._order = order
            return order

    async def change_with_answer(self, act: Callable[..., Any], *args: Any) -> Any:
        """For transactions that answer more than the order; the answer has it as `order`."""
        async with self._one_at_a_time:
            answer = await workflow.execute_local_activity(act, args=args, **DATABASE)
            self._order = answer.order
            return answer

    async def report(self, report: StepReport) -> None:
        await self.change(StepActivities.report_step, report)
        if report.state is StepState.NEEDS_PERSON:
            await self.announce(NoticeEvent.ATTENTION_NEEDED, workflow.uuid4())

    async def announce(self, event: NoticeEvent, cause: object, tell: bool = True) -> None:
        """`cause` names the change, so that it is told once however often this runs."""
        change_id = uuid5(self.order_id, f"{event}:{cause}")
        news = Announcement(self.order_id, change_id, event, tell)
        await workflow.execute_local_activity_method(
            AnnouncementActivities.announce, news, **DATABASE
        )

    async def announce_if_paid(self, before: PaymentStatus, cause: object) -> None:
        if self.order.payment_status is PaymentStatus.PAID and before is not PaymentStatus.PAID:
            await self.announce(NoticeEvent.ORDER_PAID, cause)
