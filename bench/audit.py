"""The history of years: sealing it, checking every entry, and what adding one costs."""

from time import perf_counter

import psycopg

from bench.figures import Figure, spread, timed
from bench.stack import running
from db import history, seals
from db.engine import Database
from db.history import Entry
from db.reads.audit import AuditFilters, list_history
from db.seal_checks import check_seals
from db.seal_keys import SealKeys

ENTRIES, QUICK_ENTRIES = 1_000_000, 100_000
CALLS = 200
MADE_UP = """
INSERT INTO history (at, actor, origin, subject, subject_id, action, changes, details, reason)
SELECT now() - (n || ' seconds')::interval, 'staff:' || n %% 40, 'page 203.0.113.7', 'order',
    md5((n / 8)::text)::uuid::text,
    (ARRAY['order.placed', 'order.held', 'order.fulfilled'])[n %% 3 + 1],
    jsonb_build_object('status', '["placed", "held"]'::jsonb, 'line ' || n %% 300, '[1, 2]'::jsonb),
    '{}', CASE WHEN n %% 50 = 0 THEN 'the customer called about ' || n END
FROM generate_series(1, %(count)s) AS n
"""
CASES = {
    "newest": AuditFilters(),
    "of a person": AuditFilters(actor="staff:7"),
    "of an action": AuditFilters(action="order.held"),
    "of a field nobody changed": AuditFilters(field="responsible_id"),
    "by words of a reason": AuditFilters(q="about 4950"),
}


def measure(quick: bool) -> list[Figure]:
    with running() as stack:
        db = Database.connect(stack.settings.database_url, pool_size=1)
        keys = SealKeys(stack.settings.secret_keys)
        try:
            adding = _adding(db)
            _fill(stack.settings.owner_url, QUICK_ENTRIES if quick else ENTRIES)
            return [*adding, _sealing(db, keys), _checking(db, keys), *_looking(db)]
        finally:
            db.close()


def _fill(owner_url: str, count: int) -> None:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(MADE_UP, {"count": count})
        connection.execute("VACUUM ANALYZE history")


def _adding(db: Database) -> list[Figure]:
    entries = [Entry("order", n, "order.placed", "staff:1", {"total": (1, 2)}) for n in range(3)]

    def add() -> None:
        with db.transaction() as tx:
            history.append(tx, *entries)

    add()
    return spread("three entries in a transaction", [timed(add) for _ in range(CALLS)])


def _sealing(db: Database, keys: SealKeys) -> Figure:
    began = perf_counter()
    count = seals.seal(db, keys)
    return Figure("sealing", round(count / (perf_counter() - began)), "entries/s")


def _checking(db: Database, keys: SealKeys) -> Figure:
    began = perf_counter()
    checked = list(check_seals(db, keys))
    assert not any(seal.findings for seal in checked)
    rows = sum(seal.rows for seal in checked)
    return Figure("checking", round(rows / (perf_counter() - began)), "entries/s")


def _looking(db: Database) -> list[Figure]:
    return [figure for name in CASES for figure in _page(db, name)]


def _page(db: Database, name: str) -> list[Figure]:
    def look() -> None:
        with db.transaction() as tx:
            list_history(tx, CASES[name])

    look()
    return spread(f"a page {name}", [timed(look) for _ in range(20)])
