"""The shop itself: branches, stock locations, channels, settings."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Branch(Base):
    __tablename__ = "branches"
    __table_args__ = (
        CheckConstraint("kind IN ('corporate', 'boutique', 'franchise')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    city: Mapped[str] = mapped_column(server_default="")
    postcode: Mapped[str] = mapped_column(server_default="")
    street: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str] = mapped_column(server_default="corporate")
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Location(Base):
    __tablename__ = "locations"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    sells: Mapped[bool] = mapped_column(server_default=text("true"))


class Channel(Base):
    __tablename__ = "channels"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    currency: Mapped[str]
    prices_include_tax: Mapped[bool] = mapped_column(server_default=text("true"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    locations: Mapped[list[Any]]
    """Location ids its orders are served from, in this order."""
    payment_methods: Mapped[list[Any]]
    shipping_methods: Mapped[list[Any]]
    return_url: Mapped[str] = mapped_column(server_default="")
    unpaid_expire_after_s: Mapped[int | None]
    """Seconds an unpaid order keeps its stock; null: for ever."""
    capture_policy: Mapped[str] = mapped_column(server_default="at_once")
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    """Who gets its new orders."""
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Setting(Base):
    """One value of the shop's settings; read where it is used, so a change applies at once."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ProviderSetting(Base):
    """Addresses and keys of a provider. `secrets` is encrypted; nobody reads it but its adapter."""

    __tablename__ = "provider_settings"
    provider: Mapped[str] = mapped_column(primary_key=True)
    enabled: Mapped[bool] = mapped_column(server_default=text("false"))
    values: Mapped[dict[str, Any]]
    secrets: Mapped[bytes | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
