"""An answer that is a no, raised where the rule is and written by the application."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse


class Refused(Exception):
    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


async def answer_refused(request: Request, refused: Exception) -> JSONResponse:
    assert isinstance(refused, Refused)
    return JSONResponse(refused.body, refused.status)
