"""The carrier's way of writing: requests with their state and errors, times without a colon."""

from datetime import UTC, datetime
from typing import Any

from local.simulators.refused import Refused
from local.simulators.state import Document

Error = dict[str, str]


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def error(code: str, message: str) -> Error:
    return {"code": code, "message": message}


def request(kind: str, state: str, moment: datetime, request_uuid: str) -> Document:
    return {
        "request_uuid": request_uuid,
        "type": kind,
        "date_time": stamp(moment),
        "state": state,
        "errors": [],
        "warnings": [],
    }


def refused(kind: str, errors: list[Error], status: int = 400) -> Refused:
    """Seen at once, nothing was accepted."""
    seen: dict[str, Any] = {"type": kind, "date_time": stamp(datetime.now(UTC)), "state": "INVALID"}
    return Refused(status, {"requests": [seen | {"errors": errors}]})


def not_found(uuid: str) -> Refused:
    text = f"Entity is not found by uuid {uuid}"
    return refused("GET", [error("v2_entity_not_found", text)])
