"""Tells Temporal while an activity lasts that its worker is alive: a dead one is missed soon."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

EVERY_S = 2.0


class SignsOfLife(Interceptor):
    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Inbound(next)


class _Inbound(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        if activity.info().heartbeat_timeout is None:
            return await super().execute_activity(input)
        async with _beating():
            return await super().execute_activity(input)


@asynccontextmanager
async def _beating() -> AsyncIterator[None]:
    beats = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beats.cancel()


async def _beat() -> None:
    while True:
        await asyncio.sleep(EVERY_S)
        # From a thread, as the activity itself would: on the loop it would wait for itself.
        await asyncio.to_thread(activity.heartbeat)
