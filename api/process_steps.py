"""The acts of a process with providers: what the books and Temporal know of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.client import WorkflowExecutionDescription

from db.reads.process import ProcessFacts
from domain.access import Actor, Right
from domain.order_messages import Decision, Step, StepKind


class StepRead(BaseModel):
    """One act with a provider that is under way or stuck."""

    kind: StepKind
    subject_id: UUID
    state: str = Field(description="running, waiting_to_retry, unknown or needs_person")
    attempt: int | None = None
    last_error: str | None = None
    next_try_at: datetime | None = None
    since: datetime | None = None
    may: list[Decision] = Field(default_factory=list, description="What this caller may decide.")


def steps_of(
    facts: ProcessFacts, pending: dict[str, PendingActivityInfo], actor: Actor
) -> list[StepRead]:
    """Steps the books know as troubled, and those that just run; once each."""
    may = [*Decision] if actor.may(Right.PROCESS_SETTLE) else []
    told = {
        Step(StepKind(row.kind), row.subject_id): StepRead(
            kind=StepKind(row.kind),
            subject_id=row.subject_id,
            state=row.state,
            last_error=row.error or None,
            since=row.since,
            may=may,
        )
        for row in facts.steps
    }
    for activity_id, activity in pending.items():
        kind, _, subject = activity_id.partition(":")
        step = Step(StepKind(kind), UUID(subject))
        known = told.get(step) or StepRead(
            kind=step.kind, subject_id=step.subject_id, state="", may=may
        )
        told[step] = _with_attempt(known, activity)
    return list(told.values())


def _with_attempt(step: StepRead, activity: PendingActivityInfo) -> StepRead:
    next_try = _moment(activity.next_attempt_schedule_time)
    waiting = next_try is not None and next_try > datetime.now(UTC)
    running = "waiting_to_retry" if waiting else "running"
    failure = activity.last_failure.message or None
    return step.model_copy(
        update={
            "state": step.state or running,
            "attempt": activity.attempt,
            "last_error": failure or step.last_error,
            "next_try_at": next_try if waiting else None,
            "since": step.since or _moment(activity.scheduled_time),
        }
    )


def pending_of(run: WorkflowExecutionDescription | None) -> dict[str, PendingActivityInfo]:
    """Activities under way that are steps: their ids say which."""
    if run is None:
        return {}
    kinds = {kind.value for kind in StepKind}
    activities = run.raw_description.pending_activities
    return {
        activity.activity_id: activity
        for activity in activities
        if activity.activity_id.partition(":")[0] in kinds
    }


def activity_id(step: Step) -> str:
    return f"{step.kind}:{step.subject_id}"


def is_troubled(facts: ProcessFacts, step: Step) -> bool:
    """It rests before another try, or waits for a person."""
    return any((row.kind, row.subject_id) == (step.kind, step.subject_id) for row in facts.steps)


def problems_of(run: WorkflowExecutionDescription | None) -> list[str]:
    if run is None:
        return []
    told: Any = run.search_attributes.get("TemporalReportedProblems", [])
    return [str(problem) for problem in told]


def _moment(stamp: Any) -> datetime | None:
    return stamp.ToDatetime(UTC) if stamp.seconds else None
