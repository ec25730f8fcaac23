"""How persons and programs get in. Of every token, code and password a hash is kept, never more."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class Account(Base):
    """The sign-in of a staff member or of a customer; each realm has its own logins."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint(
            "(realm = 'staff') = (staff_id IS NOT NULL)"
            " AND (realm = 'customer') = (customer_id IS NOT NULL)",
            name="realm",
        ),
        Index("uq_accounts_login", "realm", text("lower(login)"), unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    realm: Mapped[str]
    login: Mapped[str]
    password_hash: Mapped[str | None]
    """None: invited, and has not chosen one yet."""
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"), unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), unique=True)
    is_blocked: Mapped[bool] = mapped_column(server_default=text("false"))
    totp_secret: Mapped[bytes | None]
    """Encrypted. Counts as second factor once `totp_confirmed_at` is set."""
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    """Of the last code that was taken: no code is taken twice."""
    password_changed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Session(Base):
    """Somebody's open door in one browser. Not `is_full`: the second factor is still owed."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_full: Mapped[bool]
    address: Mapped[str] = mapped_column(server_default="")
    user_agent: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInCode(Base):
    """The one-time code that a half-finished sign-in waits for."""

    __tablename__ = "sign_in_codes"
    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[bytes]
    expires_at: Mapped[datetime]
    tries_left: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AccountLink(Base):
    """A one-time link by mail: an invitation, or a new password."""

    __tablename__ = "account_links"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    purpose: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """For whoever lost the authenticator; each is good once."""

    __tablename__ = "recovery_codes"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class KnownDevice(Base):
    """Where somebody signed in before; a new one is told by mail."""

    __tablename__ = "known_devices"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    device_hash: Mapped[bytes] = mapped_column(primary_key=True)
    first_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SignInThrottle(Base):
    """Failed sign-ins of an account or from an address, and until when the next has to wait."""

    __tablename__ = "sign_in_throttles"
    key: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(server_default=func.now())
    blocked_until: Mapped[datetime | None]


class ApiKey(Base):
    """A program that may call: a storefront, a marketplace link, an import."""

    __tablename__ = "api_keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    prefix: Mapped[str] = mapped_column(server_default="")
    """Its first characters, by which people tell keys apart."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    rights: Mapped[dict[str, Any]]
    fields: Mapped[dict[str, Any]]
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_by: Mapped[str] = mapped_column(server_default="system")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime | None]


class ApiKeyUse(Base):
    """When a key was used last: no fact about the key, so no history tells of it."""

    __tablename__ = "api_key_uses"
    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    last_at: Mapped[datetime]
