"""The shop's settings: versioned values, read where they are used, so changes apply at once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.shop import Setting
from domain.errors import ChangedMeanwhile


@dataclass(frozen=True)
class Stored:
    value: dict[str, Any]
    version: int
    """0: nobody has set it yet."""


def read_setting(tx: Session, name: str) -> Stored:
    found = tx.execute(select(Setting.value, Setting.version).where(Setting.name == name))
    row = found.one_or_none()
    return Stored(row.value, row.version) if row else Stored({}, 0)


def save_setting(
    tx: Session, name: str, before: dict[str, Any], value: dict[str, Any], version: int, by: str
) -> int:
    """The new version. `before`: what readers saw, the defaults of what was not set included."""
    claim_version(tx, name, version)
    tx.execute(update(Setting).where(Setting.name == name).values(value=value))
    changes = history.differences(before, value)
    history.append(tx, Entry("setting", name, "setting.changed", by, changes))
    return version + 1


def claim_version(tx: Session, name: str, version: int) -> None:
    """Whoever else wants to change it waits, and is then told that it changed. The caller tells
    history what."""
    row = insert(Setting).values(name=name, value={}, version=0)
    tx.execute(row.on_conflict_do_nothing())
    claimed = update(Setting).where(Setting.name == name, Setting.version == version)
    if not tx.execute(
        claimed.values(version=Setting.version + 1).returning(Setting.name)
    ).one_or_none():
        raise ChangedMeanwhile("Somebody else changed these settings meanwhile.")
