"""How failures become answers: a refusal is 409 with its code; nothing else is told outside."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from temporalio.client import (
    ActivityFailureError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.access import CrossSite, NotSignedIn
from api.temporal import NotAnsweredYet
from domain.access import Forbidden
from domain.errors import Refusal
from domain.sign_in import TooManyAttempts

logger = logging.getLogger(__name__)


class NotFound(Refusal):
    """There is no such thing, or not for this caller."""


class Problem(BaseModel):
    """What every refusal looks like; `code` is stable, `message` is for people."""

    code: str
    message: str


STATUSES: dict[type[Refusal], int] = {
    CrossSite: 403,
    Forbidden: 403,
    NotFound: 404,
    TooManyAttempts: 429,
}
"""Every other refusal is a conflict with what is so: 409."""
RESPONSES: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "Not signed in"},
    403: {"model": Problem, "description": "Not allowed"},
    404: {"model": Problem, "description": "Not found"},
    409: {"model": Problem, "description": "A rule says no"},
    413: {"model": Problem, "description": "The body is too large"},
    429: {"model": Problem, "description": "Too many at once"},
    503: {"model": Problem, "description": "A part of the house does not answer"},
}
ENDED_MEANWHILE = "AcceptedUpdateCompletedWorkflow"
"""Temporal's word for a process that was ended by force with the command in its hands."""
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"description": "It is under way; `process` tells how it stands"}
}
BUSY = (RPCStatusCode.RESOURCE_EXHAUSTED,)


def answer(status: int, code: str, message: str, **headers: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status, headers or None)


def add_handlers(app: FastAPI) -> None:
    app.add_exception_handler(RequestValidationError, not_understood)
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(NotSignedIn, not_signed_in)
    app.add_exception_handler(WorkflowUpdateFailedError, update_failed)
    app.add_exception_handler(ActivityFailureError, activity_failed)
    app.add_exception_handler(NotAnsweredYet, not_answered_yet)
    app.add_exception_handler(WorkflowUpdateRPCTimeoutOrCancelledError, unavailable)
    app.add_exception_handler(RPCError, rpc_failed)
    app.add_exception_handler(RuntimeError, not_connected)


def refused(request: Request, error: Exception) -> JSONResponse:
    status = next((STATUSES[kind] for kind in STATUSES if isinstance(error, kind)), 409)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyAttempts) else {}
    return answer(status, type(error).__name__, str(error), **headers)


def not_connected(request: Request, error: Exception) -> JSONResponse:
    """The SDK has no class of its own for a server that was never there."""
    if not str(error).startswith("Failed client connect"):
        raise error
    logger.warning("Temporal: %s", error)
    return unavailable(request, error)


def not_understood(request: Request, error: Exception) -> JSONResponse:
    """Where and why, without what was sent: it may be no JSON, or name people."""
    assert isinstance(error, RequestValidationError)
    problems = [
        {
            "loc": [_printable(part) for part in problem["loc"]],
            "msg": problem["msg"],
            "type": problem["type"],
        }
        for problem in error.errors()
    ]
    return JSONResponse({"detail": problems}, 422)


def not_signed_in(request: Request, error: Exception) -> JSONResponse:
    return answer(
        401, "NotSignedIn", "Sign in, or send a valid key.", **{"WWW-Authenticate": "Bearer"}
    )


def update_failed(request: Request, error: Exception) -> JSONResponse:
    if getattr(error.__cause__, "type", None) == ENDED_MEANWHILE:
        return unavailable(request, error)
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    return answer(409, refusal.type or "Refusal", refusal.message)


def activity_failed(request: Request, error: Exception) -> JSONResponse:
    """An activity of its own that a caller waited for: a provider's no, or no answer from it."""
    cause = error.__cause__
    if isinstance(cause, ApplicationError) and cause.type in _refusal_names(Refusal):
        return answer(409, cause.type or "Refusal", cause.message)
    return answer(503, "Unavailable", "The provider does not answer just now; try again later.")


def refusal_of(error: Exception) -> ApplicationError | None:
    """The rule's no inside what Temporal tells, if that is what it is."""
    cause: BaseException | None = getattr(error, "cause", None)
    if isinstance(cause, ActivityError):
        cause = cause.cause
    known = isinstance(cause, ApplicationError) and cause.type in _refusal_names(Refusal)
    return cause if known and isinstance(cause, ApplicationError) else None


def not_answered_yet(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, NotAnsweredYet)
    process = f"/api/orders/{error.order_id}/process"
    return JSONResponse(
        {
            "code": "Accepted",
            "message": "It is under way; the process page shows what it waits for.",
            "process": process,
        },
        202,
        {"Location": process},
    )


def unavailable(request: Request, error: Exception) -> JSONResponse:
    return answer(
        503,
        "Unavailable",
        "The processes do not answer just now. Send the same request again: it is done once.",
        **{"Retry-After": "2"},
    )


def rpc_failed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RPCError)
    if error.status in BUSY:
        return answer(
            429, "Busy", "Too much at once; try again in a moment.", **{"Retry-After": "1"}
        )
    logger.warning("Temporal: %s", error)
    return unavailable(request, error)


def _printable(part: str | int) -> str | int:
    return part.encode(errors="replace").decode() if isinstance(part, str) else part


def _refusal_names(kind: type[Refusal]) -> set[str]:
    names = {kind.__name__}
    for sub in kind.__subclasses__():
        names |= _refusal_names(sub)
    return names
