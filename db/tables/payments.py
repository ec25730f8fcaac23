"""Payments, refunds, and what providers told us about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Payment(Base):
    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("provider", "reference"),
        CheckConstraint(
            "amount > 0 AND captured >= 0 AND refunded >= 0 AND refunded <= captured",
            name="amounts",
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    method: Mapped[str]
    provider: Mapped[str | None]
    state: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    authorised: Mapped[int] = mapped_column(server_default=text("0"))
    captured: Mapped[int] = mapped_column(server_default=text("0"))
    refunded: Mapped[int] = mapped_column(server_default=text("0"))
    reference: Mapped[str | None]
    confirmation_url: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    document: Mapped[str | None]
    """Number of the cheque, of the statement line, of the courier's act."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Refund(Base):
    """Money going back through one payment; several make up what a person asked for at once."""

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(index=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"), index=True)
    amount: Mapped[int]
    state: Mapped[str]
    reference: Mapped[str | None]
    fail_reason: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default="")
    lines: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class WebhookDelivery(Base):
    """A fact a provider told us; the same one is taken in once, however often it is delivered."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (UniqueConstraint("provider", "fact"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str]
    fact: Mapped[str]
    subject_id: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    handed_on_at: Mapped[datetime | None]
