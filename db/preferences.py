"""How one person likes the pages: one object, theirs alone."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.desk import Preferences


def find_preferences(tx: Session, staff_id: int) -> dict[str, Any]:
    found = tx.scalar(select(Preferences.value).where(Preferences.staff_id == staff_id))
    return found or {}


def save_preferences(tx: Session, staff_id: int, value: dict[str, Any]) -> None:
    row = insert(Preferences).values(staff_id=staff_id, value=value)
    changed = {"value": row.excluded.value, "changed_at": func.now()}
    tx.execute(row.on_conflict_do_update(index_elements=["staff_id"], set_=changed))
