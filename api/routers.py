"""The parts of the API say where they end up. FastAPI would otherwise understand each of the two
hundred routes a second time when it takes a part into the whole, which is a second of every start,
and would ask part after part whether a request is theirs, a millisecond of every request."""

from typing import Any

from fastapi import APIRouter


class Router(APIRouter):
    def __init__(self, prefix: str = "", **options: Any) -> None:
        super().__init__(prefix=f"/api{prefix}", **options)
