"""An activity's history entries say where the command came from that it carries out."""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from temporalio.api.common.v1 import Payload
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from db import history
from db.secrets import Secrets

HEADER = "origin"


class ReadsOrigin(Interceptor):
    def __init__(self, keys: Secrets) -> None:
        self._keys = keys

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Inbound(next, self._keys)


class _Inbound(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, keys: Secrets) -> None:
        super().__init__(next)
        self._keys = keys

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        origin, request_id = opened(self._keys, input.headers.get(HEADER))
        history.origin.set(origin)
        history.request_id.set(request_id)
        return await super().execute_activity(input)


def opened(keys: Secrets, letter: Payload | None) -> tuple[str | None, str | None]:
    """Nothing where nobody sent it, or its key is gone: the act itself matters more."""
    if letter is None:
        return None, None
    try:
        origin, request_id = json.loads(keys.open(letter.data))
    except InvalidToken:
        return None, None
    return origin, request_id
