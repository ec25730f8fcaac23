"""Notes, files and the responsible person of an order. Each repeat by id changes nothing."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.done_commands import refuse_other_order
from db.tables.orders import Order, OrderFile, OrderNote
from db.tables.staff import StaffMember
from domain.errors import Refusal


class NoSuchPerson(Refusal):
    """Nobody works here under this id (any more)."""


@dataclass(frozen=True)
class StoredFile:
    name: str
    media_type: str
    content: bytes


def add_note(tx: Session, note_id: UUID, order_id: UUID, text: str, by: str) -> None:
    row = insert(OrderNote).values(id=note_id, order_id=order_id, author=by, text=text)
    if tx.execute(row.on_conflict_do_nothing().returning(OrderNote.id)).first():
        entry = history.order_entry(order_id, "order.note_added", by, note_id=note_id)
        history.append(tx, entry)
        return
    known = select(OrderNote.order_id).where(OrderNote.id == note_id)
    refuse_other_order(tx.execute(known).scalar_one(), order_id)


def add_file(
    tx: Session,
    file_id: UUID,
    order_id: UUID,
    name: str,
    media_type: str,
    content: bytes,
    by: str,
) -> None:
    row = insert(OrderFile).values(
        id=file_id,
        order_id=order_id,
        name=name,
        media_type=media_type,
        size=len(content),
        content=content,
        author=by,
    )
    if tx.execute(row.on_conflict_do_nothing().returning(OrderFile.id)).first():
        entry = history.order_entry(
            order_id, "order.file_attached", by, file_id=file_id, name=name, size=len(content)
        )
        history.append(tx, entry)
        return
    known = select(OrderFile.order_id).where(OrderFile.id == file_id)
    refuse_other_order(tx.execute(known).scalar_one(), order_id)


def find_file(tx: Session, order_id: UUID, file_id: UUID) -> StoredFile | None:
    row = tx.execute(
        select(OrderFile.name, OrderFile.media_type, OrderFile.content).where(
            OrderFile.id == file_id, OrderFile.order_id == order_id
        )
    ).one_or_none()
    return StoredFile(*row) if row else None


def assign(tx: Session, order_id: UUID, staff_id: int | None, by: str) -> bool:
    """False: that person was responsible already."""
    if staff_id is not None and not _works_here(tx, staff_id):
        raise NoSuchPerson(f"Nobody works here as number {staff_id}.")
    locked = select(Order.responsible_id).where(Order.id == order_id).with_for_update()
    before = tx.execute(locked).scalar_one()
    if before == staff_id:
        return False
    tx.execute(
        update(Order)
        .where(Order.id == order_id)
        .values(responsible_id=staff_id, version=Order.version + 1)
    )
    entry = history.order_entry(
        order_id, "order.assigned", by, {"responsible_id": (before, staff_id)}
    )
    history.append(tx, entry)
    return True


def _works_here(tx: Session, staff_id: int) -> bool:
    if not 0 < staff_id < 2**63:
        return False
    known = select(StaffMember.id).where(StaffMember.id == staff_id, StaffMember.is_active)
    return tx.execute(known).first() is not None
