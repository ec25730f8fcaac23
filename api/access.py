"""Who asks, and may they: every route names the right it needs."""

import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from db.access import find_actor
from db.engine import Database
from domain.access import Actor, Right, require

bearer = HTTPBearer(auto_error=False, description="A session's token or a program's key.")


class NotSignedIn(Exception):
    """No token, or one that is unknown, ended or switched off."""


def get_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


Db = Annotated[Database, Depends(get_database)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def get_actor(db: Db, credentials: Credentials) -> Actor:
    if credentials is None:
        raise NotSignedIn
    with db.transaction() as tx:
        actor = find_actor(tx, credentials.credentials)
    if actor is None:
        raise NotSignedIn
    return actor


SignedIn = Annotated[Actor, Depends(get_actor)]


def needs(right: Right) -> Any:
    """`actor: Annotated[Actor, needs(Right.ORDER_READ)]`"""

    def check(actor: SignedIn) -> Actor:
        require(actor, right)
        return actor

    check.right = right  # type: ignore[attr-defined]
    return Depends(check)


class RateLimit:
    """So many calls a minute and caller; the counters are per process."""

    def __init__(self, calls: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._clock = clock
        self._seen: dict[str, list[float]] = {}

    def allows(self, caller: str) -> bool:
        now = self._clock()
        recent = [at for at in self._seen.get(caller, []) if at > now - 60]
        if len(self._seen) > 10_000:
            self._seen.clear()
        self._seen[caller] = [*recent, now]
        return len(recent) < self._calls
