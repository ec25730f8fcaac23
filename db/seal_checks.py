"""Walks along the seals and names what was changed, removed or slipped in since."""

import hmac
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import Database
from db.seal_keys import SealKeyMissing, SealKeys
from db.seals import BEFORE_THE_FIRST, Head, Line, entries, lines, mac_of, unpacked
from db.tables.history import HistoryEntry, HistorySeal


@dataclass(frozen=True)
class CheckedSeal:
    number: int
    rows: int
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Unsealed:
    rows: int
    oldest: str | None


def check_seals(db: Database, keys: SealKeys) -> Iterator[CheckedSeal]:
    """One after the other, each with all that is wrong about it and the entries under it."""
    before: HistorySeal | None = None
    while True:
        with db.transaction() as tx:
            seal = _next(tx, before)
            if seal is None:
                return
            checked = CheckedSeal(seal.number, seal.rows, list(_findings(tx, keys, seal, before)))
        yield checked
        before = seal


def check_head(db: Database, kept: Head) -> list[str]:
    """Whether the seal that was kept elsewhere is still the one that is here."""
    with db.transaction() as tx:
        seal = tx.get(HistorySeal, kept.number)
    if seal is None:
        return [f"Seal {kept.number}, which you kept, is not there: the end was cut off."]
    if not hmac.compare_digest(seal.mac.hex(), kept.mac):
        return [f"Seal {kept.number} is not the one you kept."]
    return []


def unsealed(db: Database) -> Unsealed:
    with db.transaction() as tx:
        to_id = tx.scalar(select(func.max(HistorySeal.to_id)))
        above = BEFORE_THE_FIRST if to_id is None else to_id
        count = select(func.count(), func.min(HistoryEntry.at)).where(HistoryEntry.id > above)
        rows, oldest = tx.execute(count).one()
    return Unsealed(rows, oldest.isoformat() if oldest else None)


def _next(tx: Session, before: HistorySeal | None) -> HistorySeal | None:
    number = before.number if before else BEFORE_THE_FIRST
    later = select(HistorySeal).where(HistorySeal.number > number)
    return tx.scalar(later.order_by(HistorySeal.number).limit(1))


def _findings(
    tx: Session, keys: SealKeys, seal: HistorySeal, before: HistorySeal | None
) -> Iterator[str]:
    yield from _missing(before.number + 1 if before else 1, seal.number)
    wrong = _broken(tx, keys, seal, before)
    if wrong:
        yield f"Seal {seal.number} of {seal.sealed_at.isoformat()} is broken: {wrong}"
    else:
        yield from _differences(tx, seal, before.to_id if before else BEFORE_THE_FIRST)


def _missing(expected: int, number: int) -> Iterator[str]:
    if number > expected:
        last = number - 1
        which = f"Seal {expected} is" if last == expected else f"Seals {expected} to {last} are"
        yield f"{which} missing."
    elif number < expected:
        yield f"Seal {number} has no place here."


def _broken(
    tx: Session, keys: SealKeys, seal: HistorySeal, before: HistorySeal | None
) -> str | None:
    try:
        secret = keys.read(tx, seal.key_id)
        unpacked(seal.manifest)
    except SealKeyMissing:
        return "its key is missing, or BACKOFFICE_SECRET_KEYS does not open it."
    except (zlib.error, json.JSONDecodeError, TypeError):
        return "its list of entries cannot be read."
    expected = mac_of(seal, before.mac if before else b"", secret)
    if not hmac.compare_digest(expected, seal.mac):
        return "it, or the one before it, is not as it was made."
    return None


def _differences(tx: Session, seal: HistorySeal, above: int) -> Iterator[str]:
    sealed = {line.id: line for line in unpacked(seal.manifest)}
    for found in lines(tx, entries(above, seal.to_id)):
        yield from _difference(sealed.pop(found.id, None), found)
    yield from (f"Entry {line} was removed." for line in sealed.values())


def _difference(sealed: Line | None, found: Line) -> Iterator[str]:
    if sealed is None:
        yield f"Entry {found} was slipped in."
    elif sealed.digest != found.digest:
        yield f"Entry {sealed} was changed."
