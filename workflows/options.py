"""How long each kind of activity may take and how often it is tried again."""

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig, LocalActivityConfig

NOTICED_DEAD_WITHIN = timedelta(seconds=10)
"""A worker that was killed: another takes over what it did."""

DATABASE = LocalActivityConfig(
    start_to_close_timeout=timedelta(seconds=40),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5)
    ),
)
"""Longer than a statement may take; tried again for ever, since the database comes back."""

PROVIDER = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=60),
    heartbeat_timeout=NOTICED_DEAD_WITHIN,
    schedule_to_close_timeout=timedelta(minutes=10),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
    ),
)
"""After ten minutes without success a person is asked."""

ASKING = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=60),
    heartbeat_timeout=NOTICED_DEAD_WITHIN,
    schedule_to_close_timeout=timedelta(minutes=10),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=2), maximum_interval=timedelta(seconds=30)
    ),
)
"""Asking whether something was done, after its answer was lost."""
