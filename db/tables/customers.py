"""Customers: whom orders belong to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Customer(Base):
    __tablename__ = "customers"
    __table_args__ = (
        Index(
            "uq_customers_email",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("email <> ''"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="en")
    address: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """As in orders: country, city, postcode, street."""
    custom: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """Fields that the shop's owner defined."""
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    """Disabled customers stay where they are, and cannot order or sign in."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
