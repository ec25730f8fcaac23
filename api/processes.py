"""Why is it waiting? What an order's process does, for what and whom it waits, and what a person
may do about it."""

import asyncio
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetActivityRequest
from temporalio.client import WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from api.access import Db, needs
from api.answers import RESPONSES
from api.order_commands import CommandCreate, OrderId, ReasonedCommand, keep_reason
from api.orders import Reader
from api.process_steps import (
    StepRead,
    activity_id,
    is_troubled,
    pending_of,
    problems_of,
    steps_of,
)
from api.routers import Router
from api.temporal import OrderProcesses, Processes
from db import history
from db.engine import Database
from db.reads.process import ProcessFacts, process_facts
from domain.access import Actor, Right
from domain.errors import Refusal
from domain.order_commands import Action, actions
from domain.order_messages import (
    Decision,
    OrderAxes,
    SettleStep,
    Step,
    StepKind,
    StepState,
)
from domain.orders import CLOSED
from domain.waiting import Wait, waits
from workflows.orders import OrderWorkflow, workflow_id

router = Router("/orders/{order}/process", tags=["processes"], responses=RESPONSES)
Settler = Annotated[Actor, needs(Right.PROCESS_SETTLE)]


class NothingToRetry(Refusal):
    """No such step is under way."""


class ProcessRuns(Refusal):
    """The process is alive: there is nothing to resume."""


class ProcessRead(BaseModel):
    workflow_id: str
    run_id: str | None
    state: str = Field(description="running, finished, or lost: open, and nothing runs for it")
    started_at: datetime | None
    summary: str = Field(description="In one sentence.")
    waits: list[Wait]
    steps: list[StepRead]
    hold_reason: str | None
    expires_at: datetime | None = Field(description="When the unpaid order gives its stock back.")
    problems: list[str] = Field(description="What Temporal itself reports about the process.")
    actions: list[Action]
    may_resume: bool


class StepDecision(CommandCreate):
    kind: StepKind
    subject_id: UUID


class StepSkip(ReasonedCommand):
    kind: StepKind
    subject_id: UUID


@router.get("")
async def read_process(
    order_id: OrderId, actor: Reader, db: Db, processes: OrderProcesses
) -> ProcessRead:
    facts, run = await asyncio.gather(
        run_in_threadpool(_facts, db, order_id), _describe(processes, order_id)
    )
    return _process(order_id, facts, run, actor)


@router.post("/retry")
async def retry_step(
    order_id: OrderId, body: StepDecision, actor: Settler, db: Db, processes: OrderProcesses
) -> ProcessRead:
    """Now, instead of at the next planned time; or again, where it rests or a person was asked."""
    step = Step(body.kind, body.subject_id)
    facts, run = await asyncio.gather(
        run_in_threadpool(_facts, db, order_id), _describe(processes, order_id)
    )
    pending = pending_of(run)
    if activity_id(step) in pending:
        await _try_now(processes, order_id, step)
        await run_in_threadpool(_note_retry, db, order_id, step, actor)
    elif is_troubled(facts, step):
        await _settle(processes, order_id, body, actor, step, Decision.RETRY)
    else:
        raise NothingToRetry("No such step is waiting.")
    return await read_process(order_id, actor, db, processes)


@router.post("/skip")
async def skip_step(
    order_id: OrderId, body: StepSkip, actor: Settler, db: Db, processes: OrderProcesses
) -> ProcessRead:
    """Goes on without it; the reason is kept. Whoever skips answers for what was left undone."""
    reason_id = await keep_reason(db, body)
    step = Step(body.kind, body.subject_id)
    await _settle(processes, order_id, body, actor, step, Decision.SKIP, reason_id)
    return await read_process(order_id, actor, db, processes)


@router.post("/resume")
async def resume_process(
    order_id: OrderId, actor: Settler, db: Db, processes: OrderProcesses
) -> ProcessRead:
    """For an open order that nothing runs for: takes it up from what the books say."""
    run = await _describe(processes, order_id)
    if run and run.status is WorkflowExecutionStatus.RUNNING:
        raise ProcessRuns("The process is running.")
    await processes.resume(order_id)
    await run_in_threadpool(_note, db, order_id, "order.process_resumed", actor, {})
    return await read_process(order_id, actor, db, processes)


def _facts(db: Database, order_id: UUID) -> ProcessFacts:
    with db.transaction() as tx:
        return process_facts(tx, order_id)


async def _describe(processes: Processes, order_id: UUID) -> WorkflowExecutionDescription | None:
    try:
        return await processes.client.get_workflow_handle(workflow_id(order_id)).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise


def _process(
    order_id: UUID, facts: ProcessFacts, run: WorkflowExecutionDescription | None, actor: Actor
) -> ProcessRead:
    order = facts.order
    alive = run is not None and run.status is WorkflowExecutionStatus.RUNNING
    over = order.status in CLOSED and not order.is_money_moving
    state = "running" if alive else "finished" if over else "lost"
    waiting = waits(order)
    steps = steps_of(facts, pending_of(run) if alive else {}, actor)
    return ProcessRead(
        workflow_id=workflow_id(order_id),
        run_id=run.run_id if run else None,
        state=state,
        started_at=run.start_time if run else None,
        summary=_summary(state, waiting, steps),
        waits=waiting,
        steps=steps,
        hold_reason=facts.hold_reason,
        expires_at=None if order.is_covered or order.status in CLOSED else facts.expires_at,
        problems=problems_of(run),
        actions=actions(order, actor),
        may_resume=state == "lost" and actor.may(Right.PROCESS_SETTLE),
    )


async def _try_now(processes: Processes, order_id: UUID, step: Step) -> None:
    await processes.client.workflow_service.reset_activity(
        ResetActivityRequest(
            namespace=processes.client.namespace,
            execution=WorkflowExecution(workflow_id=workflow_id(order_id)),
            id=activity_id(step),
            identity="api",
        )
    )


async def _settle(
    processes: Processes,
    order_id: UUID,
    body: CommandCreate,
    actor: Actor,
    step: Step,
    decision: Decision,
    reason_id: UUID | None = None,
) -> OrderAxes:
    command = SettleStep(order_id, body.id, actor.name, reason_id, step=step, decision=decision)
    return await processes.command(OrderWorkflow.settle_step, command)


def _note_retry(db: Database, order_id: UUID, step: Step, actor: Actor) -> None:
    details = {"step": step.kind, "subject_id": step.subject_id}
    _note(db, order_id, "order.step_retried", actor, details)


def _note(db: Database, order_id: UUID, action: str, actor: Actor, details: dict[str, Any]) -> None:
    with db.transaction() as tx:
        history.append(tx, history.order_entry(order_id, action, actor.name, **details))


def _summary(state: str, waiting: list[Wait], steps: list[StepRead]) -> str:
    stuck = next((step for step in steps if step.state == StepState.NEEDS_PERSON), None)
    if state == "lost":
        return "Nothing runs for this open order: resume it."
    if stuck:
        return f"It is stuck at {stuck.kind} and needs a decision: {stuck.last_error}"
    retrying = next((step for step in steps if step.next_try_at), None)
    if retrying and retrying.next_try_at:
        at = retrying.next_try_at.strftime("%H:%M:%S UTC")
        return f"{retrying.kind} failed {retrying.attempt} times and is tried again at {at}."
    return waiting[0].message if waiting else "It waits for nothing."
