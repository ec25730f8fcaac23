"""Lists taken along as files: what the filters find, without what is hidden."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from api import exports
from api.spreadsheets import MOMENT, SheetFormat
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


async def workbook(house: House, path: str, *columns: str) -> list[list[Any]]:
    asked = {"format": "xlsx", "columns": columns}
    answer = await house.api.get(path, params=asked)
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.content), read_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows()]


@pytest.mark.requirement("R130")
async def test_a_workbook_counts_with_numbers_and_dates(house: House) -> None:
    placed = await house.place()
    columns = ["number", "placed_at", "total", "line_count", "customer_name"]
    titles, cells = await workbook(house, "/orders/export", *columns)
    assert [title.value for title in titles] == [name.replace("_", " ") for name in columns]
    seen = await house.order(placed["id"])
    moment = datetime.fromisoformat(seen["placed_at"]).replace(tzinfo=None)
    assert abs(cells[1].value - moment) < timedelta(milliseconds=1)
    assert [cell.value for cell in (cells[0], *cells[2:])] == [
        int(placed["number"]),
        placed["total"] / 100,
        1,
        "Anna Ivanova",
    ]
    assert [(cell.data_type, cell.number_format) for cell in cells] == [
        ("n", "0"),
        ("d", MOMENT),
        ("n", "#,##0.00"),
        ("n", "0"),
        ("s", "General"),
    ]
    _, *levels = await workbook(house, "/stock/export", "sku", "available")
    assert [[cell.value for cell in row] for row in levels] == [["MUG", 98], ["TEA", 100]]


async def test_amounts_have_the_places_of_their_currency(house: House) -> None:
    with house.db.transaction() as tx:
        product = add_variant(tx, "KIMONO", 12_000, "JPY")
        history.append(tx, Entry("product", product, "product.created", "system"))
    _, _, kimono, *_ = await workbook(house, "/products/export", "price", "sku")
    price = (kimono[0].value, kimono[0].number_format, kimono[1].value)
    assert price == (12_000, "#,##0", "KIMONO")


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
