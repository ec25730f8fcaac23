"""Commands that were carried out, and the reasons people gave for them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.changes import DoneCommand, Reason


def first_time(tx: Session, command_id: UUID, order_id: UUID) -> bool:
    """False when this command was carried out before: then nothing must be done again."""
    done = insert(DoneCommand).values(id=command_id, order_id=order_id)
    row = tx.execute(done.on_conflict_do_nothing().returning(DoneCommand.id)).first()
    return row is not None


def reason_text(tx: Session, reason_id: UUID | None) -> str | None:
    if reason_id is None:
        return None
    return tx.scalar(select(Reason.text).where(Reason.id == reason_id))


def add_reason(tx: Session, reason_id: UUID, text: str) -> None:
    tx.execute(insert(Reason).values(id=reason_id, text=text).on_conflict_do_nothing())
