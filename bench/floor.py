"""The least that a durable answer costs: a workflow is started, does nothing once, and answers.

Runs as a worker process of its own: `python -m bench.floor ADDRESS`.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from uuid import uuid4

from temporalio import activity, workflow
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from bench.load import Act, Load
from bench.stack import Stack
from local.child import Child

TASK_QUEUE = "bench-floor"
READY = "The floor's worker is ready."


@activity.defn
def do_nothing(key: str) -> str:
    return key


@workflow.defn
class FloorWorkflow:
    """Like an order it stays open when it has answered."""

    def __init__(self) -> None:
        self._done = ""

    @workflow.run
    async def run(self, key: str) -> None:
        self._done = await workflow.execute_local_activity(
            do_nothing, key, start_to_close_timeout=timedelta(seconds=40)
        )
        await workflow.sleep(timedelta(hours=1))

    @workflow.update
    async def done(self) -> str:
        await workflow.wait_condition(lambda: bool(self._done))
        return self._done


@asynccontextmanager
async def asking(clients: int, address: str) -> AsyncIterator[Act]:
    client = await Client.connect(address)

    async def act() -> None:
        key = uuid4().hex
        starting = WithStartWorkflowOperation(
            FloorWorkflow.run,
            key,
            id=f"floor-{key}",
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        )
        await client.execute_update_with_start_workflow(
            FloorWorkflow.done, id="done", start_workflow_operation=starting
        )

    yield act


def load(stack: Stack, clients: int, seconds: float) -> Load:
    return Load(
        "bench.floor:asking", {"address": stack.settings.temporal_address}, clients, seconds
    )


@contextmanager
def workers(stack: Stack) -> Iterator[None]:
    """As many processes as the house has, set up like its own."""
    command = [sys.executable, "-m", "bench.floor", stack.settings.temporal_address]
    children = [
        Child(f"floor {number}", command, stack.folder / f"floor-{number}.log", grace_s=5)
        for number in range(stack.worker_processes)
    ]
    try:
        for child in children:
            child.start()
        for child in children:
            child.wait_until(lambda child=child: READY in child.log.read_text(), 30)  # type: ignore[misc]
        yield
    finally:
        for child in children:
            child.stop()


async def main(address: str) -> None:
    worker = Worker(
        await Client.connect(address),
        task_queue=TASK_QUEUE,
        workflows=[FloorWorkflow],
        activities=[do_nothing],
        activity_executor=ThreadPoolExecutor(16),
        max_concurrent_local_activities=16,
        workflow_runner=UnsandboxedWorkflowRunner(),
        max_cached_workflows=2000,
    )
    async with worker:
        print(READY, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
