"""Guarded fields on their way in and out: one declaration, kept for every route."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.field_shapes import Nouns, Shape, every_model, shape_of, told_in
from domain.access import GUARDED, Actor, Forbidden, Right, nouns_of, told_by
from domain.bookings import BelowAllocated
from domain.errors import Refusal
from domain.pricing import PaymentsDoNotAddUp
from domain.products import StillInStock
from domain.stock import OutOfStock

OPENAPI_KEY = "x-guarded"
TELLING: Mapping[type[Refusal], frozenset[str]] = {
    OutOfStock: frozenset({"stock.available"}),
    StillInStock: frozenset({"stock.on_hand"}),
    BelowAllocated: frozenset({"stock.on_hand", "stock.allocated"}),
    PaymentsDoNotAddUp: frozenset({"order.total"}),
}
"""Refusals that say how much there is."""


class FieldHidden(Forbidden):
    """A filter, a sort order or a file would tell what is hidden from this person."""


class FieldReadOnly(Forbidden):
    """This person may not set that field."""


async def refuse_fields(
    request: Request, actor: Actor, right: Right, reads: Iterable[str], writes: Iterable[str]
) -> None:
    """What a request asks for or sets, before anything is done. `reads` and `writes`: fields
    that the route tells or sets as a whole."""
    if hidden := sorted(actor.hidden_keys & {*reads, *_asked(request, right)}):
        raise FieldHidden(f"This would tell what you do not see: {', '.join(hidden)}.")
    if locked := sorted(actor.unwritable_keys & {*writes, *await _sent(request, actor)}):
        raise FieldReadOnly(f"You may not set {', '.join(locked)}.")


def _asked(request: Request, right: Right) -> Iterator[str]:
    """The fields that the filters and the sort order look into."""
    if not request.query_params:
        return
    nouns = nouns_of([right.noun]) if _is_guarding(right) else frozenset[str]()
    sorts = {each.removeprefix("-") for each in request.query_params.getlist("sort")}
    for noun in nouns:
        for field in GUARDED[noun].values():
            if sorts & {*field.sorts} or request.query_params.keys() & {*field.filters}:
                yield f"{noun}.{field.name}"
    for changed in request.query_params.getlist("field"):
        yield from told_by(nouns, changed)


async def _sent(request: Request, actor: Actor) -> set[str]:
    """The fields that the body sets."""
    shape = body_shape(request.scope["route"]) if actor.unwritable_keys else None
    if shape is None or not _is_json(Headers(scope=request.scope)):
        return set()
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return set()  # refused for that, later
    return {field for told in told_in(body, shape) for field in told.fields}


def nouns_of_route(route: APIRoute) -> Nouns:
    """What its rights are about."""
    return nouns_of(right.noun for right in rights_in(route) if _is_guarding(right))


def rights_in(route: APIRoute) -> Iterator[Right]:
    waiting = [*route.dependant.dependencies]
    while waiting:
        each = waiting.pop()
        waiting += each.dependencies
        if right := getattr(each.call, "right", None):
            yield right


def _is_guarding(right: Right) -> bool:
    return right.noun in {*GUARDED, "payment", "process", "history"}


def body_shape(route: APIRoute) -> Shape | None:
    if route.body_field is None:
        return None
    model: Any = route.body_field.field_info.annotation
    return shape_of(model, nouns_of_route(route))


def answer_shapes(route: APIRoute) -> list[Shape]:
    """Of every answer that is no refusal."""
    nouns = nouns_of_route(route)
    told = (more.get("model") for status, more in route.responses.items() if _is_success(status))
    shapes = (shape_of(model, nouns) for model in (route.response_model, *told) if model)
    return [shape for shape in shapes if shape]


def _is_success(status: int | str) -> bool:
    return str(status).startswith("2")


class FieldsCut:
    """Takes what is hidden from the caller out of every answer, whatever route it comes from."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Cutting(scope, send).send)


class _Cutting:
    """One answer: let through as it comes, or kept until it is whole and then cut."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._is_concerned(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    def _is_concerned(self, start: Message) -> bool:
        actor = _actor(self._scope)
        is_json = _is_json(Headers(raw=start["headers"]))
        return is_json and actor is not None and not actor.sees_everything

    async def _finish(self, start: Message) -> None:
        actor = _actor(self._scope)
        assert actor
        body = self._body and cut(self._body, start["status"], self._scope["route"], actor)
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _actor(scope: Scope) -> Actor | None:
    actor: Actor | None = getattr(Request(scope).state, "actor", None)
    return actor


def cut(body: bytes, status: int, route: APIRoute, actor: Actor) -> bytes:
    """The answer without what is hidden; as it is where there is nothing to hide in it."""
    if status >= 400:
        return _cut_refusal(body, actor)
    answer = json.loads(body)
    told = [each for shape in answer_shapes(route) for each in told_in(answer, shape)]
    hidden = [each for each in told if each.fields & actor.hidden_keys]
    for each in hidden:
        each.record.pop(each.key, None)
    return json.dumps(answer, ensure_ascii=False).encode() if hidden else body


def _cut_refusal(body: bytes, actor: Actor) -> bytes:
    """Some say how much there is: then the class says it in general."""
    answer = json.loads(body)
    for kind, told in TELLING.items():
        if answer.get("code") == kind.__name__ and told & actor.hidden_keys:
            return json.dumps({**answer, "message": (kind.__doc__ or "").strip()}).encode()
    return body


def _is_json(headers: Headers) -> bool:
    """As the framework decides it."""
    kind, _, form = headers.get("content-type", "").lower().partition(";")[0].strip().partition("/")
    return kind == "application" and (form == "json" or form.endswith("+json"))


class Described(FastAPI):
    """Its description marks guarded fields; in answers they are not required."""

    def openapi(self) -> dict[str, Any]:
        known = self.openapi_schema is not None
        description = super().openapi()
        if not known:
            schemas = description["components"]["schemas"]
            for route in routes_of(self):
                for shape in answer_shapes(route):
                    _mark(schemas, shape, may_be_missing=True)
                _mark(schemas, body_shape(route), may_be_missing=False)
        return description


def routes_of(app: FastAPI) -> Iterator[APIRoute]:
    return (route for route in app.routes if isinstance(route, APIRoute))


def _mark(schemas: dict[str, Any], shape: Shape | None, *, may_be_missing: bool) -> None:
    for each in every_model(shape):
        schema = schemas.get(each.model.__name__ if each.model else "", {})
        for key, told in each.keys.items():
            if told and key in schema.get("properties", {}):
                schema["properties"][key][OPENAPI_KEY] = ", ".join(sorted(told))
                if may_be_missing and key in schema.get("required", ()):
                    schema["required"].remove(key)
