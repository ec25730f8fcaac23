"""Trials of connections: what to try, kept encrypted for a moment, and how the newest one went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.provider_settings import ProviderConfiguration, ProviderSettings
from db.reads.names import ActorName, Actors
from db.reads.rows import build, columns
from db.tables.desk import ConnectionTest, ConnectionTrial
from domain.connections import Hint, TriedConnection


@dataclass(frozen=True, kw_only=True)
class LastTest(TriedConnection):
    at: datetime
    actor: ActorName


def keep_trial(
    tx: Session, keys: ProviderSettings, trial_id: UUID, provider: str, tried: ProviderConfiguration
) -> None:
    """Secrets never travel through a workflow: it is told where to find them. What was left behind
    by trials nobody took goes."""
    old = ConnectionTrial.created_at < func.now() - func.make_interval(0, 0, 0, 0, 0, 1)
    tx.execute(delete(ConnectionTrial).where(old))
    row = {"id": trial_id, "provider": provider, "configuration": keys.seal(tried)}
    tx.execute(insert(ConnectionTrial).values(**row))


def take_trial(
    tx: Session, keys: ProviderSettings, trial_id: UUID
) -> tuple[str, ProviderConfiguration] | None:
    """The provider and what to try; it can be taken once."""
    taken = delete(ConnectionTrial).where(ConnectionTrial.id == trial_id)
    row = tx.execute(
        taken.returning(ConnectionTrial.provider, ConnectionTrial.configuration)
    ).one_or_none()
    return row and (row.provider, keys.unseal(row.configuration))


def save_test(tx: Session, provider: str, trial_id: UUID, tried: TriedConnection, by: str) -> None:
    values = {**vars(tried), "trial_id": trial_id, "actor": by, "at": func.now()}
    row = insert(ConnectionTest).values(provider=provider, **values)
    tx.execute(row.on_conflict_do_update(index_elements=["provider"], set_=values))


def last_tests(tx: Session) -> dict[str, LastTest]:
    found = select(ConnectionTest.provider, *columns(ConnectionTest, LastTest))
    rows = tx.execute(found).all()
    actors = Actors(tx, (row.actor for row in rows))
    return {row.provider: _last_test(row, actors) for row in rows}


def _last_test(row: Row[Any], actors: Actors) -> LastTest:
    hint = None if row.hint is None else Hint(row.hint)
    return build(LastTest, row, actor=actors[row.actor], hint=hint)
