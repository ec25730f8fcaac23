"""One's own: how a person likes the pages."""

import json
from typing import Annotated, Any

from fastapi import Body

from api.access import Db
from api.answers import RESPONSES
from api.notices import StaffId
from api.routers import Router
from db.preferences import find_preferences, save_preferences
from domain.errors import Refusal

router = Router("/me", tags=["preferences"], responses=RESPONSES)
LARGEST = 32 * 1024


class PreferencesTooLarge(Refusal):
    """Tastes are small; this is something else."""


class NotStorable(Refusal):
    """PostgreSQL has no room for this in JSON."""


@router.get("/preferences")
def read_preferences(staff_id: StaffId, db: Db) -> dict[str, Any]:
    with db.transaction() as tx:
        return find_preferences(tx, staff_id)


@router.put("/preferences")
def edit_preferences(
    staff_id: StaffId, body: Annotated[dict[str, Any], Body()], db: Db
) -> dict[str, Any]:
    """The whole object, up to 32 kB of JSON; what it means is the pages' business."""
    if _size(body) > LARGEST:
        raise PreferencesTooLarge(f"At most {LARGEST // 1024} kB.")
    with db.transaction() as tx:
        save_preferences(tx, staff_id, body)
    return body


def _size(body: dict[str, Any]) -> int:
    """In bytes of JSON; what JSON or PostgreSQL cannot hold is refused."""
    try:
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
        size = len(text.encode())
    except ValueError:
        raise NotStorable("A number or a text in it cannot be stored.") from None
    if "\\u0000" in text:
        raise NotStorable("A text in it holds the NUL character.")
    return size
