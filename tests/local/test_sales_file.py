"""A real trading day, or all three of the file (BACKOFFICE_LONG_TESTS=1): the shop's books
afterwards against the file itself."""

import asyncio
import csv
import os
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.tables.catalogue import Variant
from db.tables.orders import Order, OrderLine
from db.tables.shop import Location
from db.tables.stock import StockItem, StockMovement
from local.child import ROOT
from tests.house import House
from tests.local.sales_shop import open_uk_shop

FILE = ROOT.parent / "shared" / "data" / "online_retail_2010-12-01_to_03.csv"
NOT_GOODS = {"POST", "DOT", "C2", "D", "M", "BANK CHARGES"}
"""All that are in this file."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    if os.environ.get("BACKOFFICE_LONG_TESTS"):
        return FILE
    head, *rows = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    first_day = tmp_path / "sales.csv"
    first_day.write_text(head + "".join(row for row in rows if ",1/12/2010," in row), "utf-8")
    return first_day


def read(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def sold(file: Path) -> list[dict[str, str]]:
    """What the file says was sold, worked out independently of the import."""
    return [
        row
        for row in read(file)
        if row["InvoiceNo"].isdigit()
        and row["StockCode"] not in NOT_GOODS
        and row["Description"].strip()
        and int(row["Quantity"]) > 0
        and Decimal(row["UnitPrice"]) > 0
    ]


@pytest.mark.requirement("R129")
@pytest.mark.skipif(not FILE.exists(), reason="The sales of three days are not in ../shared/data.")
async def test_real_days(house: House, file: Path, tmp_path: Path) -> None:
    importer = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "cli", "import-sales", str(file), "--report", str(tmp_path / "report.csv")),
        cwd=ROOT,
        env=os.environ
        | {
            "BACKOFFICE_PUBLIC_URL": house.url.removesuffix("/api"),
            "BACKOFFICE_KEY": open_uk_shop(house.db),
        },
    )
    assert await importer.wait() == 0

    rows, totals, pieces = sold(file), Counter[str](), Counter[str]()
    for row in rows:
        pence = int(Decimal(row["UnitPrice"]) * 100) * int(row["Quantity"])
        totals[row["InvoiceNo"]] += pence
        pieces[row["StockCode"]] += int(row["Quantity"])
    assert imported(house.db) == {
        number: (total, "paid", "fulfilled") for number, total in totals.items()
    }
    assert house.count(OrderLine) == len(rows)
    assert received(house.db) == pieces
    assert left(house.db) == [(0, 0, len(pieces))]
    assert refused(tmp_path / "report.csv") == len(read(file)) - len(rows)


def imported(db: Database) -> dict[str, tuple[int, str, str]]:
    with db.transaction() as tx:
        rows = tx.execute(
            select(Order.external_ref, Order.captured, Order.payment, Order.fulfilment)
        )
        return {str(row[0]): (row[1], row[2], row[3]) for row in rows}


def received(db: Database) -> dict[str, int]:
    with db.transaction() as tx:
        rows = tx.execute(
            select(Variant.sku, func.sum(StockMovement.on_hand_change))
            .join(Variant, Variant.id == StockMovement.variant_id)
            .join(Location, Location.id == StockMovement.location_id)
            .where(StockMovement.kind == "receipt", Location.code == "uk-warehouse")
            .group_by(Variant.sku)
        )
        return {row[0]: int(row[1]) for row in rows}


def left(db: Database) -> list[tuple[int, int, int]]:
    """(on hand, allocated, at so many levels) in the warehouse the sales left from."""
    with db.transaction() as tx:
        rows = tx.execute(
            select(StockItem.on_hand, StockItem.allocated, func.count())
            .join(Location, Location.id == StockItem.location_id)
            .where(Location.code == "uk-warehouse")
            .group_by(StockItem.on_hand, StockItem.allocated)
        )
        return [(row[0], row[1], row[2]) for row in rows]


def refused(report: Path) -> int:
    with report.open(newline="", encoding="utf-8") as source:
        return sum(row["outcome"] == "refused" for row in csv.DictReader(source))
