"""The running shop as the import sees it: an API that may be busy, away, or say no."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import httpx

from local.errors import CannotStart

BUSY = frozenset({202, 429, 502, 503, 504})
"""Asked again: everything here is sent with an id, so that it is done once."""
NOT_OURS = frozenset({401, 403})
MISSING = frozenset({"ChannelUnknown", "LocationUnknown"})
"""What no invoice gets past: somebody has to set the shop up first."""
PATIENCE_S = 120.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0


class ShopSilent(CannotStart):
    """No answer for as long as we are patient. What was done stays done."""


class Failed(Exception):
    """The shop answered, but not with what was wanted."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any

    @property
    def code(self) -> str:
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""

    def expect(self, *statuses: int) -> Any:
        """The body; else `Failed`, or `CannotStart` when the next invoice would fare no better."""
        if self.code in MISSING:
            raise CannotStart(f"The shop is not ready for these sales: {self.body['message']}")
        if self.status not in statuses:
            raise Failed(self.told())
        return self.body

    def told(self) -> str:
        if isinstance(self.body, dict) and "message" in self.body:
            return f"{self.code}: {self.body['message']}"
        return f"HTTP {self.status} {str(self.body)[:300]}"


class Shop:
    """`url` is where the API's paths begin."""

    def __init__(self, url: str, key: str, patience_s: float = PATIENCE_S) -> None:
        self.url = url
        self._patience_s = patience_s
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(60, connect=5),
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def get(self, path: str, **params: str) -> Answer:
        return await self._send("GET", path, params=params)

    async def put(self, path: str, body: Any) -> Answer:
        return await self._send("PUT", path, json=body)

    async def post(self, path: str, body: Any, **headers: str) -> Answer:
        return await self._send("POST", path, json=body, headers=headers)

    async def _send(self, method: str, path: str, **content: Any) -> Answer:
        """Until there is an answer that is one. Pauses grow, so that a busy shop can catch up."""
        give_up_at = time.monotonic() + self._patience_s
        pause = FIRST_PAUSE_S
        while True:
            answer, trouble = await self._try(method, path, content)
            if answer:
                return answer
            if time.monotonic() + pause > give_up_at:
                raise ShopSilent(
                    f"{self.url} did not get on with it for {self._patience_s:g} s ({trouble}). "
                    "Run the import again once it answers: it goes on where it stopped."
                )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _try(
        self, method: str, path: str, content: dict[str, Any]
    ) -> tuple[Answer | None, str]:
        try:
            response = await self._client.request(method, path, **content)
        except httpx.TransportError as error:
            return None, f"{type(error).__name__} {error}".strip()
        answer = Answer(response.status_code, _body(response))
        if answer.status in NOT_OURS:
            raise CannotStart(f"The key may not do this import: {answer.told()}")
        return (None, f"HTTP {answer.status}") if answer.status in BUSY else (answer, "")


def _body(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return response.text
