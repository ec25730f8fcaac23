"""Cancellations and their legs: each thing that has to be undone is reported by itself."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.tables.changes import Cancellation, CancellationLeg
from db.tables.payments import Refund
from domain.order_lines import LineQuantity
from domain.order_messages import CancelOrder


def add(
    tx: Session,
    command: CancelOrder,
    pieces: Sequence[LineQuantity],
    reason: str,
    to_void: Sequence[UUID],
) -> None:
    tx.execute(
        insert(Cancellation).values(
            id=command.command_id,
            order_id=command.order_id,
            lines=[vars(piece) for piece in pieces],
            restock=command.restock,
            refund=command.refund,
            notify=command.notify,
            reason=reason,
            actor=command.by,
        )
    )
    add_leg(tx, command.command_id, "stock", "", "restocked" if command.restock else "written_off")
    for payment_id in to_void:
        add_leg(tx, command.command_id, "void", str(payment_id), "pending")


def add_leg(tx: Session, cancellation_id: UUID, kind: str, subject: str, state: str) -> None:
    tx.execute(
        insert(CancellationLeg).values(
            cancellation_id=cancellation_id, kind=kind, subject=subject, state=state
        )
    )


def add_refund_legs(tx: Session, cancellation_id: UUID, request_id: UUID) -> None:
    rows = tx.execute(select(Refund.id, Refund.state).where(Refund.request_id == request_id)).all()
    for row in rows:
        add_leg(tx, cancellation_id, "refund", str(row.id), row.state)
