"""Messages to people: which are wanted, their texts, and what became of each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class NoticeRule(Base):
    """Whether an event is told to an audience by a channel; a row switched off says no."""

    __tablename__ = "notice_rules"
    event: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))


class NoticeTemplate(Base):
    """A text of the shop's own; without a row the built-in one is used."""

    __tablename__ = "notice_templates"
    event: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str]


class Notice(Base):
    """One message to one person. The unique key makes an event tell each person once."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("change_id", "audience", "channel", "recipient"),
        Index("ix_notices_order", "order_id"),
        Index(
            "ix_notices_staff",
            "staff_id",
            text("id DESC"),
            postgresql_where=text("staff_id IS NOT NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    change_id: Mapped[UUID]
    """The change of status that is told."""
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    event: Mapped[str]
    audience: Mapped[str]
    channel: Mapped[str]
    recipient: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    reference: Mapped[str | None]
    fail_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class WorkerHeartbeat(Base):
    """A worker process that is alive says so here every few seconds."""

    __tablename__ = "worker_heartbeats"
    worker: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class AnnouncementRow(Base):
    """News of an order that still has to be told; it leaves when everybody was told."""

    __tablename__ = "announcements"
    change_id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    event: Mapped[str]
    tell_customer: Mapped[bool]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
