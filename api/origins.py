"""Sends along with every command where it came from, sealed."""

import json
from collections.abc import Mapping
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    Interceptor,
    OutboundInterceptor,
    StartWorkflowInput,
    StartWorkflowUpdateInput,
    StartWorkflowUpdateWithStartInput,
    WorkflowHandle,
    WorkflowUpdateHandle,
)

from db import history
from db.secrets import Secrets
from workflows.origins import HEADER

ENCODING = {"encoding": b"binary/encrypted"}


class SendsOrigin(Interceptor):
    def __init__(self, keys: Secrets) -> None:
        self._keys = keys

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        return _Outbound(next, self._keys)


class _Outbound(OutboundInterceptor):
    def __init__(self, next: OutboundInterceptor, keys: Secrets) -> None:
        super().__init__(next)
        self._keys = keys

    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:
        input.headers = self._with_letter(input.headers)
        return await super().start_workflow(input)

    async def start_workflow_update(
        self, input: StartWorkflowUpdateInput
    ) -> WorkflowUpdateHandle[Any]:
        input.headers = self._with_letter(input.headers)
        return await super().start_workflow_update(input)

    async def start_update_with_start_workflow(
        self, input: StartWorkflowUpdateWithStartInput
    ) -> WorkflowUpdateHandle[Any]:
        for part in (input.start_workflow_input, input.update_workflow_input):
            part.headers = self._with_letter(part.headers)
        return await super().start_update_with_start_workflow(input)

    def _with_letter(self, headers: Mapping[str, Payload]) -> Mapping[str, Payload]:
        origin = history.origin.get()
        if origin is None:
            return headers
        sealed = self._keys.seal(json.dumps([origin, history.request_id.get()]))
        return {**headers, HEADER: Payload(metadata=ENCODING, data=sealed)}
