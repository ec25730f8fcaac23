"""Customers over HTTP, and what history tells of them."""

from typing import Any

import httpx
from sqlalchemy import select

from db.engine import Database
from db.tables.history import HistoryEntry

EVE = {
    "name": "Eve Ivanova",
    "email": "eve@example.org",
    "phone": "+79161234567",
    "language": "ru",
    "addresses": [
        {"country": "RU", "city": "Казань", "postcode": "420000", "street": "Баумана 1"},
        {
            "country": "FR",
            "city": "Lyon",
            "label": "my mother's",
            "recipient": "Zoé",
            "is_shipping_default": True,
        },
    ],
    "preferences": {"contact_by": "sms"},
}


async def add_customer(api: httpx.AsyncClient, **values: Any) -> int:
    body = {"name": "Ann", **values}
    answer = await api.post("/customers", json=body)
    assert answer.status_code == 201, answer.text
    customer_id: int = answer.json()["id"]
    return customer_id


async def customer(api: httpx.AsyncClient, customer_id: int) -> dict[str, Any]:
    answer = await api.get(f"/customers/{customer_id}")
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


async def names(api: httpx.AsyncClient, **filters: Any) -> list[str]:
    answer = await api.get("/customers", params={"sort": "name", **filters})
    assert answer.status_code == 200, answer.text
    return [row["name"] for row in answer.json()["rows"]]


async def code(api: httpx.AsyncClient, **filters: Any) -> tuple[int, str]:
    answer = await api.get("/customers", params=filters)
    return answer.status_code, answer.json()["code"]


def told(db: Database, subject: str = "customer") -> list[tuple[str, dict[str, Any]]]:
    with db.transaction() as tx:
        rows = tx.execute(
            select(HistoryEntry.action, HistoryEntry.changes)
            .where(HistoryEntry.subject == subject)
            .order_by(HistoryEntry.id)
        )
        return [(row.action, row.changes) for row in rows]
