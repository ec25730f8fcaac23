"""Past sales through the whole house: products, stock, orders paid and shipped, each just once."""

import asyncio
import csv
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from db import history
from db.engine import Database
from db.history import Entry
from db.tables.history import HistoryEntry
from db.tables.orders import Order, OrderLine
from db.tables.payments import Payment
from db.tables.shop import Channel
from db.tables.stock import StockItem, StockMovement
from domain.access import IMPORT
from local import sales
from local.errors import CannotStart
from tests.factories import add_key
from tests.house import House
from tests.local.sales_shop import arguments, open_uk_shop, write_file

ROWS = (
    "536365,85123A,WHITE HEART,6,1/12/2010,2.55,17850,United Kingdom",
    "536365,71053,WHITE LANTERN,6,1/12/2010,3.39,17850,United Kingdom",
    "536365,85123A,WHITE HEART,2,1/12/2010,2.10,17850,United Kingdom",
    "536370,71053,METAL LANTERN,24,1/12/2010,3.75,12583,France",
    "536370,POST,POSTAGE,3,1/12/2010,18,12583,France",
    "536371,85123A,WHITE HEART,80,2/12/2010,2.55,,EIRE",
    "C536379,D,Discount,-1,1/12/2010,27.5,14527,United Kingdom",
    "536380,Z9,?,5,1/12/2010,0,,United Kingdom",
)
TOTALS = {"536365": 3984, "536370": 9000, "536371": 20400}


@pytest.fixture
def key(house: House) -> str:
    return open_uk_shop(house.db)


@pytest.fixture
def environment(house: House, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKOFFICE_PUBLIC_URL", house.url.removesuffix("/api"))
    monkeypatch.setenv("BACKOFFICE_KEY", key)
    monkeypatch.setenv("BACKOFFICE_DATA", str(tmp_path))


async def run_import(file: Path) -> int:
    wanted = arguments(file, file.with_name("report.csv"))
    return await asyncio.to_thread(sales.main, wanted)


def facts(db: Database) -> dict[str, tuple[Any, ...]]:
    with db.transaction() as tx:
        rows = tx.execute(
            select(
                Order.external_ref, Order.total, Order.captured, Order.payment, Order.fulfilment
            ).where(Order.external_ref.is_not(None))
        )
        return {str(row[0]): tuple(row[1:]) for row in rows}


def levels(db: Database) -> set[tuple[int, int]]:
    """On hand and allocated in the warehouse of past sales."""
    with db.transaction() as tx:
        rows = tx.execute(
            select(StockItem.on_hand, StockItem.allocated).where(StockItem.location_id == 2)
        )
        return {(row.on_hand, row.allocated) for row in rows}


def report(file: Path) -> list[list[str]]:
    with file.with_name("report.csv").open(newline="") as source:
        return list(csv.reader(source))


@pytest.mark.requirement("R129", "R77", "R22")
@pytest.mark.usefixtures("environment")
async def test_every_invoice_becomes_an_order_paid_and_shipped(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_file(tmp_path, *ROWS)
    assert await run_import(file) == 0
    assert facts(house.db) == {
        number: (total, total, "paid", "fulfilled") for number, total in TOTALS.items()
    }
    assert levels(house.db) == {(0, 0)}
    told = capsys.readouterr().out.splitlines()
    assert told[-3:] == [
        "Rows read: 8, refused: 3.",
        "Orders paid and shipped: 3 of 3, pieces: 118, money: 333.84 GBP.",
        f"Refused, noted and failed lines: {tmp_path / 'report.csv'}",
    ]
    assert report(file) == [
        ["line", "invoice", "sku", "outcome", "reason"],
        ["5", "536370", "71053", "noted", "also called 'METAL LANTERN'; kept as 'WHITE LANTERN'"],
        ["6", "536370", "POST", "refused", "not goods: postage"],
        ["8", "C536379", "D", "refused", "a cancellation: returns are not recorded yet"],
        ["9", "536380", "Z9", "refused", "no price"],
    ]


@pytest.mark.usefixtures("environment")
async def test_an_order_says_all_that_its_invoice_said(house: House, tmp_path: Path) -> None:
    assert await run_import(write_file(tmp_path, *ROWS)) == 0
    with house.db.transaction() as tx:
        order_id = tx.scalar(select(Order.id).where(Order.external_ref == "536365"))
    order = await house.order(str(order_id))
    assert (order["channel"]["code"], order["currency"]) == ("uk-web", "GBP")
    assert (order["customer_name"], order["address"]["country"]) == ("Customer 17850", "GB")
    assert order["comment"] == "Invoice 536365 of 2010-12-01."
    assert [(line["sku"], line["unit_price"], line["gross"]) for line in order["lines"]] == [
        ("85123A", 255, 1530),
        ("71053", 339, 2034),
        ("85123A", 210, 420),
    ]
    assert [
        (payment["method"], payment["state"], payment["document"]) for payment in order["payments"]
    ] == [("bank_transfer", "captured", "536365")]
    assert [shipment["carrier"] for shipment in order["shipments"]] == ["own"]


@pytest.mark.usefixtures("environment")
async def test_a_second_run_changes_nothing(house: House, tmp_path: Path) -> None:
    tables = (Order, OrderLine, Payment, StockMovement, HistoryEntry)
    file = write_file(tmp_path, *ROWS)
    assert await run_import(file) == 0
    before = [house.count(table) for table in tables]
    assert await run_import(file) == 0
    assert [house.count(table) for table in tables] == before

    more = write_file(tmp_path, *ROWS, "536400,71053,X,1,3/12/2010,3.39,,France")
    assert await run_import(more) == 0
    assert facts(house.db)["536400"] == (339, 339, "paid", "fulfilled")
    assert levels(house.db) == {(0, 0)}
    assert house.count(Order) == before[0] + 1


@pytest.mark.usefixtures("environment")
async def test_another_key_finds_what_is_there(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_file(tmp_path, *ROWS)
    assert await run_import(file) == 0
    before = house.count(HistoryEntry)
    with house.db.transaction() as tx:
        monkeypatch.setenv("BACKOFFICE_KEY", add_key(tx, "import again", IMPORT))
    assert await run_import(file) == 0
    assert house.count(Order) == 3
    assert house.count(HistoryEntry) == before + 1, "the new key's own entry"


@pytest.mark.usefixtures("environment")
async def test_an_invoice_that_changed_is_not_sold_twice(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run_import(write_file(tmp_path, *ROWS)) == 0
    changed = write_file(tmp_path, ROWS[3].replace(",24,", ",25,"), *ROWS[5:])
    assert await run_import(changed) == 1
    assert ["2", "536370", "", "failed"] in [row[:4] for row in report(changed)]
    reason = "BookingIdReused: This id came before with other pieces."
    assert report(changed)[1][4] == reason
    assert f"  536370: {reason}" in capsys.readouterr().out.splitlines()
    assert facts(house.db)["536370"] == (9000, 9000, "paid", "fulfilled")


@pytest.mark.usefixtures("environment")
async def test_what_stood_in_the_way_once_does_not_for_ever(house: House, tmp_path: Path) -> None:
    """The shop remembers a refusal under its key; the import asks anew."""
    file = write_file(tmp_path, *ROWS)
    _offer(house.db, [])
    assert await run_import(file) == 1
    assert [row[3:] for row in report(file) if row[3] == "failed"] == [
        ["failed", "PaymentMethodNotOffered: bank_transfer is not offered here."]
    ] * 3
    assert (facts(house.db), levels(house.db)) == ({}, {(30, 0), (88, 0)})

    _offer(house.db, ["bank_transfer"])
    assert await run_import(file) == 0
    assert [facts(house.db)[number][0] for number in TOTALS] == list(TOTALS.values())
    assert levels(house.db) == {(0, 0)}


@pytest.mark.usefixtures("environment")
async def test_orders_that_people_closed_stay_closed(house: House, tmp_path: Path) -> None:
    file = write_file(tmp_path, *ROWS)
    assert await run_import(file) == 0
    with house.db.transaction() as tx:
        tx.execute(update(Order).where(Order.external_ref == "536371").values(status="cancelled"))
        history.append(tx, Entry("test", 1, "order.cancelled", "system"))
    before = house.count(HistoryEntry)
    assert await run_import(file) == 0
    assert house.count(HistoryEntry) == before


@pytest.mark.usefixtures("environment")
async def test_a_shop_that_is_not_ready_is_said_once(house: House, tmp_path: Path) -> None:
    wanted = arguments(write_file(tmp_path, *ROWS), tmp_path / "report.csv")
    wanted.channel = "moon"
    with pytest.raises(CannotStart, match="ready for these sales: No channel 'moon' for this"):
        await asyncio.to_thread(sales.main, wanted)
    wanted.channel, wanted.location = None, "moon"
    with pytest.raises(CannotStart, match="There is no stock location 'moon'"):
        await asyncio.to_thread(sales.main, wanted)
    assert facts(house.db) == {}


@pytest.mark.usefixtures("environment")
async def test_the_key_of_the_demo_shop(
    house: House, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKOFFICE_KEY")
    file = write_file(tmp_path, *ROWS)
    with pytest.raises(CannotStart, match=r"No key: set BACKOFFICE_KEY, or start a demo shop"):
        await run_import(file)
    (tmp_path / "demo.env").write_text(f"OWNER_LOGIN=owner\nIMPORT_KEY={key}\n")
    assert await run_import(file) == 0
    (tmp_path / "demo.env").write_text("IMPORT_KEY=bok_unknown\n")
    with pytest.raises(CannotStart, match=r"The key may not do this import: NotSignedIn"):
        await run_import(file)


@pytest.mark.parametrize("workers", ["0", "65", "x", "-1"])
def test_so_many_workers_there_are_not(tmp_path: Path, workers: str) -> None:
    wanted = arguments(tmp_path / "sales.csv", tmp_path / "report.csv")
    wanted.workers = workers
    with pytest.raises(CannotStart, match="--workers must be a whole number from 1 to 64"):
        sales.main(wanted)


def _offer(db: Database, methods: list[str]) -> None:
    with db.transaction() as tx:
        tx.execute(update(Channel).where(Channel.code == "uk-web").values(payment_methods=methods))
        history.append(tx, Entry("test", 1, "channel.edited", "system"))
