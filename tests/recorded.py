"""The guard of history: no transaction changes business rows without telling why."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from db.engine import Database

# Not business facts: technical rows, requests before they become orders, the trail itself.
UNRECORDED = {
    "announcements",
    "api_key_uses",
    "connection_tests",
    "connection_trials",
    "done_commands",
    "history",
    "history_seal_keys",
    "history_seals",
    "known_devices",
    "notices",
    "order_requests",
    "parcel_events",
    "preferences",
    "reasons",
    "rollup_positions",
    "sales_days",
    "sales_hours",
    "sessions",
    "shipment_labels",
    "sign_in_codes",
    "sign_in_throttles",
    "webhook_deliveries",
    "worker_heartbeats",
}
_WRITES = re.compile(
    r"\b(?:INSERT INTO|UPDATE(?! OF|\s+SKIP)|DELETE FROM)\s+(?:ONLY\s+)?\"?(\w+)\"?", re.I
)


class UnrecordedChange(AssertionError):
    """A transaction changed rows and wrote no history."""


@contextmanager
def record_changes(database: Database) -> Iterator[None]:
    def note(
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        many: bool,
    ) -> None:
        written = {name.lower() for name in _WRITES.findall(statement)} - {"set", "nowait"}
        connection.info.setdefault("written", set()).update(written)

    def check(connection: Connection) -> None:
        written = connection.info.pop("written", set())
        if written - UNRECORDED and "history" not in written:
            raise UnrecordedChange(f"no history for {sorted(written - UNRECORDED)}")

    def forget(connection: Connection) -> None:
        connection.info.pop("written", None)

    event.listen(database.engine, "before_cursor_execute", note)
    event.listen(database.engine, "commit", check)
    event.listen(database.engine, "rollback", forget)
    yield
    event.remove(database.engine, "before_cursor_execute", note)
    event.remove(database.engine, "commit", check)
    event.remove(database.engine, "rollback", forget)
