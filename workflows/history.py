"""Sealing the history, every minute, by a schedule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from temporalio import workflow
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.history import HistoryActivities

EVERY = timedelta(minutes=1)
LONGEST = timedelta(minutes=10)
THRICE = RetryPolicy(maximum_interval=timedelta(seconds=10), maximum_attempts=3)
"""What fails three times is left to the next round."""


def workflow_id(task_queue: str) -> str:
    return f"history-{task_queue}"


@workflow.defn
class HistoryWorkflow:
    @workflow.run
    async def run(self) -> int:
        """How many entries were sealed."""
        await workflow.execute_local_activity_method(
            HistoryActivities.make_room_for_history,
            start_to_close_timeout=LONGEST,
            retry_policy=THRICE,
            summary="make room for coming months",
        )
        return await workflow.execute_local_activity_method(
            HistoryActivities.seal_history,
            start_to_close_timeout=LONGEST,
            retry_policy=THRICE,
            summary="seal what was written",
        )


async def keep_sealing(client: Client, task_queue: str) -> None:
    """Whoever starts first makes the schedule; later ones bring it up to date."""
    schedule = _schedule(task_queue)
    try:
        await client.create_schedule(workflow_id(task_queue), schedule)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(workflow_id(task_queue)).update(_to(schedule))


def _schedule(task_queue: str) -> Schedule:
    """A round that was missed is not made up for: the next one does the same."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            HistoryWorkflow.run, id=workflow_id(task_queue), task_queue=task_queue
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=EVERY),
    )


def _to(schedule: Schedule) -> Callable[[ScheduleUpdateInput], ScheduleUpdate]:
    """Whether somebody has paused it stays as it is."""

    def change(current: ScheduleUpdateInput) -> ScheduleUpdate:
        return ScheduleUpdate(replace(schedule, state=current.description.schedule.state))

    return change
