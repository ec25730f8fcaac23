"""Sums of sales, brought up to date by what changed since they were made: never by counting all.

Which orders changed is read off history; the hours and days they fall into are summed anew, so
that doing it twice does no harm."""

from sqlalchemy import text
from sqlalchemy.orm import Session

NAME = "sales"
UPDATER = 7_301_944_512_018_226_002
"""Key of the lock that lets one transaction at a time bring the sums up to date."""
SETTLED_S = 5
"""Sums this fresh are not looked at again."""

_POSITION = text("""
    SELECT snapshot, at > now() - make_interval(secs => :settled) AS is_fresh
    FROM rollup_positions WHERE name = :name
""")
_KEEP_POSITION = text("""
    INSERT INTO rollup_positions (name, snapshot) VALUES (:name, :snapshot)
    ON CONFLICT (name) DO UPDATE SET snapshot = excluded.snapshot, at = now()
""")
_TOUCHED = text("""
    CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
    SELECT DISTINCT date_trunc('hour', placed_at) AS hour FROM orders
    WHERE CAST(:since AS text) IS NULL OR id IN (
        SELECT CAST(subject_id AS uuid) FROM history
        WHERE subject = 'order'
            AND txid >= pg_snapshot_xmin(CAST(:since AS pg_snapshot))
            AND NOT pg_visible_in_snapshot(txid, CAST(:since AS pg_snapshot))
    )
""")
_CLEAR_HOURS = text("DELETE FROM sales_hours WHERE hour IN (SELECT hour FROM touched)")
_SUM_HOURS = text("""
    INSERT INTO sales_hours (hour, channel_id, branch_id, currency, orders, total, refunded)
    SELECT t.hour, o.channel_id, coalesce(o.branch_id, 0), o.currency,
        count(*), sum(o.total), sum(o.refunded)
    FROM touched AS t
    JOIN orders AS o ON o.placed_at >= t.hour AND o.placed_at < t.hour + interval '1 hour'
    WHERE o.status NOT IN ('cancelled', 'expired')
    GROUP BY 1, 2, 3, 4
""")
_CLEAR_DAYS = text("DELETE FROM sales_days WHERE day IN (SELECT CAST(hour AS date) FROM touched)")
_SUM_DAYS = text("""
    INSERT INTO sales_days (day, branch_id, channel_id, currency, variant_id, pieces, total)
    SELECT t.day, coalesce(o.branch_id, 0), o.channel_id, o.currency, l.variant_id,
        sum(l.ordered - l.cancelled), sum(l.gross * (l.ordered - l.cancelled) / l.ordered)
    FROM (SELECT DISTINCT CAST(hour AS date) AS day FROM touched) AS t
    JOIN orders AS o ON o.placed_at >= t.day AND o.placed_at < t.day + interval '1 day'
    JOIN order_lines AS l ON l.order_id = o.id
    WHERE o.status NOT IN ('cancelled', 'expired') AND l.ordered > l.cancelled
    GROUP BY 1, 2, 3, 4, 5
""")
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
    tx.execute(_TOUCHED, {"since": known.snapshot if known else None})
    for step in (_CLEAR_HOURS, _SUM_HOURS, _CLEAR_DAYS, _SUM_DAYS):
        tx.execute(step)
    tx.execute(_KEEP_POSITION, {"name": NAME, "snapshot": snapshot})
