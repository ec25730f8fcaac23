"""Who asks, and may they: every route names the right it needs."""

import hashlib
import hmac
from collections.abc import Collection, Iterator
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.fields import refuse_fields, rights_in
from db.access import KEY_PREFIX, STAFF_PREFIX, find_person, find_program
from db.engine import Database
from domain.access import Actor, Forbidden, Right, require
from domain.errors import Refusal

SESSION_COOKIE = "backoffice_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

bearer = HTTPBearer(auto_error=False, description="A program's key.")
cookie = APIKeyCookie(
    name=SESSION_COOKIE,
    auto_error=False,
    description=f"A person's session; changes also need the header {CSRF_HEADER}.",
)


class NotSignedIn(Exception):
    """No token, or one that is unknown, ended, half or switched off."""


class CrossSite(Refusal):
    """A page of somebody else's sent this with the browser of somebody signed in."""


def get_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


Db = Annotated[Database, Depends(get_database)]
Key = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
SessionToken = Annotated[str | None, Depends(cookie)]


def get_actor(request: Request, db: Db, key: Key, session: SessionToken) -> Actor:
    """A program by its key, or else a person by the session of their browser."""
    actor = _program(db, key.credentials) if key else _person(request, db, session)
    if actor is None:
        raise NotSignedIn
    request.state.actor = actor
    return actor


SignedIn = Annotated[Actor, Depends(get_actor)]


def needs(right: Right, *, reads: Collection[str] = (), writes: Collection[str] = ()) -> Any:
    """`actor: Annotated[Actor, needs(Right.ORDER_READ)]`

    Filters, sort orders and bodies are held against the caller's guarded fields by their names.
    `reads` and `writes` name those that the route tells or sets as a whole."""

    async def check(request: Request, actor: SignedIn) -> Actor:
        require(actor, right)
        if not actor.sees_and_sets_everything:
            await refuse_fields(request, actor, right, reads, writes)
        return actor

    check.right, check.reads, check.writes = right, reads, writes  # type: ignore[attr-defined]
    return Depends(check)


def rights_of(request: Request) -> Iterator[Right]:
    """Those that the route asks for."""
    yield from rights_in(request.scope["route"])


def require_at(request: Request, actor: Actor, branch_id: int | None) -> None:
    """The rights of this route reach to that branch too."""
    for right in rights_of(request):
        if not actor.may_at(right, branch_id):
            raise Forbidden(f"Your right {right} does not reach to this branch.")


def csrf_token(session: str) -> str:
    """Known to our own pages only: nobody else can read the session it is made of."""
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


def refuse_cross_site(request: Request, session: str) -> None:
    if request.method in SAFE_METHODS:
        return
    sent = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(sent.encode(), csrf_token(session).encode()):
        raise CrossSite("Load the page again: its protection against other sites has ended.")
    refuse_foreign_origin(request)


def refuse_foreign_origin(request: Request) -> None:
    origin = request.headers.get("Origin")
    if origin is None:
        return
    ours = {request.headers.get("Host"), urlsplit(request.app.state.public_url).netloc}
    if urlsplit(origin).netloc not in ours:
        raise CrossSite("This request comes from a page of another site.")


def _program(db: Database, token: str) -> Actor | None:
    if not token.startswith(KEY_PREFIX):
        return None
    with db.transaction() as tx:
        return find_program(tx, token)


def _person(request: Request, db: Database, session: str | None) -> Actor | None:
    """Of staff: a customer's session opens the shop's doors alone."""
    if not session or not session.startswith(STAFF_PREFIX):
        return None
    with db.transaction() as tx:
        actor = find_person(tx, session)
    if actor:
        refuse_cross_site(request, session)
    return actor
