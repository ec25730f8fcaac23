"""Who a token belongs to. Tokens are stored as hashes only."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.tables.staff import ApiKey, StaffMember
from db.tables.staff import Session as SessionRow
from domain.access import PROFILES, Actor, known_rights

KEY_PREFIX, SESSION_PREFIX = "bok_", "bos_"
SESSION_LASTS = timedelta(hours=12)


def new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Tokens are random and long, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()


def find_actor(tx: Session, token: str) -> Actor | None:
    if token.startswith(KEY_PREFIX):
        return _program(tx, token)
    return _staff(tx, token) if token.startswith(SESSION_PREFIX) else None


def add_session(tx: Session, staff_id: int) -> str:
    """The token: shown once, to its owner."""
    token = new_token(SESSION_PREFIX)
    tx.execute(
        insert(SessionRow).values(
            token_hash=token_hash(token),
            staff_id=staff_id,
            expires_at=datetime.now(UTC) + SESSION_LASTS,
        )
    )
    return token


def end_session(tx: Session, token: str) -> None:
    tx.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash(token)))


def find_staff(tx: Session, login: str) -> StaffMember | None:
    return tx.scalar(select(StaffMember).where(StaffMember.login == login, StaffMember.is_active))


def _program(tx: Session, token: str) -> Actor | None:
    row = tx.execute(
        select(ApiKey.id, ApiKey.rights, ApiKey.channel_id).where(
            ApiKey.token_hash == token_hash(token), ApiKey.is_active
        )
    ).one_or_none()
    if row is None:
        return None
    return Actor(f"key:{row.id}", known_rights(row.rights), channel_id=row.channel_id)


def _staff(tx: Session, token: str) -> Actor | None:
    row = tx.execute(
        select(StaffMember.id, StaffMember.profile, StaffMember.branch_id)
        .join(SessionRow, SessionRow.staff_id == StaffMember.id)
        .where(
            SessionRow.token_hash == token_hash(token),
            SessionRow.expires_at > datetime.now(UTC),
            StaffMember.is_active,
        )
    ).one_or_none()
    if row is None:
        return None
    rights = PROFILES.get(row.profile, frozenset())
    return Actor(f"staff:{row.id}", rights, branch_id=row.branch_id, staff_id=row.id)
