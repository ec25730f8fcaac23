"""Commands that were carried out, and the reasons people gave for them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.changes import DoneCommand, Reason
from domain.errors import Refusal


class IdReused(Refusal):
    """The id of something that was done to another order."""


def first_time(tx: Session, command_id: UUID, order_id: UUID) -> bool:
    """False when this command was carried out before: then nothing must be done again."""
    done = insert(DoneCommand).values(id=command_id, order_id=order_id)
    if tx.execute(done.on_conflict_do_nothing().returning(DoneCommand.id)).first():
        return True
    known = select(DoneCommand.order_id).where(DoneCommand.id == command_id)
    refuse_other_order(tx.execute(known).scalar_one(), order_id)
    return False


def refuse_other_order(known: UUID, order_id: UUID) -> None:
    """An id is chosen for one thing to be done to one order."""
    if known != order_id:
        raise IdReused("This id was used for another order; choose a new one.")


def reason_text(tx: Session, reason_id: UUID | None) -> str | None:
    if reason_id is None:
        return None
    return tx.scalar(select(Reason.text).where(Reason.id == reason_id))


def add_reason(tx: Session, reason_id: UUID, text: str) -> None:
    tx.execute(insert(Reason).values(id=reason_id, text=text).on_conflict_do_nothing())
