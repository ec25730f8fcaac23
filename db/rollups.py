"""Sums of sales, brought up to date by what changed since they were made: never by counting all.

Which orders changed is read off history; the hours and days they fall into are summed anew, so
that doing it twice does no harm."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

NAME = "sales"
UPDATER = 7_301_944_512_018_226_002
"""Key of the lock that lets one transaction at a time bring the sums up to date."""
SETTLED_S = 5
"""Sums this fresh are not looked at again."""
MANY = 500
"""Of more hours than these everything is summed anew: that is quicker."""

_POSITION = text("""
    SELECT snapshot, at > now() - make_interval(secs => :settled) AS is_fresh
    FROM rollup_positions WHERE name = :name
""")
_KEEP_POSITION = text("""
    INSERT INTO rollup_positions (name, snapshot) VALUES (:name, :snapshot)
    ON CONFLICT (name) DO UPDATE SET snapshot = excluded.snapshot, at = now()
""")
# History is never mended: an entry that names no order by its id must not stop the sums for ever.
_TOUCHED = text("""
    SELECT DISTINCT date_trunc('hour', o.placed_at) FROM (
        SELECT DISTINCT CAST(subject_id AS uuid) AS id FROM history
        WHERE subject = 'order' AND subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            AND txid >= pg_snapshot_xmin(CAST(:since AS pg_snapshot))
            AND NOT pg_visible_in_snapshot(txid, CAST(:since AS pg_snapshot))
    ) AS changed JOIN orders AS o ON o.id = changed.id
""")
_HOUR = """
    SELECT date_trunc('hour', o.placed_at) AS hour, o.channel_id,
        coalesce(o.branch_id, 0) AS branch_id, o.currency,
        count(*) AS orders, sum(o.total) AS total, sum(o.refunded) AS refunded
    FROM orders AS o WHERE o.status NOT IN ('cancelled', 'expired') {those} GROUP BY 1, 2, 3, 4
"""
_DAY = """
    SELECT CAST(o.placed_at AS date) AS day, coalesce(o.branch_id, 0) AS branch_id, o.channel_id,
        o.currency, l.variant_id, sum(l.ordered - l.cancelled) AS pieces,
        sum(l.gross * (l.ordered - l.cancelled) / l.ordered) AS total
    FROM orders AS o JOIN order_lines AS l ON l.order_id = o.id AND l.ordered > l.cancelled
    WHERE o.status NOT IN ('cancelled', 'expired') {those} GROUP BY 1, 2, 3, 4, 5
"""
_OF_HOUR = "AND o.placed_at >= t.hour AND o.placed_at < t.hour + interval '1 hour'"
_OF_DAY = "AND o.placed_at >= t.day AND o.placed_at < t.day + interval '1 day'"
_HOURS = "unnest(CAST(:hours AS timestamptz[])) AS t(hour)"
_DAYS = f"(SELECT DISTINCT CAST(hour AS date) AS day FROM {_HOURS}) AS t"
_INTO_HOURS = (
    "INSERT INTO sales_hours (hour, channel_id, branch_id, currency, orders, total, refunded)"
)
_INTO_DAYS = (
    "INSERT INTO sales_days (day, branch_id, channel_id, currency, variant_id, pieces, total)"
)
_ALL = (
    text("DELETE FROM sales_hours"),
    text(f"{_INTO_HOURS} {_HOUR.format(those='')}"),
    text("DELETE FROM sales_days"),
    text(f"{_INTO_DAYS} {_DAY.format(those='')}"),
)
# Each hour is looked up by itself: the planner cannot know how few of all orders they hold.
_SOME = (
    text("DELETE FROM sales_hours WHERE hour = ANY(CAST(:hours AS timestamptz[]))"),
    text(
        f"{_INTO_HOURS} SELECT s.* FROM {_HOURS}"
        f" CROSS JOIN LATERAL ({_HOUR.format(those=_OF_HOUR)}) AS s"
    ),
    text(f"DELETE FROM sales_days WHERE day IN (SELECT day FROM {_DAYS})"),
    text(
        f"{_INTO_DAYS} SELECT s.* FROM {_DAYS}"
        f" CROSS JOIN LATERAL ({_DAY.format(those=_OF_DAY)}) AS s"
    ),
)
_TAKE_TIME = text("SET LOCAL statement_timeout = '10min'")
_LOCK = text("SELECT pg_try_advisory_xact_lock(:key)")
_NOW = text("SELECT CAST(pg_current_snapshot() AS text)")


def refresh_sales(tx: Session) -> None:
    """Whoever comes while another does it reads the sums as they are."""
    if not tx.execute(_LOCK, {"key": UPDATER}).scalar_one():
        return
    known = tx.execute(_POSITION, {"name": NAME, "settled": SETTLED_S}).one_or_none()
    if known and known.is_fresh:
        return
    # Read before the orders are: what comes in between is summed now and once more later.
    snapshot = tx.execute(_NOW).scalar_one()
    _sum_anew(tx, _touched_hours(tx, known.snapshot) if known else None)
    tx.execute(_KEEP_POSITION, {"name": NAME, "snapshot": snapshot})


def _touched_hours(tx: Session, since: str) -> list[datetime] | None:
    """None: too many to go through one by one."""
    hours = list(tx.scalars(_TOUCHED, {"since": since}))
    return hours if len(hours) <= MANY else None


def _sum_anew(tx: Session, hours: list[datetime] | None) -> None:
    if hours is None:
        tx.execute(_TAKE_TIME)
        for step in _ALL:
            tx.execute(step)
    elif hours:
        for step in _SOME:
            tx.execute(step, {"hours": hours})
