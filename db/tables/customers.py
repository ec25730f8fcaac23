"""Customers: whom orders belong to, what they agreed to, and what the owner wants to know."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base

SEARCH = "lower(name || ' ' || email || ' ' || phone)"
PLACES = "((lower(addresses::text))::jsonb)"
"""Addresses with every letter small, so that one index finds cities however written."""


class Customer(Base):
    __tablename__ = "customers"
    __table_args__ = (
        Index(
            "uq_customers_email",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("email <> ''"),
        ),
        Index("ix_customers_created", text("created_at DESC"), text("id DESC")),
        Index("ix_customers_name", text("lower(name)"), "id"),
        Index("ix_customers_branch", "branch_id", text("created_at DESC"), text("id DESC")),
        Index(
            "ix_customers_search",
            "search",
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
        ),
        Index(
            "ix_customers_places",
            text(f"{PLACES} jsonb_path_ops"),
            postgresql_using="gin",
            postgresql_where=text("addresses <> '[]'"),
        ),
        Index(
            "ix_customers_custom",
            "custom",
            postgresql_using="gin",
            postgresql_ops={"custom": "jsonb_path_ops"},
            postgresql_where=text("custom <> '{}'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="en")
    addresses: Mapped[list[Any]] = mapped_column(server_default="[]")
    """Each as `domain.customers.CustomerAddress`."""
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    custom: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """{key: value} of the fields that the shop's owner defined."""
    note: Mapped[str] = mapped_column(server_default="")
    """Staff's own; the customer never sees it."""
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    """Whose client it is: who works elsewhere and reaches own branches only does not see it."""
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    """Disabled customers stay where they are, and cannot order or sign in."""
    search: Mapped[str] = mapped_column(Computed(SEARCH, persisted=True))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class CustomField(Base):
    """A field of customers that the shop's owner defined."""

    __tablename__ = "custom_fields"
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'number', 'choice', 'date', 'bool')", name="kind"),
        CheckConstraint("shop_level IN ('hidden', 'read', 'write')", name="shop_level"),
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    labels: Mapped[dict[str, Any]]
    """{language: label}"""
    choices: Mapped[list[Any]] = mapped_column(server_default="[]")
    shop_level: Mapped[str] = mapped_column(server_default="hidden")
    """How far customers see it of themselves; for staff the group's `customer.custom` counts."""
    position: Mapped[int] = mapped_column(server_default=text("0"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class MailingList(Base):
    """What customers subscribe to: the newsletter, the shop's mailing, a partner group's list."""

    __tablename__ = "mailing_lists"
    __table_args__ = (CheckConstraint("kind IN ('newsletter', 'mailing', 'partner')", name="kind"),)
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Consent(Base):
    """The last word of a customer on a list: yes or no, when, how it was given and to whom."""

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_list", "list_code", "customer_id", postgresql_where=text("is_given")),
    )
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    list_code: Mapped[str] = mapped_column(ForeignKey("mailing_lists.code"), primary_key=True)
    is_given: Mapped[bool]
    way: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class CustomerTotal(Base):
    """What a customer paid and did not get back. The database itself keeps it (see its migration):
    whoever changes an order's money changes this, and placing an order costs nothing for it."""

    __tablename__ = "customer_totals"
    __table_args__ = (
        Index("ix_customer_totals_spent", "currency", text("spent DESC"), text("customer_id DESC")),
    )
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    spent: Mapped[int]
