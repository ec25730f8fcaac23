"""Live pages: that something changed, as soon as it did, for whoever may read it."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from api.access import SignedIn
from api.answers import RESPONSES, Problem
from api.live import Listener, LiveEvents, Told
from api.routers import Router

router = Router("/events", tags=["events"])
COME_BACK_MS = 1000
PROBLEM = {"application/json": {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": told["description"], "content": PROBLEM}
    for status, told in RESPONSES.items()
}
"""As JSON, though the route itself answers with a stream."""


class LiveEvent(BaseModel):
    """Read the thing again: what of it is open to you may differ from what is open to others."""

    resource: str
    id: str
    seq: int


async def listen(
    request: Request,
    actor: SignedIn,
    last_event_id: Annotated[str | None, Header(max_length=2500)] = None,
) -> AsyncIterator[Listener]:
    live: LiveEvents = request.app.state.live
    async with live.listening(actor, last_event_id) as listener:
        yield listener


@router.get("", response_class=EventSourceResponse, responses=REFUSALS)
async def read_events(
    listener: Annotated[Listener, Depends(listen)],
) -> AsyncIterable[ServerSentEvent]:
    """Server-Sent Events: `message` tells what changed (`resource`, `id`, `seq`), `reload` that it
    was more than is told one by one. `Last-Event-ID` brings what was missed within an hour.

    The stream ends when the session does, or when rights change: come back and be asked anew."""
    yield ServerSentEvent(comment="listening", retry=COME_BACK_MS)
    while (told := await listener.queue.get()) is not None:
        yield _event(told)


def _event(told: Told) -> ServerSentEvent:
    if told.is_reload:
        return ServerSentEvent(event="reload", data={}, id=told.position)
    if told.change is None:
        return ServerSentEvent(id=told.position)
    change = told.change
    event = LiveEvent(resource=change.resource, id=change.subject_id, seq=change.seq)
    return ServerSentEvent(data=event)
