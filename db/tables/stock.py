"""Stock levels and the ledger they must agree with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class StockItem(Base):
    """One variant at one location in one condition. Never sold below zero: the database says no."""

    __tablename__ = "stock_items"
    __table_args__ = (CheckConstraint("allocated >= 0 AND allocated <= on_hand", name="allocated"),)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    condition: Mapped[str] = mapped_column(primary_key=True, server_default="good")
    on_hand: Mapped[int] = mapped_column(server_default=text("0"))
    allocated: Mapped[int] = mapped_column(server_default=text("0"))


class StockMovement(Base):
    """Immutable. The sums of both changes are the level's `on_hand` and `allocated`."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        UniqueConstraint("receipt_id", "variant_id", "location_id"),
        Index("ix_stock_movements_level", "variant_id", "location_id", "condition"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    kind: Mapped[str]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    condition: Mapped[str] = mapped_column(server_default="good")
    on_hand_change: Mapped[int] = mapped_column(server_default=text("0"))
    allocated_change: Mapped[int] = mapped_column(server_default=text("0"))
    order_id: Mapped[UUID | None] = mapped_column(index=True)
    line: Mapped[int | None]
    shipment_id: Mapped[UUID | None]
    receipt_id: Mapped[UUID | None]
    """Given by the caller: a receipt or adjustment sent twice is booked once."""
    reason: Mapped[str | None]
    actor: Mapped[str]


class Allocation(Base):
    """Pieces held for an order line at a location, until they ship or are released."""

    __tablename__ = "allocations"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    quantity: Mapped[int]
