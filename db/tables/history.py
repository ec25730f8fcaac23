"""The audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class HistoryEntry(Base):
    """Who did what to what, when and why. Append-only; written with the change it tells of."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_subject", "subject", "subject_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    actor: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[str]
    action: Mapped[str]
    changes: Mapped[dict[str, Any]]
    """{field: [old, new]}"""
    details: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    workflow_id: Mapped[str | None]
    request_id: Mapped[str | None]
