"""Tries to sign in, counted in the database so that every process of the API counts the same."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.access import SignInThrottle
from domain.sign_in import FORGOTTEN_AFTER, Gate, Throttle, TooManyAttempts

_STATE = select(func.clock_timestamp(), func.count(), func.max(SignInThrottle.blocked_until)).where(
    SignInThrottle.key.in_(bindparam("keys", expanding=True))
)


def take(tx: Session, gates: Sequence[Gate]) -> bool:
    """One try through all of them, or `TooManyAttempts` and none is counted. Whether it is the
    first in this minute at the first gate, or the first since somebody got in there."""
    now = _look(tx, gates)
    rows = _locked(tx, gates)
    first = rows[_key(gates[0])]
    is_news = not first.failures or _minute(first.last_at) != _minute(now)
    for gate in gates:
        row = rows[_key(gate)]
        _save(row, _throttle(row).take(now, gate.allowance))
    tx.flush()
    return is_news


def give_back(tx: Session, gates: Sequence[Gate]) -> None:
    """It was no failure."""
    for row in _locked(tx, gates).values():
        _save(row, _throttle(row).give_back())
    tx.flush()


def let_in(tx: Session, cleared: Sequence[Gate], given_back: Sequence[Gate] = ()) -> None:
    """Somebody got in. Gates that nobody came back to are forgotten on this occasion."""
    fresh = {_key(gate) for gate in cleared}
    for key, row in _locked(tx, [*cleared, *given_back]).items():
        _save(row, Throttle(0, row.last_at) if key in fresh else _throttle(row).give_back())
    tx.flush()
    tx.execute(delete(SignInThrottle).where(SignInThrottle.key.in_(_forgotten())))


def _look(tx: Session, gates: Sequence[Gate]) -> datetime:
    """What time it is. Whoever storms the door costs this one look, and no lock."""
    now, there, until = tx.execute(_STATE, {"keys": _keys(gates)}).one()
    if until and now < until:
        raise TooManyAttempts(until - now)
    if there < len(gates):
        _add_missing(tx, gates)
    seen: datetime = now
    return seen


def _add_missing(tx: Session, gates: Sequence[Gate]) -> None:
    new = Throttle()
    rows = [{"key": key, "failures": 0, "last_at": new.last_at} for key in _keys(gates)]
    tx.execute(insert(SignInThrottle).values(rows).on_conflict_do_nothing())


def _forgotten() -> Select[bytes]:
    """Their failures have not counted for a day."""
    return (
        select(SignInThrottle.key)
        .where(SignInThrottle.last_at < func.now() - 2 * FORGOTTEN_AFTER)
        .with_for_update(skip_locked=True)
    )


def _locked(tx: Session, gates: Sequence[Gate]) -> dict[bytes, SignInThrottle]:
    """In the order of their keys and after all that is missing was added, so that nobody waits in a
    ring."""
    rows = tx.scalars(
        select(SignInThrottle)
        .where(SignInThrottle.key.in_(_keys(gates)))
        .order_by(SignInThrottle.key)
        .with_for_update()
    )
    return {row.key: row for row in rows}


def _throttle(row: SignInThrottle) -> Throttle:
    return Throttle(row.failures, row.last_at, row.blocked_until)


def _save(row: SignInThrottle, throttle: Throttle) -> None:
    row.failures, row.last_at = throttle.tries, throttle.last_at
    row.blocked_until = throttle.blocked_until


def _keys(gates: Sequence[Gate]) -> list[bytes]:
    return sorted(_key(gate) for gate in gates)


def _key(gate: Gate) -> bytes:
    """People type passwords where the login belongs: what they typed is not kept."""
    return hashlib.sha256(gate.name.encode()).digest()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
