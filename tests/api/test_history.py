"""The whole history: found by anything that it says, in pages and as a file."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import event, insert, select

from db import history, seals
from db.engine import Database
from db.history import Entry
from db.seal_keys import SealKeys
from db.tables.catalogue import Product
from db.tables.customers import Customer
from db.tables.history import HistoryEntry
from domain.access import Right
from tests.api.desk import open_desk
from tests.api.history_desk import api, entries, entry, key
from tests.db import order_shop
from tests.factories import Shop, add_staff, with_rights
from tests.house import speaking

__all__ = ["api", "entries"]


async def hours(api: httpx.AsyncClient, **asked: str) -> list[int]:
    """Of the entries found; newest first."""
    answer = await api.get("/history", params={"to": "2026-10-02T00:00:00Z", **asked})
    assert answer.status_code == 200, answer.text
    return [datetime.fromisoformat(row["at"]).hour for row in answer.json()["rows"]]


@pytest.mark.requirement("R253", "R254", "R281")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [7, 6, 5, 4, 3, 2, 1, 0]),
        ({"subject": "order"}, [5, 4, 3, 2]),
        ({"subject": "order", "subject_id": "a1"}, [4, 3, 2]),
        ({"actor": "staff:2"}, [7, 6, 1]),
        ({"action": "product.changed"}, [1]),
        ({"field": "name"}, [6, 0]),
        ({"field": "total"}, [2]),
        ({"from": "2026-10-01T05:00:00Z"}, [7, 6, 5]),
        ({"from": "2026-10-01T08:00:00+03:00"}, [7, 6, 5]),
        ({"to": "2026-10-01T02:00:00Z"}, [1, 0]),
        ({"q": "fraud"}, [3]),
        ({"q": "order.held"}, [3]),
        ({"q": "b2"}, [5]),
        ({"q": "%"}, []),
        ({"q": "much", "actor": "customer:5"}, [5]),
        ({"q": "much", "actor": "staff:1"}, []),
        ({"subject": "nothing"}, []),
    ],
)
async def test_entries_are_found_by_what_they_say(
    api: httpx.AsyncClient, entries: list[int], asked: dict[str, str], found: list[int]
) -> None:
    assert await hours(api, **asked) == found


@pytest.mark.requirement("R254")
async def test_an_entry_tells_everything_with_names(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    with db.transaction() as tx:
        product = Product(name="Blue mug", tax_class="standard")
        tx.add(product)
        tx.flush()
        key_id = tx.scalars(select(HistoryEntry.id)).first()
        row = entry(9, "product", str(product.id), "product.changed", "key:1", reason="sale")
        row |= {"changes": {"price": [2, 1]}, "details": {"sku": "MUG"}, "origin": "api ::1"}
        row |= {"workflow_id": "order-1", "request_id": "r-1"}
        id = tx.scalars(insert(HistoryEntry).values(**row).returning(HistoryEntry.id)).one()
    assert key_id
    answer = await api.get(
        "/history", params={"action": "product.changed", "limit": "1", "to": "2026-10-02T00:00:00Z"}
    )
    assert answer.json()["rows"] == [
        {
            "id": id,
            "at": "2026-10-01T09:00:00Z",
            "actor": {"actor": "key:1", "name": "auditor"},
            "origin": "api ::1",
            "subject": "product",
            "subject_id": str(product.id),
            "subject_name": "Blue mug",
            "currency": None,
            "action": "product.changed",
            "changes": {"price": [2, 1]},
            "details": {"sku": "MUG"},
            "reason": "sale",
            "workflow_id": "order-1",
            "request_id": "r-1",
        }
    ]


async def test_an_entry_about_an_order_says_the_currency_of_its_amounts(
    api: httpx.AsyncClient, db: Database
) -> None:
    order_shop.open_shop(db)
    order_shop.add_order(db, 1, "shop", total=9000)
    id = order_shop.order_id(1)
    with db.transaction() as tx:
        changes: history.Changes = {"total": (12000, 9000)}
        history.append(tx, Entry("order", id, "order.edited", "system", changes))
    asked = {"subject": "order", "subject_id": str(id)}
    [row] = (await api.get("/history", params=asked)).json()["rows"]
    assert (row["subject_name"], row["currency"]) == ("1", "EUR")
    assert row["changes"] == {"total": [12000, 9000]}
    [titles, line] = csv.reader((await api.get("/history/export", params=asked)).text.splitlines())
    assert line[titles.index("currency")] == "EUR"


async def test_pages_neither_skip_nor_repeat(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    with db.transaction() as tx:  # all at the same moment
        rows = [entry(9, "test", str(n), "test.done", "staff:1") for n in range(7)]
        tx.execute(insert(HistoryEntry), rows)
    seen: list[int] = []
    asked = {"to": "2026-10-02T00:00:00Z", "limit": "4"}
    while True:
        page = (await api.get("/history", params=asked)).json()
        seen += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]
    assert len(seen) == 15
    assert seen[7:] == entries[::-1]
    assert seen[:7] == sorted(seen[:7], reverse=True)


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "1"},
        {"after": "999999999999999999.1"},
        {"after": "1.1.1"},
    ],
)
async def test_a_made_up_page_token_is_refused(
    api: httpx.AsyncClient, db: Database, asked: dict[str, str]
) -> None:
    answer = await api.get("/history", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "BadCursor")


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "yesterday"},
        {"from": "2026-10-01T00:00:00"},
        {"actor": ""},
        {"actor": "a\0b"},
        {"q": "x" * 101},
        {"limit": "101"},
        {"format": "pdf"},
    ],
)
async def test_what_cannot_be_meant_is_refused(
    api: httpx.AsyncClient, db: Database, asked: dict[str, str]
) -> None:
    assert (await api.get("/history/export", params=asked)).status_code == (
        200 if "limit" in asked else 422
    )
    if "format" not in asked:
        assert (await api.get("/history", params=asked)).status_code == 422


async def test_reading_and_exporting_take_their_rights(
    api: httpx.AsyncClient, db: Database
) -> None:
    nobody = speaking(key(db, "nobody", with_rights(Right.ORDER_READ)))
    reader = speaking(key(db, "reader", with_rights(Right.HISTORY_READ)))
    assert (await api.get("/history", headers=nobody)).status_code == 403
    assert (await api.get("/history/export", headers=nobody)).status_code == 403
    assert (await api.get("/history", headers=reader)).status_code == 200
    assert (await api.get("/history/export", headers=reader)).status_code == 403


@pytest.mark.requirement("R326", "R6")
async def test_a_branch_reads_the_history_of_its_own_and_not_the_whole(
    db: Database, shop: Shop
) -> None:
    with db.transaction() as tx:
        point = speaking(add_staff(tx, "point", "Branch manager", shop.branch_id))
        site = speaking(add_staff(tx, "site", "Site manager"))
        customer = Customer(name="Anna", branch_id=shop.branch_id)
        tx.add(customer)
        tx.flush()
        history.append(tx, Entry("customer", customer.id, "customer.created", "system"))
    async with open_desk(db) as desk:
        mine = await desk.get(f"/customers/{customer.id}/history", headers=point)
        assert [row["action"] for row in mine.json()["rows"]] == ["customer.created"]
        for path in ("/history", "/history/seals"):
            assert (await desk.get(path, headers=point)).status_code == 403
            assert (await desk.get(path, headers=site)).status_code == 200


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


async def test_a_page_takes_the_same_few_statements_however_long(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    await api.get("/history")
    with counted(db) as one:
        await hours(api, limit="1")
    with counted(db) as all_of_them:
        await hours(api)
    assert len(one) == len(all_of_them) == 4  # the key, the entries, who, and what


async def test_how_far_it_is_sealed(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    before = (await api.get("/history/seals")).json()
    assert (before["last"], before["sealed"]) == (None, 0)
    assert before["waiting_since"].startswith("2026-10-01T00:00:00")
    assert before["waiting"] >= len(entries)
    seals.seal(db, SealKeys([Fernet.generate_key().decode()]))
    after = (await api.get("/history/seals")).json()
    assert (after["waiting"], after["waiting_since"]) == (0, None)
    assert (after["sealed"], after["last"]["number"]) == (after["last"]["rows"], 1)
    assert after["sealed"] == before["waiting"]
