"""What tests of staff, groups and keys do over and over: a desk with people of several groups."""

from typing import Any

import httpx
from sqlalchemy import select

from db.engine import Database
from db.tables.access import Account
from db.tables.history import HistoryEntry
from tests.factories import add_staff
from tests.house import speaking

Json = dict[str, Any]
PACKERS: Json = {
    "name": "Packers",
    "level": 50,
    "rights": {"order.read": "own", "order.fulfil": "own", "product.read": "all"},
    "fields": {"order.address": "read", "order.notes": "write"},
}


def person(db: Database, login: str, profile: str, branch_id: int | None = None) -> dict[str, str]:
    """The headers their browser sends."""
    with db.transaction() as tx:
        return speaking(add_staff(tx, login, profile, branch_id))


def staff_id(db: Database, login: str) -> int:
    with db.transaction() as tx:
        account = tx.execute(select(Account).where(Account.login == login)).scalar_one()
    assert account.staff_id
    return account.staff_id


def told(db: Database, subject: str) -> list[tuple[str, str, Json]]:
    """(who, action, changes), oldest first."""
    with db.transaction() as tx:
        rows = tx.execute(
            select(HistoryEntry.actor, HistoryEntry.action, HistoryEntry.changes)
            .where(HistoryEntry.subject == subject, HistoryEntry.actor != "system")
            .order_by(HistoryEntry.id)
        )
        return [(row.actor, row.action, row.changes) for row in rows]


async def groups_by_name(api: httpx.AsyncClient) -> dict[str, Json]:
    rows = (await api.get("/groups")).json()["rows"]
    return {row["name"]: row for row in rows}


async def open_branch(api: httpx.AsyncClient, code: str, **more: Any) -> int:
    body = {"code": code, "name": code.capitalize(), "country": "RU", **more}
    made = await api.post("/branches", json=body)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def make_group(api: httpx.AsyncClient, **more: Any) -> Json:
    made = await api.post("/groups", json=PACKERS | more)
    assert made.status_code == 201, made.text
    group: Json = made.json()
    return group
