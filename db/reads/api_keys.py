"""Keys of programs, as lists show them: never the token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from db.reads.keyset import check
from db.reads.names import ActorName, Actors
from db.reads.rows import build, columns
from db.tables.access import ApiKey, ApiKeyUse
from db.tables.shop import Channel
from domain.access import FieldLevel, Grants, Reach, Right


@dataclass(frozen=True)
class ApiKeyRow:
    """`prefix`: the first characters of the token."""

    id: int
    name: str
    prefix: str
    rights: dict[Right, Reach]
    fields: dict[str, FieldLevel]
    channel_id: int | None
    channel_name: str | None
    is_active: bool
    created_by: ActorName
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True)
class ApiKeyPage:
    rows: list[ApiKeyRow]
    next: int | None
    """The id of the last row, when older ones follow."""


def list_keys(
    tx: Session, is_active: bool | None = None, after: int | None = None, limit: int = 50
) -> ApiKeyPage:
    """Newest first."""
    check(limit)
    wanted = _keys()
    if is_active is not None:
        wanted = wanted.where(ApiKey.is_active.is_(is_active))
    if after is not None:
        wanted = wanted.where(ApiKey.id < after)
    rows = tx.execute(wanted.order_by(ApiKey.id.desc()).limit(limit + 1)).all()
    shown = _shown(tx, rows[:limit])
    return ApiKeyPage(shown, shown[-1].id if len(rows) > limit else None)


def find_key(tx: Session, key_id: int) -> ApiKeyRow | None:
    rows = tx.execute(_keys().where(ApiKey.id == key_id)).all()
    return next(iter(_shown(tx, rows)), None)


def _keys() -> Select[Any]:
    more = (Channel.name.label("channel_name"), ApiKeyUse.last_at.label("last_used_at"))
    return (
        select(*columns(ApiKey, ApiKeyRow), *more)
        .outerjoin(Channel, Channel.id == ApiKey.channel_id)
        .outerjoin(ApiKeyUse, ApiKeyUse.key_id == ApiKey.id)
    )


def _shown(tx: Session, rows: Sequence[Row[Any]]) -> list[ApiKeyRow]:
    actors = Actors(tx, (row.created_by for row in rows))
    return [_row(row, actors[row.created_by]) for row in rows]


def _row(row: Row[Any], by: ActorName) -> ApiKeyRow:
    grants = Grants.stored(row.rights, row.fields)
    rights, fields = dict(grants.rights), dict(grants.fields)
    return build(ApiKeyRow, row, rights=rights, fields=fields, created_by=by)
