"""Edits of placed orders, and cancellations with their legs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class OrderChange(Base):
    """A change set: proposed with its preview, then confirmed or discarded. One open per order."""

    __tablename__ = "order_changes"
    __table_args__ = (
        Index(
            "uq_order_changes_open",
            "order_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    state: Mapped[str]
    actions: Mapped[dict[str, Any]]
    preview: Mapped[dict[str, Any]]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class Cancellation(Base):
    __tablename__ = "cancellations"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    lines: Mapped[list[Any]]
    restock: Mapped[bool]
    refund: Mapped[bool]
    notify: Mapped[bool]
    reason: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class CancellationLeg(Base):
    """One thing a cancellation has to undo: stock, a payment, a refund, a parcel, the notice."""

    __tablename__ = "cancellation_legs"
    cancellation_id: Mapped[UUID] = mapped_column(ForeignKey("cancellations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default="")


class Reason(Base):
    """Why somebody did something. Workflows carry its id: free text may name people."""

    __tablename__ = "reasons"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[str]


class DoneCommand(Base):
    """A command that was carried out: repeating it changes nothing."""

    __tablename__ = "done_commands"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class OrderStep(Base):
    """A step with a provider that did not go smoothly, for people to see and to settle."""

    __tablename__ = "order_steps"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str]
    error: Mapped[str]
    since: Mapped[datetime] = mapped_column(server_default=func.now())
