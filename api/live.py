"""One look at the news for all who listen to this process, and each told what they may hear."""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from db.engine import Database, DatabaseTrouble
from db.reads.events import (
    KEPT,
    News,
    current_snapshot,
    latest_notices,
    living_sessions,
    news_since,
)
from domain.access import Actor
from domain.errors import Refusal
from domain.events import Change, changes_rights_of, may_hear

LOOK_EVERY_S = 0.25
AFTER_TROUBLE_S = 1.0
MOST_LISTENERS = 2000
MOST_OF_ONE = 20
QUEUE = 200
"""Whoever falls behind this far is told to read everything anew."""
POSITION_EVERY_S = 15.0
_POSITION = re.compile(r"(\d{10})-(\d{1,19}:\d{1,19}:[\d,]{0,2000})")

logger = logging.getLogger(__name__)


class TooManyListeners(Refusal):
    """So many pages of one person, or of all, are open at once."""


@dataclass(frozen=True)
class Told:
    """`position` is where to go on from once this was told; None: more of the same look follows."""

    change: Change | None = None
    is_reload: bool = False
    position: str | None = None


@dataclass(eq=False)
class Listener:
    actor: Actor
    queue: asyncio.Queue[Told | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    """None: it is over."""
    placed_at: float = 0
    """When a position was told last."""

    def tell(self, changes: Iterable[Change], position: str, *, is_reload: bool = False) -> None:
        told = [Told(change) for change in changes]
        if not told and not is_reload and time.monotonic() - self.placed_at < POSITION_EVERY_S:
            return
        self.placed_at = time.monotonic()
        told.append(Told(is_reload=is_reload, position=position))
        if len(told) > QUEUE - self.queue.qsize():
            self._empty()
            told = [Told(is_reload=True, position=position)]
        for each in told:
            self.queue.put_nowait(each)

    def end(self) -> None:
        """What it waits for is not told any more: another may be asking in the meantime."""
        self._empty()
        self.queue.put_nowait(None)

    def _empty(self) -> None:
        with suppress(asyncio.QueueEmpty):
            while True:
                self.queue.get_nowait()


@dataclass(frozen=True)
class Look:
    news: News
    ended: frozenset[int]
    """Of the sessions that were listening when the look began."""
    staff: frozenset[int]
    notices: dict[int, UUID]
    """The newest of each of the staff who listen."""


class LiveEvents:
    """Looks while somebody listens, and not otherwise."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._listeners: set[Listener] = set()
        self._snapshot = ""
        self._notices: dict[int, UUID | None] = {}
        self._looking: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()

    @asynccontextmanager
    async def listening(self, actor: Actor, since: str | None) -> AsyncIterator[Listener]:
        """`since`: the position told last, by a caller who comes back."""
        self._require_room(actor)
        listener = Listener(actor)
        async with self._starting:
            self._listeners.add(listener)
            if self._looking is None:
                self._snapshot = await run_in_threadpool(self._now)
                self._looking = asyncio.create_task(self._keep_looking())
        try:
            await self._catch_up(listener, since)
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                await self.close()

    async def close(self) -> None:
        for listener in self._listeners:
            listener.end()
        looking, self._looking = self._looking, None
        if looking:
            looking.cancel()

    def _require_room(self, actor: Actor) -> None:
        same = sum(listener.actor.name == actor.name for listener in self._listeners)
        if same >= MOST_OF_ONE or len(self._listeners) >= MOST_LISTENERS:
            raise TooManyListeners("Close some of the open pages: too many listen at once.")

    async def _catch_up(self, listener: Listener, since: str | None) -> None:
        snapshot = _snapshot_of(since)
        if since is None:
            listener.tell([], _position(self._snapshot))
        elif snapshot is None:
            listener.tell([], _position(self._snapshot), is_reload=True)
        else:
            missed = await run_in_threadpool(self._missed, snapshot)
            _tell(listener, missed or News(self._snapshot, [], is_complete=False))

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                look = await run_in_threadpool(self._look)
            except Exception:
                logger.exception("The news could not be read; it is read again.")
                await asyncio.sleep(AFTER_TROUBLE_S)
                continue
            self._tell_all(look)

    def _tell_all(self, look: Look) -> None:
        self._snapshot = look.news.snapshot
        fresh = {
            staff: Change(0, "notice", str(notice))
            for staff, notice in look.notices.items()
            if self._notices.get(staff, notice) != notice
        }
        self._notices = {**dict.fromkeys(look.staff), **look.notices}
        for listener in [*self._listeners]:
            if _ends(listener.actor, look):
                listener.end()
            else:
                notice = fresh.get(listener.actor.staff_id or 0)
                _tell(listener, look.news, [notice] if notice else [])

    def _look(self) -> Look:
        actors = [listener.actor for listener in [*self._listeners]]
        sessions = frozenset(each.session_id for each in actors if each.session_id is not None)
        staff = frozenset(each.staff_id for each in actors if each.staff_id is not None)
        with self._db.transaction() as tx:
            return Look(
                news_since(tx, self._snapshot),
                sessions - living_sessions(tx, sessions),
                staff,
                latest_notices(tx, staff),
            )

    def _now(self) -> str:
        with self._db.transaction() as tx:
            return current_snapshot(tx)

    def _missed(self, snapshot: str) -> News | None:
        """None: that position is none of this database's."""
        try:
            with self._db.transaction() as tx:
                return news_since(tx, snapshot)
        except DatabaseTrouble:
            return None


def _ends(actor: Actor, look: Look) -> bool:
    """Signed out, or what they may hear could be another now: the page comes back and is asked."""
    return actor.session_id in look.ended or any(
        changes_rights_of(actor, change) for change in look.news.changes
    )


def _tell(listener: Listener, news: News, extra: Iterable[Change] = ()) -> None:
    heard = [change for change in news.changes if may_hear(listener.actor, change)]
    position = _position(news.snapshot)
    listener.tell([*heard, *extra], position, is_reload=not news.is_complete)


def _position(snapshot: str) -> str:
    return f"{int(time.time())}-{snapshot}"


def _snapshot_of(position: str | None) -> str | None:
    """None: it is no position, or one too old to be told what came since."""
    known = _POSITION.fullmatch(position or "")
    if known is None or int(known[1]) < time.time() - KEPT.total_seconds():
        return None
    return known[2]
