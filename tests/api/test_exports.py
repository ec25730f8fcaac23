"""Lists taken along as files: what the filters find, without what is hidden."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from api import exports
from api.spreadsheets import SheetFormat
from db import history
from db.history import Entry
from db.reads import exports as reads
from db.tables.history import HistoryEntry
from domain.access import Right
from tests.factories import add_key, add_staff, add_variant, with_rights
from tests.house import House


async def table(house: House, path: str, token: str | None = None, **asked: Any) -> list[list[str]]:
    client = house.speaking_as(token) if token else house.api
    answer = await client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.requirement("R130", "R74")
async def test_the_orders_that_the_filters_find(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "ROWS_AT_ONCE", 2)
    placed = [await house.place() for _ in range(5)]
    await house.do(placed[0], "hold", reason="Wait")
    columns = ["number", "total", "currency", "channel", "customer_name"]
    told = await table(house, "/orders/export", columns=columns, status="placed")
    total = f"{placed[1]['total'] / 100:.2f}"
    assert told[0] == ["number", "total", "currency", "channel", "customer name"]
    assert told[1:] == [
        [str(order["number"]), total, "RUB", "Web shop", "Anna Ivanova"]
        for order in reversed(placed[1:])
    ]
    with house.db.transaction() as tx:
        entry = tx.scalars(select(HistoryEntry).where(HistoryEntry.subject == "export")).one()
        assert (entry.action, entry.subject_id) == ("export.made", "order")
        assert entry.details == {"statuses": ["placed"], "format": "csv", "columns": columns}


@pytest.mark.requirement("R130")
async def test_a_workbook_holds_the_same(house: House) -> None:
    await house.place()
    told = await table(house, "/orders/export")
    answer = await house.api.get("/orders/export", params={"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content), read_only=True).worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert rows == told
    assert answer.headers["content-disposition"].endswith('.xlsx"')


@pytest.mark.requirement("R10")
async def test_hidden_columns_are_left_out(house: House) -> None:
    await house.place()
    rights = with_rights(Right.ORDER_EXPORT)
    shown = {key: level for key, level in rights.fields.items() if key != "order.customer_email"}
    with house.db.transaction() as tx:
        token = add_key(tx, "reports", type(rights)(rights.rights, shown))
    titles, row = await table(house, "/orders/export", token)
    assert "customer email" not in titles
    assert "anna@example.org" not in row
    client = house.speaking_as(token)
    for asked in ({"columns": "customer_email"}, {"customer_email": "anna@example.org"}):
        answer = await client.get("/orders/export", params=asked)
        assert (answer.status_code, answer.json()["code"]) == (403, "FieldHidden")


async def test_a_text_never_becomes_a_formula(house: House) -> None:
    with house.db.transaction() as tx:
        product = add_variant(tx, "=1+1", 100)
        history.append(tx, Entry("product", product, "product.created", "system"))
    told = await table(house, "/products/export", columns=["sku", "price"], sort="sku")
    assert ["'=1+1", "1.00"] in told


@pytest.mark.requirement("R130", "R195")
async def test_products_stock_and_customers(house: House) -> None:
    await house.place()
    assert [row[0] for row in await table(house, "/products/export", columns="sku")] == [
        "sku",
        "HELP",
        "MUG",
        "TEA",
    ]
    assert await table(house, "/stock/export", columns=["sku", "available"], sku="MUG") == [
        ["sku", "available"],
        ["MUG", "98"],
    ]
    [_, customer] = await table(house, "/customers/export", columns=["name", "email"])
    assert customer == ["Anna Ivanova", "anna@example.org"]


@pytest.mark.parametrize("path", ["orders", "products", "customers", "stock"])
async def test_exports_are_for_those_with_the_right(house: House, path: str) -> None:
    with house.db.transaction() as tx:
        sales = house.speaking_as(add_staff(tx, "sales", "Salesperson"))
    answer = await sales.get(f"/{path}/export")
    assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")


@pytest.mark.requirement("R326")
async def test_one_takes_along_ones_own_branch(house: House) -> None:
    await house.place()
    with house.db.transaction() as tx:
        here = add_staff(tx, "here", "Branch manager", house.shop.branch_id)
        elsewhere = add_staff(tx, "elsewhere", "Branch manager")
    assert len(await table(house, "/orders/export", here)) == 2
    assert len(await table(house, "/orders/export", elsewhere)) == 1


async def test_too_much_for_one_file_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", {SheetFormat.CSV: 2, SheetFormat.XLSX: 1})
    for path in ("/products/export", "/products/export?format=xlsx"):
        answer = await house.api.get(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "ExportTooLarge")
    answer = await house.api.get("/orders/export", params={"columns": "shoe_size"})
    assert (answer.status_code, answer.json()["code"]) == (409, "NoSuchColumn")
