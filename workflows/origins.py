"""Where a command came from travels with it to the activities that write down what it did.

Sealed: Temporal keeps what it is given, and an address tells who somebody is."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.worker import (
    ExecuteWorkflowInput,
    HandleUpdateInput,
    Interceptor,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)
from temporalio.workflow import ActivityHandle

from activities.origins import HEADER as HEADER

_letters: ContextVar[list[Payload] | None] = ContextVar("letters", default=None)
"""Of the command that is being carried out."""
_is_of_one_act: ContextVar[bool] = ContextVar("is_of_one_act", default=False)


class CarriesOrigin(Interceptor):
    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        return _Inbound


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Outbound(outbound))

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
        """Who started a process asked for its first act alone; the rest happens by itself."""
        _receive(input.headers, is_of_one_act=True)
        return await super().execute_workflow(input)

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:
        _receive(input.headers)
        return await super().handle_update_handler(input)


class _Outbound(WorkflowOutboundInterceptor):
    def start_local_activity(self, input: StartLocalActivityInput) -> ActivityHandle[Any]:
        input.headers = _with_letter(input.headers)
        return super().start_local_activity(input)


def _receive(headers: Mapping[str, Payload], *, is_of_one_act: bool = False) -> None:
    _letters.set([headers[HEADER]] if HEADER in headers else [])
    _is_of_one_act.set(is_of_one_act)


def _with_letter(headers: Mapping[str, Payload]) -> Mapping[str, Payload]:
    letters = _letters.get()
    if not letters:
        return headers
    letter = letters.pop() if _is_of_one_act.get() else letters[0]
    return {**headers, HEADER: letter}
