"""Who a token belongs to, and what was granted to them. Tokens are stored as hashes only."""

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, Text, bindparam, cast, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from db.tables.access import Account, ApiKey, ApiKeyUse
from db.tables.access import Session as SessionRow
from db.tables.customers import Customer
from db.tables.staff import Group, StaffBranch, StaffGroup, StaffMember
from domain.access import CUSTOMER, EVERYTHING, NOTHING, Actor, Grants, widest

KEY_PREFIX, STAFF_PREFIX, CUSTOMER_PREFIX = "bok_", "bos_", "boc_"
SESSION_LASTS = timedelta(hours=12)
IDLE_ENDS = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=1)
"""How exactly last use is recorded: a write for each request would be too dear."""


def new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Tokens are random and long, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()


def find_program(tx: Session, token: str) -> Actor | None:
    """Whose key it is."""
    row = tx.execute(_KEY, {"token": token_hash(token)}).one_or_none()
    if row is None:
        return None
    if _is_stale(row.last_at):
        used = upsert(ApiKeyUse).values(key_id=row.id, last_at=func.now())
        tx.execute(used.on_conflict_do_update(index_elements=["key_id"], set_=used.excluded))
    grants = Grants.stored(row.rights, row.fields)
    return Actor(f"key:{row.id}", grants, channel_id=row.channel_id)


def find_person(tx: Session, token: str) -> Actor | None:
    """Whose session it is: of staff or of a customer, signed in to the end."""
    row = tx.execute(_SESSION, {"token": token_hash(token)}).one_or_none()
    if row is None:
        return None
    if _is_stale(row.last_seen_at):
        seen = update(SessionRow).where(SessionRow.id == row.session_id)
        tx.execute(seen.values(last_seen_at=func.now()))
    return _staff(row) if row.staff_id is not None else _customer(row)


def add_session(tx: Session, account_id: int, prefix: str = STAFF_PREFIX) -> str:
    """The token of a session with both factors given: shown once, to its owner."""
    token = new_token(prefix)
    tx.execute(
        insert(SessionRow).values(
            token_hash=token_hash(token),
            account_id=account_id,
            is_full=True,
            expires_at=datetime.now(UTC) + SESSION_LASTS,
        )
    )
    return token


def end_session(tx: Session, token: str) -> None:
    tx.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash(token)))


def grants_of(groups: list[dict[str, Any]]) -> tuple[int, Grants]:
    """The level of the highest group, and all of them together."""
    level = min((group["level"] for group in groups), default=1000)
    if level == 0:
        return level, EVERYTHING
    stored = (Grants.stored(group["rights"], group["fields"]) for group in groups)
    return level, widest(stored) if groups else NOTHING


def _key() -> Select[Any]:
    return (
        select(ApiKey.id, ApiKey.rights, ApiKey.fields, ApiKey.channel_id, ApiKeyUse.last_at)
        .outerjoin(ApiKeyUse, ApiKeyUse.key_id == ApiKey.id)
        .where(
            ApiKey.token_hash == bindparam("token"),
            ApiKey.is_active,
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > func.now()),
        )
    )


def _session() -> Select[Any]:
    return (
        select(
            SessionRow.id.label("session_id"),
            SessionRow.last_seen_at,
            Account.id.label("account_id"),
            Account.staff_id,
            Account.customer_id,
            _groups().label("groups"),
            _branches().label("branches"),
        )
        .join(Account, Account.id == SessionRow.account_id)
        .outerjoin(StaffMember, StaffMember.id == Account.staff_id)
        .outerjoin(Customer, Customer.id == Account.customer_id)
        .where(
            SessionRow.token_hash == bindparam("token"),
            SessionRow.is_full,
            SessionRow.expires_at > func.now(),
            SessionRow.last_seen_at > func.now() - IDLE_ENDS,
            ~Account.is_blocked,
            func.coalesce(StaffMember.is_active, Customer.is_active),
        )
    )


def _groups() -> Any:
    group = func.jsonb_build_object(
        "level", Group.level, "rights", Group.rights, "fields", Group.fields
    )
    return (
        select(cast(func.jsonb_agg(group), Text))
        .join(StaffGroup, StaffGroup.group_id == Group.id)
        .where(StaffGroup.staff_id == Account.staff_id)
        .scalar_subquery()
    )


def _branches() -> Any:
    ids = func.array_agg(aggregate_order_by(StaffBranch.branch_id, StaffBranch.branch_id))
    return select(ids).where(StaffBranch.staff_id == Account.staff_id).scalar_subquery()


_KEY, _SESSION = _key(), _session()
"""Every request runs one of them: built once."""


@lru_cache(maxsize=1000)
def _grants_of(groups: str) -> tuple[int, Grants]:
    """Added up once for all who are in the same groups, until one of those is edited."""
    return grants_of(json.loads(groups))


def _staff(row: Row[Any]) -> Actor:
    level, grants = _grants_of(row.groups or "[]")
    return Actor(
        f"staff:{row.staff_id}",
        grants,
        branches=frozenset(row.branches or ()),
        staff_id=row.staff_id,
        level=level,
        account_id=row.account_id,
        session_id=row.session_id,
    )


def _customer(row: Row[Any]) -> Actor:
    return Actor(
        f"customer:{row.customer_id}",
        CUSTOMER,
        customer_id=row.customer_id,
        account_id=row.account_id,
        session_id=row.session_id,
    )


def _is_stale(last: datetime | None) -> bool:
    return last is None or last < datetime.now(UTC) - SEEN_EVERY
