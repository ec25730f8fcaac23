"""What changed since a reader looked last: read off history itself, so that no writer pays for it.

PostgreSQL knows which transactions a snapshot had not seen. What they wrote is the news: nothing
is told twice and nothing is missed, however long a transaction took."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.access import IDLE_ENDS
from db.tables.access import Account
from db.tables.access import Session as SessionRow
from domain.events import Change

KEPT = timedelta(hours=1)
"""Older changes are not told one by one any more: whoever was away longer reads all anew."""

_NEWS = text("""
    SELECT CAST(pg_current_snapshot() AS text) AS snapshot, news.*
    FROM (SELECT 1) AS always LEFT JOIN (
        SELECT h.id, h.subject, h.subject_id, o.channel_id,
            coalesce(o.customer_id, CASE WHEN h.subject = 'customer'
                THEN CAST(h.subject_id AS bigint) END) AS customer_id,
            coalesce(CASE WHEN o.branch_id IS NOT NULL THEN ARRAY[o.branch_id] END,
                CASE WHEN h.subject = 'staff' THEN
                    (SELECT array_agg(branch_id) FROM staff_branches
                     WHERE staff_id = CAST(h.subject_id AS bigint)) END,
                CASE WHEN h.subject = 'customer' THEN
                    (SELECT array_agg(branch_id) FROM customers
                     WHERE id = CAST(h.subject_id AS bigint) AND branch_id IS NOT NULL) END,
                CASE WHEN h.subject = 'stock' THEN
                    (SELECT array_agg(DISTINCT l.branch_id) FROM stock_movements AS m
                     JOIN locations AS l ON l.id = m.location_id
                     WHERE m.receipt_id = CAST(h.subject_id AS uuid)) END) AS branches
        FROM history AS h
        LEFT JOIN orders AS o
            ON o.id = CASE WHEN h.subject = 'order' THEN CAST(h.subject_id AS uuid) END
        WHERE h.txid >= pg_snapshot_xmin(CAST(:since AS pg_snapshot))
            AND NOT pg_visible_in_snapshot(h.txid, CAST(:since AS pg_snapshot))
            AND h.at > now() - make_interval(secs => :kept)
        ORDER BY h.id LIMIT :most
    ) AS news ON true
    ORDER BY news.id
""")
_LATEST_NOTICES = text("""
    SELECT person.id AS person, latest.id AS notice
    FROM unnest(CAST(:people AS bigint[])) AS person(id),
    LATERAL (SELECT id FROM notices WHERE staff_id = person.id ORDER BY id DESC LIMIT 1) AS latest
""")


@dataclass(frozen=True)
class News:
    snapshot: str
    """Up to where it goes: ask with it for what comes after."""
    changes: list[Change]
    is_complete: bool
    """False: there was more than one wants to be told."""


def current_snapshot(tx: Session) -> str:
    return str(tx.execute(text("SELECT CAST(pg_current_snapshot() AS text)")).scalar_one())


def news_since(tx: Session, snapshot: str, most: int = 1000) -> News:
    """Each thing that changed once, however often it did."""
    given = {"since": snapshot, "kept": KEPT.total_seconds(), "most": most + 1}
    rows = tx.execute(_NEWS, given).all()
    told = [row for row in rows if row.id is not None]
    newest = {(row.subject, row.subject_id): row for row in told[:most]}
    changes = [
        Change(
            seq=row.id,
            subject=row.subject,
            subject_id=row.subject_id,
            branches=frozenset(row.branches or ()),
            channel_id=row.channel_id,
            customer_id=row.customer_id,
        )
        for row in newest.values()
    ]
    return News(rows[0].snapshot, changes, len(told) <= most)


def living_sessions(tx: Session, ids: Collection[int]) -> frozenset[int]:
    """Those of them that have not ended, by themselves or by somebody's hand."""
    alive = (
        select(SessionRow.id)
        .join(Account, Account.id == SessionRow.account_id)
        .where(
            SessionRow.id.in_(ids),
            SessionRow.is_full,
            SessionRow.expires_at > func.now(),
            SessionRow.last_seen_at > func.now() - IDLE_ENDS,
            ~Account.is_blocked,
        )
    )
    return frozenset(tx.scalars(alive)) if ids else frozenset()


def latest_notices(tx: Session, staff_ids: Iterable[int]) -> dict[int, UUID]:
    people = [*staff_ids]
    if not people:
        return {}
    rows = tx.execute(_LATEST_NOTICES, {"people": people})
    return {row.person: row.notice for row in rows}
