"""A day of history, and somebody who may read all of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import insert

from db.engine import Database
from db.tables.history import HistoryEntry
from domain.access import Grants, Right
from tests.api.desk import open_desk
from tests.factories import add_key, with_rights

OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)
Json = dict[str, Any]
AUDITOR = with_rights(Right.HISTORY_READ, Right.HISTORY_EXPORT)


@pytest.fixture
async def api(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with open_desk(db, key(db, "auditor", AUDITOR)) as client:
        yield client


@pytest.fixture
def entries(db: Database, api: httpx.AsyncClient) -> list[int]:
    """Eight hours of an October day, an entry an hour."""
    rows = [
        entry(0, "product", "7", "product.created", "staff:1", changes={"name": [None, "Mug"]}),
        entry(1, "product", "7", "product.changed", "staff:2", changes={"price": [100, 90]}),
        entry(2, "order", "a1", "order.placed", "key:1", changes={"total": [None, 180]}),
        entry(3, "order", "a1", "order.held", "staff:1", reason="Looks like FRAUD to me"),
        entry(4, "order", "a1", "order.edited", "staff:1", changes={"line 1 total": [1, 2]}),
        entry(5, "order", "b2", "order.cancelled", "customer:5", reason="=1+1 too much"),
        entry(6, "setting", "shop.name", "setting.changed", "staff:2", changes={"name": [1, 2]}),
        entry(7, "group", "1", "group.changed", "staff:2", origin="page 203.0.113.7"),
    ]
    with db.transaction() as tx:
        return [
            tx.scalars(insert(HistoryEntry).values(**row).returning(HistoryEntry.id)).one()
            for row in rows
        ]


def entry(hour: int, subject: str, subject_id: str, action: str, actor: str, **more: Any) -> Json:
    row = {"subject": subject, "subject_id": subject_id, "action": action, "actor": actor}
    return row | {"at": OCTOBER + timedelta(hours=hour), "changes": {}, "details": {}, **more}


def key(db: Database, name: str, grants: Grants) -> str:
    with db.transaction() as tx:
        return add_key(tx, name, grants)
