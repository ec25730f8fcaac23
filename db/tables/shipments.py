"""Shipments, their lines, and what carriers told us about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Shipment(Base):
    __tablename__ = "shipments"
    __table_args__ = (UniqueConstraint("order_id", "sequence"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    sequence: Mapped[int]
    carrier: Mapped[str]
    service: Mapped[str]
    state: Mapped[str]
    parcel_state: Mapped[str | None]
    reference: Mapped[str | None] = mapped_column(index=True)
    tracking_number: Mapped[str | None] = mapped_column(index=True)
    boxes: Mapped[list[Any]]
    fail_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]


class ShipmentLine(Base):
    """Pieces of one line from one location: a shipment leaves from where its stock was held."""

    __tablename__ = "shipment_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)
    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(primary_key=True)
    """0 for services, which no location holds."""
    quantity: Mapped[int]


class ParcelEvent(Base):
    __tablename__ = "parcel_events"
    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str]
    place: Mapped[str] = mapped_column(server_default="")
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ShipmentLabel(Base):
    __tablename__ = "shipment_labels"
    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes]
