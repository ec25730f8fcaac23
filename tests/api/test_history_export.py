"""The history taken along as a file: whole, harmless, and without what is hidden."""

import csv
import io
from datetime import UTC, datetime

import httpx
import pytest
from openpyxl import load_workbook

from api import history as routes
from api.spreadsheets import harmless
from db.engine import Database
from domain.access import EVERYTHING, FieldLevel, Grants, Reach, Right
from tests.api.history_desk import api, entries, key
from tests.house import speaking

__all__ = ["api", "entries"]


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
    assert [row[0].value for row in rows] == entries[5:1:-1]
    assert rows[0][1].value.replace(tzinfo=UTC) == datetime(2026, 10, 1, 5, tzinfo=UTC)


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
