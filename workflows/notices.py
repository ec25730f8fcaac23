"""Telling people the news: one worker at a time does it, and another takes over when it dies."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.notices import NoticeActivities

ROUNDS = 60
"""Of a minute each; then the workflow goes on with an empty history."""


def workflow_id(task_queue: str) -> str:
    return f"notices-{task_queue}"


@workflow.defn
class NoticeWorkflow:
    @workflow.run
    async def run(self, task_queue: str) -> None:
        for _ in range(ROUNDS):
            await workflow.execute_activity_method(
                NoticeActivities.deliver_notices,
                task_queue=task_queue,
                start_to_close_timeout=timedelta(minutes=5),
                heartbeat_timeout=timedelta(seconds=10),
                retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=10)),
                summary="tell the news",
            )
        workflow.continue_as_new(task_queue)
