"""Hands news of an order on to be told, outside of its process: no order waits for an e-mail."""

from datetime import timedelta

from temporalio import activity
from temporalio.client import Client
from temporalio.common import ActivityIDReusePolicy, RetryPolicy
from temporalio.exceptions import ActivityAlreadyStartedError

from activities.notices import NoticeActivities
from domain.notices import Announcement

TOLD_WITHIN = timedelta(days=1)
ATTEMPT = timedelta(minutes=10)
SILENCE = timedelta(minutes=1)
RETRY = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=5))


class AnnouncementActivities:
    def __init__(self, client: Client, task_queue: str) -> None:
        self._client = client
        self._task_queue = task_queue

    @activity.defn
    async def announce(self, news: Announcement) -> None:
        """Starts an activity of its own, which Temporal keeps and tries again until it is told.

        Its id is the change's: announcing twice tells once."""
        try:
            await self._client.start_activity_method(
                NoticeActivities.send_notices,
                args=[news],
                id=f"notices-{news.change_id}",
                task_queue=self._task_queue,
                schedule_to_close_timeout=TOLD_WITHIN,
                start_to_close_timeout=ATTEMPT,
                heartbeat_timeout=SILENCE,
                retry_policy=RETRY,
                id_reuse_policy=ActivityIDReusePolicy.REJECT_DUPLICATE,
                summary=news.event,
            )
        except ActivityAlreadyStartedError:
            activity.logger.info("Announced before: %s", news.event)
