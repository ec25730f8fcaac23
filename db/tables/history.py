"""The audit trail, and the seals that show whether somebody tampered with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class HistoryEntry(Base):
    """Who did what to what, when, from where and why. Append-only; written with the change it
    tells of. Kept month by month: that is why the time is part of the key."""

    __tablename__ = "history"
    __table_args__ = (
        Index("ix_history_subject", "subject_id", "subject", "id"),
        Index("ix_history_at", "at", "id"),
        Index("ix_history_by_subject", "subject", "at", "id"),
        Index("ix_history_by_actor", "actor", "at", "id"),
        Index("ix_history_by_action", "action", "at", "id"),
        Index("ix_history_fields", text("history_fields(changes)"), postgresql_using="gin"),
        Index(
            "ix_history_reason",
            text("lower(reason) gin_trgm_ops"),
            postgresql_using="gin",
            postgresql_where=text("reason IS NOT NULL"),
        ),
        {"postgresql_partition_by": "RANGE (at)"},
    )
    id: Mapped[int] = mapped_column(
        primary_key=True, server_default=text("nextval('history_id_seq')")
    )
    at: Mapped[datetime] = mapped_column(primary_key=True, server_default=func.now())
    actor: Mapped[str]
    origin: Mapped[str | None]
    """`page 203.0.113.7`: the way in, and the address it came from."""
    subject: Mapped[str]
    subject_id: Mapped[str]
    action: Mapped[str]
    changes: Mapped[dict[str, Any]]
    """{field: [old, new]}"""
    details: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    workflow_id: Mapped[str | None]
    request_id: Mapped[str | None]


class HistorySeal(Base):
    """What entries said when they were sealed: all after the seal before, up to `to_id`."""

    __tablename__ = "history_seals"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_id: Mapped[int]
    rows: Mapped[int]
    sealed_at: Mapped[datetime]
    key_id: Mapped[int]
    manifest: Mapped[bytes]
    """Compressed; a line for each entry: id, time, subject, action and digest."""
    mac: Mapped[bytes]
    """Over all of it and the mac of the seal before."""


class HistorySealKey(Base):
    """Made by chance, kept encrypted: whoever has the database alone cannot make a seal."""

    __tablename__ = "history_seal_keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
