"""What is sold: products, variants and what they are sorted by."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from db.engine import Base


class Product(Base):
    __tablename__ = "products"
    __table_args__ = (Index("ix_products_name", "name", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="en")
    """Of the name and the description."""
    translations: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """By language: name and description."""
    is_service: Mapped[bool] = mapped_column(server_default=text("false"))
    is_published: Mapped[bool] = mapped_column(server_default=text("true"))
    tax_class: Mapped[str]
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brands.id"), index=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("suppliers.id"), index=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("product_classes.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Variant(Base):
    __tablename__ = "variants"
    __table_args__ = (
        CheckConstraint("price >= 0 AND weight_g >= 0", name="not_negative"),
        Index("ix_variants_price", "price", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(server_default="")
    price: Mapped[int]
    currency: Mapped[str]
    weight_g: Mapped[int] = mapped_column(server_default=text("0"))
    may_backorder: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    """False: sold once, and no more."""


class Brand(Base):
    __tablename__ = "brands"
    __table_args__ = (Index("uq_brands_name", text("lower(name)"), unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Supplier(Base):
    __tablename__ = "suppliers"
    __table_args__ = (Index("uq_suppliers_name", text("lower(name)"), unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ProductClass(Base):
    """What kind of thing it is, and so which attributes it has."""

    __tablename__ = "product_classes"
    __table_args__ = (Index("uq_product_classes_name", text("lower(name)"), unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    attribute_ids: Mapped[list[Any]] = mapped_column(server_default="[]")
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Attribute(Base):
    __tablename__ = "attributes"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """As patterns of SKUs call it."""
    names: Mapped[dict[str, Any]]
    """By language."""
    position: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class AttributeValue(Base):
    __tablename__ = "attribute_values"
    __table_args__ = (UniqueConstraint("attribute_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey("attributes.id"))
    code: Mapped[str]
    """What stands for it in SKUs."""
    names: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(server_default=text("0"))


class ProductValue(Base):
    """A characteristic that all variants share."""

    __tablename__ = "product_values"
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    value_id: Mapped[int] = mapped_column(
        ForeignKey("attribute_values.id"), primary_key=True, index=True
    )


class VariantValue(Base):
    """What sets a variant apart from its sisters."""

    __tablename__ = "variant_values"
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    value_id: Mapped[int] = mapped_column(
        ForeignKey("attribute_values.id"), primary_key=True, index=True
    )


class Category(Base):
    __tablename__ = "categories"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)
    names: Mapped[dict[str, Any]]
    """By language."""
    position: Mapped[int] = mapped_column(server_default=text("0"))
    is_published: Mapped[bool] = mapped_column(server_default=text("false"))
    rule: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Products that meet it belong here without being put here."""
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ProductCategory(Base):
    """Put there by hand."""

    __tablename__ = "product_categories"
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(
        ForeignKey("categories.id"), primary_key=True, index=True
    )


class ProductImage(Base):
    """Belongs to no product until one is saved with it."""

    __tablename__ = "product_images"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True)
    position: Mapped[int] = mapped_column(server_default=text("0"))
    texts: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """What it shows, by language."""
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary)
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class VariantSearch(Base):
    """What a variant is found by. Triggers keep it, whoever writes the catalogue and however."""

    __tablename__ = "variant_search"
    __table_args__ = (
        Index("ix_variant_search_sku_key", "sku_key"),
        Index("ix_variant_search_stems", "stems", postgresql_using="gin"),
    )
    variant_id: Mapped[int] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sku: Mapped[str]
    sku_key: Mapped[str] = mapped_column(Text(collation="C"))
    """Letters and digits of the SKU alone."""
    length: Mapped[int]
    """Of the product's name, in words: of two that fit alike, the shorter is the better answer."""
    words: Mapped[str] = mapped_column(TSVECTOR)
    stems: Mapped[str] = mapped_column(TSVECTOR)
    """The words and their stems in three languages."""


class SearchWord(Base):
    """Every word and stem that something can be found by, to recognise typing errors."""

    __tablename__ = "search_words"
    __table_args__ = (Index("ix_search_words_shortened", "shortened", postgresql_using="gin"),)
    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    shortened: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """The word, and what is left of it with any one letter left out."""


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
    version: Mapped[int] = mapped_column(server_default=text("1"))
