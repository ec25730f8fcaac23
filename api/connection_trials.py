"""Has a worker try a connection, and says so when none does."""

import time
from datetime import timedelta
from uuid import UUID

from temporalio.client import ActivityFailureError
from temporalio.common import RetryPolicy

from api.temporal import Processes
from domain.connections import Hint, TriedConnection
from workflows import queues

WITHIN = timedelta(seconds=10)
TAKEN_WITHIN = timedelta(seconds=4)
SAYS_WITHIN = timedelta(seconds=9)


async def try_connection(processes: Processes, trial_id: UUID) -> TriedConnection:
    started = time.monotonic()
    try:
        tried: TriedConnection = await processes.client.execute_activity(
            "try_connection",
            trial_id,
            id=f"trial-{trial_id}",
            task_queue=queues.outside(processes.task_queue, queues.PARCELS),
            result_type=TriedConnection,
            schedule_to_start_timeout=TAKEN_WITHIN,
            start_to_close_timeout=SAYS_WITHIN,
            schedule_to_close_timeout=WITHIN,
            retry_policy=RetryPolicy(maximum_attempts=1),
        )
    except ActivityFailureError:
        took_ms = round((time.monotonic() - started) * 1000)
        message = f"Nothing answered within {WITHIN.seconds} seconds."
        return TriedConnection(False, took_ms, message, Hint.WORKER)
    return tried
