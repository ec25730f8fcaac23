"""Talking to the processes: start them, command them, tell them facts."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID, uuid4

from fastapi import Depends, Request
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowHandle,
    WorkflowUpdateHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.common import (
    ActivityIDConflictPolicy,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.service import RPCError, RPCStatusCode
from temporalio.workflow import UpdateMethodMultiParam as Update

from domain.order_messages import OpenOrder, OrderAxes, OrderCommand
from domain.shipments import CarrierCode, ParcelQuote
from workflows import queues
from workflows.orders import OrderWorkflow, PlacedAnswer, workflow_id

C = TypeVar("C", bound=OrderCommand)
T = TypeVar("T")
TASK_TIMEOUT = timedelta(seconds=4)
"""A decision takes milliseconds. One that a dying worker took with it is made anew after this."""
ACCEPTED_WITHIN = timedelta(seconds=10)
"""Until then a worker must have taken the command; else the caller sends it again."""
ANSWER_WITHIN = timedelta(seconds=10)
"""So long a caller waits; what takes longer goes on, and the process page tells how it stands."""
TAKEN_UP_WITHIN = timedelta(seconds=5)
"""Somebody waits at a desk: that no worker is there is said soon."""
IN_FLIGHT = 8
"""Updates at once to one workflow: the server takes ten and makes the eleventh wait for seconds."""


class NotAnsweredYet(Exception):
    """It was handed to the process and goes on; no answer came in time."""

    def __init__(self, order_id: UUID) -> None:
        super().__init__(str(order_id))
        self.order_id = order_id


class Processes:
    """The order processes, seen from the API."""

    def __init__(self, client: Client, task_queue: str) -> None:
        self.client = client
        self.task_queue = task_queue
        self._gates: defaultdict[UUID, list[asyncio.Semaphore]] = defaultdict(list)

    async def place(self, order_id: UUID) -> PlacedAnswer:
        """One round trip: starts the process and brings its answer, or joins one under way."""
        accepted = await self.client.start_update_with_start_workflow(
            OrderWorkflow.placed,
            id="placed",
            start_workflow_operation=self._opening(
                OpenOrder(order_id), WorkflowIDReusePolicy.REJECT_DUPLICATE
            ),
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            rpc_timeout=ACCEPTED_WITHIN,
        )
        return await _answer(order_id, accepted)

    async def command(self, update: Update[[OrderWorkflow, C], OrderAxes], command: C) -> OrderAxes:
        """The command's id is the update's: sent twice, it answers twice and acts once.

        An order whose process has ended gets it back for as long as the command takes."""
        async with self._gate(command.order_id):
            try:
                accepted = await self._update(update, command)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
                accepted = await self._update_resumed(update, command)
            return await _answer(command.order_id, accepted)

    async def tell(self, order_id: UUID, signal: Any, subject_id: UUID) -> None:
        """A fact nobody waits for; also for orders whose process has ended."""
        await self.client.start_workflow(
            OrderWorkflow.run,
            OpenOrder(order_id, resume=True),
            id=workflow_id(order_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=TASK_TIMEOUT,
            start_signal=signal.__name__,
            start_signal_args=[subject_id],
        )

    async def fetch_label(self, shipment_id: UUID) -> None:
        """Brings the carrier's label into the database."""
        await self.client.execute_activity(
            "fetch_label",
            shipment_id,
            id=f"label-{shipment_id}",
            task_queue=queues.outside(self.task_queue, queues.PARCELS),
            schedule_to_start_timeout=TAKEN_UP_WITHIN,
            schedule_to_close_timeout=timedelta(seconds=60),
            id_conflict_policy=ActivityIDConflictPolicy.USE_EXISTING,
        )

    async def quote_parcel(self, order_id: UUID, carrier: CarrierCode) -> list[ParcelQuote]:
        quotes: list[ParcelQuote] = await self.client.execute_activity(
            "quote_parcel",
            args=[order_id, carrier],
            id=f"quote-{uuid4()}",
            task_queue=queues.outside(self.task_queue, queues.PARCELS),
            result_type=list[ParcelQuote],
            schedule_to_start_timeout=TAKEN_UP_WITHIN,
            schedule_to_close_timeout=timedelta(seconds=30),
        )
        return quotes

    async def resume(self, order_id: UUID) -> None:
        """For an open order whose process is gone: it goes on from what the books say."""
        await self.client.start_workflow(
            OrderWorkflow.run,
            OpenOrder(order_id, resume=True),
            id=workflow_id(order_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=TASK_TIMEOUT,
        )

    async def _update(
        self, update: Update[[OrderWorkflow, C], OrderAxes], command: C
    ) -> WorkflowUpdateHandle[OrderAxes]:
        order: WorkflowHandle[OrderWorkflow, Any] = self.client.get_workflow_handle(
            workflow_id(command.order_id)
        )
        return await order.start_update(
            update,
            command,
            id=str(command.command_id),
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            rpc_timeout=ACCEPTED_WITHIN,
        )

    async def _update_resumed(
        self, update: Update[[OrderWorkflow, C], OrderAxes], command: C
    ) -> WorkflowUpdateHandle[OrderAxes]:
        return await self.client.start_update_with_start_workflow(
            update,
            command,
            id=str(command.command_id),
            start_workflow_operation=self._opening(
                OpenOrder(command.order_id, resume=True), WorkflowIDReusePolicy.ALLOW_DUPLICATE
            ),
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            rpc_timeout=ACCEPTED_WITHIN,
        )

    def _opening(
        self, opened: OpenOrder, reuse: WorkflowIDReusePolicy
    ) -> WithStartWorkflowOperation[OrderWorkflow, Any]:
        return WithStartWorkflowOperation(
            OrderWorkflow.run,
            opened,
            id=workflow_id(opened.order_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=reuse,
            task_timeout=TASK_TIMEOUT,
        )

    @asynccontextmanager
    async def _gate(self, order_id: UUID) -> AsyncIterator[None]:
        gates = self._gates[order_id]
        if not gates:
            gates.append(asyncio.Semaphore(IN_FLIGHT))
        gate = gates[0]
        try:
            async with gate:
                yield
        finally:
            if not gate.locked():
                self._gates.pop(order_id, None)


async def _answer(order_id: UUID, accepted: WorkflowUpdateHandle[T]) -> T:
    """What was accepted is done, whether or not its answer comes while the caller waits."""
    try:
        return await accepted.result(rpc_timeout=ANSWER_WITHIN)
    except WorkflowUpdateRPCTimeoutOrCancelledError:
        raise NotAnsweredYet(order_id) from None


def get_processes(request: Request) -> Processes:
    processes: Processes = request.app.state.processes
    return processes


OrderProcesses = Annotated[Processes, Depends(get_processes)]
