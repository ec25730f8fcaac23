"""What activities may end in, told to Temporal: what it tries again and what it must not."""

from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from db import history
from domain.errors import Refusal
from providers.outcomes import CredentialsRejected, OutcomeUnknown, Unreachable

LONGEST_MESSAGE = 300


class RefusalsAreFinal(Interceptor):
    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Inbound(next)


class _Inbound(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        history.workflow_id.set(activity.info().workflow_id)
        try:
            return await super().execute_activity(input)
        except Refusal as refusal:
            raise _told(refusal, final=True) from refusal
        except OutcomeUnknown as unknown:
            raise _told(unknown, final=True) from unknown
        except Unreachable as unreachable:
            raise _told(unreachable, retry_after=unreachable.retry_after) from unreachable
        except CredentialsRejected as rejected:
            raise _told(rejected) from rejected


def _told(
    error: Exception, *, final: bool = False, retry_after: float | None = None
) -> ApplicationError:
    return ApplicationError(
        str(error)[:LONGEST_MESSAGE],
        type=type(error).__name__,
        non_retryable=final,
        next_retry_delay=timedelta(seconds=retry_after) if retry_after else None,
    )
