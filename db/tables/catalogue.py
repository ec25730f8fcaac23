"""What is sold: products, variants, tax, shipping methods."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Product(Base):
    __tablename__ = "products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    is_service: Mapped[bool] = mapped_column(server_default=text("false"))
    is_published: Mapped[bool] = mapped_column(server_default=text("true"))
    tax_class: Mapped[str]


class Variant(Base):
    __tablename__ = "variants"
    __table_args__ = (CheckConstraint("price >= 0 AND weight_g >= 0", name="not_negative"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(server_default="")
    price: Mapped[int]
    currency: Mapped[str]
    weight_g: Mapped[int] = mapped_column(server_default=text("0"))
    may_backorder: Mapped[bool] = mapped_column(server_default=text("false"))


class TaxRate(Base):
    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("tax_class", "country"),
        CheckConstraint("rate BETWEEN 0 AND 10000", name="rate"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    tax_class: Mapped[str]
    country: Mapped[str]
    rate: Mapped[int]
    """Hundredths of a percent."""


class ShippingMethod(Base):
    __tablename__ = "shipping_methods"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    carrier: Mapped[str]
    service: Mapped[str] = mapped_column(server_default="")
    tax_class: Mapped[str]
    basis: Mapped[str]
    bands: Mapped[list[Any]]
    """[[up to or null, price], ...] in rising order."""
    handling_fee: Mapped[int] = mapped_column(server_default=text("0"))
    free_from_total: Mapped[int | None]
    free_from_weight_g: Mapped[int | None]
    countries: Mapped[list[Any]]
