"""The whole history: found by anything that it says, in pages and as a file."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet
from fastapi import FastAPI
from openpyxl import load_workbook  # type: ignore[import-untyped]
from sqlalchemy import event, insert, select

from api import history as routes
from api.app import assemble
from api.spreadsheets import harmless
from db import seals
from db.engine import Database
from db.seal_keys import SealKeys
from db.tables.catalogue import Product
from db.tables.history import HistoryEntry
from domain.access import EVERYTHING, FieldLevel, Grants, Reach, Right
from tests.factories import add_key, with_rights
from tests.house import speaking

OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)
Json = dict[str, Any]
AUDITOR = with_rights(Right.HISTORY_READ, Right.HISTORY_EXPORT)


@pytest.fixture
async def api(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = assemble(FastAPI())
    app.state.database = db
    headers = speaking(key(db, "auditor", AUDITOR))
    transport = httpx.ASGITransport(app)
    base = "http://shop.test/api"
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
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
            "action": "product.changed",
            "changes": {"price": [2, 1]},
            "details": {"sku": "MUG"},
            "reason": "sale",
            "workflow_id": "order-1",
            "request_id": "r-1",
        }
    ]


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


def exported(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.requirement("R253", "R254")
async def test_the_whole_of_what_was_found_comes_as_csv(
    api: httpx.AsyncClient, db: Database, entries: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "ROWS_AT_ONCE", 2)
    answer = await api.get("/history/export", params={"subject": "order"})
    titles, *rows = exported(answer)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith('.csv"')
    assert tuple(titles) == routes.TITLES
    assert [row[titles.index("id")] for row in rows] == [str(id) for id in entries[5:1:-1]]
    assert rows[0][titles.index("reason")] == "'=1+1 too much"
    assert rows[1][titles.index("changes")] == '{"line 1 total": [1, 2]}'
    assert rows[0][titles.index("workflow id")] == ""


@pytest.mark.requirement("R253", "R254")
async def test_the_same_comes_as_a_workbook_whose_texts_are_texts(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    answer = await api.get("/history/export", params={"subject": "order", "format": "xlsx"})
    page = load_workbook(io.BytesIO(answer.content), read_only=True).active
    titles, *rows = list(page.iter_rows())
    assert tuple(cell.value for cell in titles) == routes.TITLES
    reason = rows[0][routes.TITLES.index("reason")]
    assert (reason.value, reason.data_type) == ("=1+1 too much", "s")
    assert [row[0].value for row in rows] == [str(id) for id in entries[5:1:-1]]


async def test_an_export_is_itself_recorded(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    await api.get("/history/export", params={"subject": "order", "from": "2026-10-01T00:00:00Z"})
    [row] = (await api.get("/history", params={"action": "history.exported"})).json()["rows"]
    assert row["actor"]["name"] == "auditor"
    assert row["origin"] == "program 127.0.0.1"
    assert row["details"] == {
        "subject": "order",
        "since": "2026-10-01T00:00:00+00:00",
        "format": "csv",
    }


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


@pytest.mark.requirement("R254")
async def test_hidden_fields_are_in_no_page_no_file_and_no_filter(
    api: httpx.AsyncClient, db: Database, entries: list[int]
) -> None:
    fields = {name: FieldLevel.READ for name in EVERYTHING.fields if name != "order.total"}
    rights = {Right.HISTORY_READ: Reach.ALL, Right.HISTORY_EXPORT: Reach.ALL}
    headers = speaking(key(db, "half-blind", Grants(rights, fields)))
    asked = {"subject": "order", "subject_id": "a1"}
    rows = (await api.get("/history", params=asked, headers=headers)).json()["rows"]
    assert [row["changes"] for row in rows] == [{}, {}, {}]
    titles, *lines = exported(await api.get("/history/export", params=asked, headers=headers))
    assert [line[titles.index("changes")] for line in lines] == ["{}", "{}", "{}"]
    for path in ("/history", "/history/export"):
        refused = await api.get(path, params={"field": "total"}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "FieldHidden")


@pytest.mark.parametrize("cell", ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_what_a_spreadsheet_would_calculate_stays_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"x{cell}") == f"x{cell}"
