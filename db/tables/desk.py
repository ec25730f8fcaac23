"""What pages keep on the server: tastes, saved views, trials of connections, sums of sales."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Preferences(Base):
    """How one person likes the pages; no fact of the shop, so no history tells of it."""

    __tablename__ = "preferences"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SavedView(Base):
    """A list as somebody likes to see it: the filters and sort of its address."""

    __tablename__ = "saved_views"
    __table_args__ = (
        Index("uq_saved_views_name", "staff_id", "resource", text("lower(name)"), unique=True),
        Index("ix_saved_views_shared", "resource", postgresql_where=text("is_shared")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    resource: Mapped[str]
    name: Mapped[str]
    query: Mapped[str]
    is_shared: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ConnectionTrial(Base):
    """What a connection is to be tried with: encrypted, and gone when the trial is over."""

    __tablename__ = "connection_trials"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider: Mapped[str]
    configuration: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ConnectionTest(Base):
    """How the newest trial of each connection went."""

    __tablename__ = "connection_tests"
    provider: Mapped[str] = mapped_column(primary_key=True)
    trial_id: Mapped[UUID]
    ok: Mapped[bool]
    took_ms: Mapped[int]
    message: Mapped[str]
    hint: Mapped[str | None]
    actor: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class SalesHour(Base):
    """Sums of the orders placed in one hour that still stand. Derived: can be made anew."""

    __tablename__ = "sales_hours"
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int] = mapped_column(primary_key=True)
    """0: no branch."""
    currency: Mapped[str] = mapped_column(primary_key=True)
    orders: Mapped[int]
    total: Mapped[int]
    refunded: Mapped[int]


class SalesDay(Base):
    """Pieces of each variant in the orders of one day, UTC. Derived, as `SalesHour`."""

    __tablename__ = "sales_days"
    day: Mapped[date] = mapped_column(primary_key=True)
    branch_id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(primary_key=True)
    pieces: Mapped[int]
    total: Mapped[int]


class RollupPosition(Base):
    """Up to which state of history sums are made."""

    __tablename__ = "rollup_positions"
    name: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
