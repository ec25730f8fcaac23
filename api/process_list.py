"""Why are they waiting? The processes of all orders, and what may be done about each."""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.service import RPCError

from api.access import Db, needs
from api.answers import RESPONSES
from api.paging import BadCursor
from api.process_steps import StepRead, pending_of, steps_of
from api.routers import Router
from api.temporal import OrderProcesses, Processes
from db.reads.names import ChannelName, Name
from db.reads.order_filters import Scope
from db.reads.process import ProcessFacts
from db.reads.processes import (
    Cause,
    ProcessFact,
    ProcessFilters,
    ProcessKey,
    ProcessPage,
    ProcessState,
    list_processes,
)
from domain.access import Actor, Right
from domain.order_commands import Action, actions
from domain.order_messages import StepKind, StepState
from domain.waiting import Wait, Whom, waits
from workflows.orders import workflow_id

router = Router("/processes", tags=["processes"], responses=RESPONSES)
Reader = Annotated[Actor, needs(Right.PROCESS_READ)]
YEAR_S = 366 * 24 * 3600
PATIENCE = timedelta(seconds=2)
OUTSIDE = (Whom.PROVIDER, Whom.CARRIER)
Pending = dict[str, PendingActivityInfo]


@dataclass(frozen=True)
class ProcessRow:
    workflow_id: str
    order_id: UUID
    number: int
    channel: ChannelName
    branch: Name | None
    state: ProcessState
    placed_at: datetime
    since: datetime
    """Since when it is stuck; or else since when it runs."""
    hold_reason: str | None
    waits: list[Wait]
    steps: list[StepRead]
    actions: list[Action]
    """What this caller may do now; closed ones with the reason."""


class ProcessList(BaseModel):
    rows: list[ProcessRow]
    next: str | None = Field(description="Send it as `after` for the next page.")


@router.get("")
async def read_processes(
    actor: Reader,
    db: Db,
    processes: OrderProcesses,
    state: ProcessState = ProcessState.RUNNING,
    kind: StepKind | None = None,
    cause: Cause | None = None,
    branch_id: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    older_than: Annotated[int | None, Query(ge=0, le=YEAR_S, description="Seconds.")] = None,
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ProcessList:
    """Oldest first. `kind` is of a step in trouble; `cause` what the order waits for.

    A step that a provider refuses or does not answer is in trouble at once on its own page, and
    found by `state` as soon as it does not go on by itself."""
    age = None if older_than is None else timedelta(seconds=older_than)
    filters = ProcessFilters(state, kind, cause, branch_id, age)
    scope, key = Scope.of(actor, Right.PROCESS_READ), _key(after) if after else None

    def page() -> ProcessPage:
        with db.transaction() as tx:
            return list_processes(tx, scope, filters, key, limit)

    found = await run_in_threadpool(page)
    pending = await asyncio.gather(*(_pending(processes, fact) for fact in found.rows))
    return ProcessList(
        rows=[_row(fact, told, actor) for fact, told in zip(found.rows, pending, strict=True)],
        next=_token(found.next) if found.next else None,
    )


async def _pending(processes: Processes, fact: ProcessFact) -> Pending:
    """Attempts and the newest error are Temporal's knowledge; asked only where somebody outside is
    being talked to."""
    outside = any(wait.whom in OUTSIDE for wait in waits(fact.order))
    if not (fact.steps or outside):
        return {}
    order = processes.client.get_workflow_handle(workflow_id(fact.order_id))
    try:
        return pending_of(await order.describe(rpc_timeout=PATIENCE))
    except RPCError:
        return {}


def _row(fact: ProcessFact, pending: Pending, actor: Actor) -> ProcessRow:
    facts = ProcessFacts(fact.number, fact.order, fact.hold_reason, fact.steps, None)
    steps = steps_of(facts, pending, actor)
    return ProcessRow(
        workflow_id=workflow_id(fact.order_id),
        order_id=fact.order_id,
        number=fact.number,
        channel=fact.channel,
        branch=fact.branch,
        state=_state(steps),
        placed_at=fact.placed_at,
        since=fact.since,
        hold_reason=fact.hold_reason,
        waits=waits(fact.order),
        steps=steps,
        actions=actions(fact.order, actor),
    )


def _state(steps: list[StepRead]) -> ProcessState:
    if any(step.state == StepState.NEEDS_PERSON for step in steps):
        return ProcessState.NEEDS_PERSON
    troubled = any(step.last_error for step in steps)
    return ProcessState.FAILING if troubled else ProcessState.WAITING


def _token(key: ProcessKey) -> str:
    text = json.dumps([key.placed_at.isoformat(), key.id.hex])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _key(token: str) -> ProcessKey:
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        placed_at, id = json.loads(urlsafe_b64decode(padded))
        key = ProcessKey(datetime.fromisoformat(placed_at), UUID(hex=id))
    except (ValueError, TypeError, AttributeError):
        raise BadCursor("This page token cannot be read.") from None
    if key.placed_at.tzinfo is None:
        raise BadCursor("This page token cannot be read.")
    return key
