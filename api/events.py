"""Live pages: that something changed, as soon as it did, for whoever may read it."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from api.access import SignedIn
from api.answers import RESPONSES
from api.live import Listener, LiveEvents, Told

router = APIRouter(prefix="/events", tags=["events"], responses=RESPONSES)
COME_BACK_MS = 1000


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


@router.get("", response_class=EventSourceResponse)
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
