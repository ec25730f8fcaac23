"""Orders, their lines, and the requests they came from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base

LISTED = ["status", "payment", "fulfilment", "returns", "channel_id", "branch_id", "responsible_id"]


class OrderRequest(Base):
    """What a caller asked for under its idempotency key, and the answer it got, for ever.

    `draft` holds the priced order until it is placed; then the order itself holds it."""

    __tablename__ = "order_requests"
    __table_args__ = (UniqueConstraint("caller", "idempotency_key"),)
    order_id: Mapped[UUID] = mapped_column(primary_key=True)
    caller: Mapped[str]
    idempotency_key: Mapped[str]
    body_hash: Mapped[bytes]
    draft: Mapped[dict[str, Any] | None]
    answer_status: Mapped[int | None]
    answer: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Order(Base):
    """Amounts in minor units; `payment`, `fulfilment`, `returns` and the sums are derived, written
    by `db.orders.save` alone."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("channel_id", "external_ref"),
        CheckConstraint("captured >= 0 AND refunded BETWEEN 0 AND captured", name="money"),
        # Included: what lists filter by. However rare the matches of several filters are together,
        # walking the sort order then reads this index alone.
        UniqueConstraint("number", postgresql_include=["id", "placed_at", "total", *LISTED]),
        Index(
            "ix_orders_placed",
            text("placed_at DESC"),
            text("id DESC"),
            postgresql_include=["total", *LISTED],
        ),
        Index(
            "ix_orders_total",
            text("total DESC"),
            text("id DESC"),
            postgresql_include=["placed_at", *LISTED],
        ),
        Index("ix_orders_status", "status", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_payment", "payment", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_fulfilment", "fulfilment", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_channel", "channel_id", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_branch", "branch_id", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_customer_id", "customer_id", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_responsible", "responsible_id", text("placed_at DESC"), text("id DESC")),
        Index(
            "ix_orders_customer",
            text("lower(customer_email)"),
            text("placed_at DESC"),
            text("id DESC"),
        ),
        Index(
            "ix_orders_returns",
            "returns",
            text("placed_at DESC"),
            text("id DESC"),
            postgresql_where=text("returns <> 'none'"),
        ),
        Index(
            "ix_orders_attention",
            text("placed_at DESC"),
            text("id DESC"),
            postgresql_where=text("attention IS NOT NULL"),
        ),
        Index(
            "ix_orders_search",
            "search",
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Identity(start=100001))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    external_ref: Mapped[str | None]
    status: Mapped[str]
    payment: Mapped[str]
    fulfilment: Mapped[str]
    returns: Mapped[str] = mapped_column(server_default="none")
    currency: Mapped[str]
    prices_include_tax: Mapped[bool]
    goods: Mapped[int]
    shipping: Mapped[int]
    shipping_tax: Mapped[int]
    shipping_is_refunded: Mapped[bool] = mapped_column(server_default=text("false"))
    tax: Mapped[int]
    total: Mapped[int]
    authorised: Mapped[int] = mapped_column(server_default=text("0"))
    captured: Mapped[int] = mapped_column(server_default=text("0"))
    refunded: Mapped[int] = mapped_column(server_default=text("0"))
    allowance: Mapped[int] = mapped_column(server_default=text("0"))
    shipping_method: Mapped[str | None] = mapped_column(ForeignKey("shipping_methods.code"))
    weight_g: Mapped[int]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    customer_name: Mapped[str]
    customer_email: Mapped[str]
    customer_phone: Mapped[str]
    language: Mapped[str]
    address: Mapped[dict[str, Any]]
    comment: Mapped[str] = mapped_column(server_default="")
    search: Mapped[str]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    hold_reason: Mapped[str | None]
    attention: Mapped[str | None]
    """Why a person has to look: the code of the step that cannot go on by itself."""
    attention_at: Mapped[datetime | None]
    placed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class OrderLine(Base):
    """Price, tax and names as sold. Quantities: see `domain.order_lines.LineQuantities`."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint(
            "ordered > 0 AND cancelled >= 0 AND allocated >= 0 AND backordered >= 0"
            " AND allocated + backordered + shipped = ordered - cancelled"
            " AND packed >= 0 AND packed <= picked AND picked <= allocated"
            " AND delivered BETWEEN 0 AND shipped",
            name="quantities",
        ),
        Index("ix_order_lines_sku", "sku", "order_id"),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), index=True)
    sku: Mapped[str]
    name: Mapped[str]
    is_service: Mapped[bool] = mapped_column(server_default=text("false"))
    unit_price: Mapped[int]
    tax_class: Mapped[str]
    tax_rate: Mapped[int]
    gross: Mapped[int]
    tax: Mapped[int]
    weight_g: Mapped[int]
    ordered: Mapped[int]
    allocated: Mapped[int] = mapped_column(server_default=text("0"))
    backordered: Mapped[int] = mapped_column(server_default=text("0"))
    picked: Mapped[int] = mapped_column(server_default=text("0"))
    packed: Mapped[int] = mapped_column(server_default=text("0"))
    shipped: Mapped[int] = mapped_column(server_default=text("0"))
    delivered: Mapped[int] = mapped_column(server_default=text("0"))
    cancelled: Mapped[int] = mapped_column(server_default=text("0"))
    return_requested: Mapped[int] = mapped_column(server_default=text("0"))
    returned_good: Mapped[int] = mapped_column(server_default=text("0"))
    returned_damaged: Mapped[int] = mapped_column(server_default=text("0"))
    written_off: Mapped[int] = mapped_column(server_default=text("0"))
    refunded: Mapped[int] = mapped_column(server_default=text("0"))
    """Pieces whose money went back, whether or not the goods did."""


class OrderNote(Base):
    __tablename__ = "order_notes"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    author: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class OrderFile(Base):
    __tablename__ = "order_files"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]
    author: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
