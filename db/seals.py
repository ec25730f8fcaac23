"""Seals on the history: what was written can be changed by whoever rules the database, but not
unnoticed. Each seal lists what entries said, and is chained to the one before by a secret key."""

import hashlib
import hmac
import json
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, Text, cast, func, insert, select, text
from sqlalchemy.orm import Session

from db.engine import Database
from db.seal_keys import SealKeys
from db.tables.history import HistoryEntry, HistorySeal

MOST_ROWS = 10_000
"""In one seal: what is read, and said to be wrong, in one piece."""
BEFORE_THE_FIRST = -(2**63)
PATIENCE_S, PAUSE_S = 40.0, 0.05
"""Longer than any transaction of ours lasts."""
_LOCK = 7_204_202
_COLUMNS = tuple(
    cast(column, Text).label(column.name) if column.name in ("changes", "details") else column
    for column in HistoryEntry.__table__.columns
)
"""All of them, with the number and the time in front."""


class StillWriting(Exception):
    """A transaction that writes history does not come to its end."""


@dataclass(frozen=True)
class Line:
    """What a seal says of one entry."""

    id: int
    at: str
    subject: str
    action: str
    digest: str

    @staticmethod
    def of(entry: Row[Any]) -> "Line":
        at = entry.at.astimezone(UTC).isoformat()
        subject = f"{entry.subject} {entry.subject_id}"
        return Line(entry.id, at, subject, entry.action, _digest([entry.id, at, *entry[2:]]))

    def __str__(self) -> str:
        return f"{self.id} ({self.at}, {self.subject}, {self.action})"


@dataclass(frozen=True)
class Head:
    """The newest seal. Whoever keeps it elsewhere notices when the end was cut off."""

    number: int
    mac: str

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"


def seal(db: Database, keys: SealKeys) -> int:
    """Seals what is written by now and returns how many entries that were. Nobody who writes
    waits; we wait for those who may still bring in entries with smaller numbers."""
    with db.transaction() as tx:
        top = tx.scalar(select(func.max(HistoryEntry.id)))
        writing = _writers(tx)
    _wait_for(db, writing)
    total = 0
    while top is not None and (rows := _seal_next(db, keys, top)):
        total += rows
    return total


def head(tx: Session) -> Head | None:
    newest = find_last(tx)
    return Head(newest.number, newest.mac.hex()) if newest else None


def find_last(tx: Session) -> HistorySeal | None:
    return tx.scalar(select(HistorySeal).order_by(HistorySeal.number.desc()).limit(1))


def mac_of(seal: HistorySeal, before: bytes, secret: bytes) -> bytes:
    content = [
        seal.number,
        seal.to_id,
        seal.rows,
        seal.sealed_at.astimezone(UTC).isoformat(),
        seal.key_id,
        hashlib.sha256(seal.manifest).hexdigest(),
        before.hex(),
    ]
    return hmac.digest(secret, json.dumps(content).encode(), "sha256")


def packed(lines: Sequence[Line]) -> bytes:
    rows = [[line.id, line.at, line.subject, line.action, line.digest] for line in lines]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def unpacked(manifest: bytes) -> list[Line]:
    return [Line(*row) for row in json.loads(zlib.decompress(manifest))]


def entries(above: int, to: int) -> Select[Any]:
    found = select(*_COLUMNS).where(HistoryEntry.id > above, HistoryEntry.id <= to)
    return found.order_by(HistoryEntry.id, HistoryEntry.at)


def lines(tx: Session, wanted: Select[Any]) -> Iterator[Line]:
    for entry in tx.execute(wanted, execution_options={"yield_per": 2000}):
        yield Line.of(entry)


def _seal_next(db: Database, keys: SealKeys, top: int) -> int:
    with db.transaction() as tx:
        tx.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        last = find_last(tx)
        above = last.to_id if last else BEFORE_THE_FIRST
        found = list(lines(tx, entries(above, top).limit(MOST_ROWS)))
        if found:
            tx.execute(insert(HistorySeal).values(**_sealed(tx, keys, found, last)))
    return len(found)


def _sealed(
    tx: Session, keys: SealKeys, found: list[Line], last: HistorySeal | None
) -> dict[str, Any]:
    key_id, secret = keys.newest(tx)
    content: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "to_id": found[-1].id,
        "rows": len(found),
        "sealed_at": datetime.now(UTC),
        "key_id": key_id,
        "manifest": packed(found),
    }
    return content | {"mac": mac_of(HistorySeal(**content), last.mac if last else b"", secret)}


def _digest(values: list[Any]) -> str:
    content = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _writers(tx: Session) -> set[str]:
    """They take this lock before they draw an entry's number, and keep it to their end."""
    found = text(
        "SELECT virtualtransaction FROM pg_locks WHERE relation = 'history'::regclass"
        " AND mode = 'RowExclusiveLock'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return set(tx.scalars(found))


def _wait_for(db: Database, writing: set[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while writing:
        if time.monotonic() > deadline:
            raise StillWriting(f"{len(writing)} transactions have not ended in {PATIENCE_S:.0f} s.")
        time.sleep(PAUSE_S)
        with db.transaction() as tx:
            writing &= _writers(tx)
