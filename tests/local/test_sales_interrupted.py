"""An import that is killed at any moment and started again ends as if nothing had happened."""

import asyncio
import os
import random
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.tables.history import HistoryEntry
from db.tables.orders import Order
from db.tables.payments import Payment
from db.tables.shipments import Shipment
from db.tables.stock import StockItem, StockMovement
from local.child import ROOT
from tests.house import House
from tests.local.sales_shop import open_uk_shop, write_file

INVOICES, LINES = 24, 5
PIECES, PENCE = 3, 125
KILLS = 3


def rows() -> list[str]:
    return [
        f"{invoice},S{(invoice + line) % 11},THING,{PIECES},1/12/2010,1.25,,France"
        for invoice in range(1000, 1000 + INVOICES)
        for line in range(LINES)
    ]


async def start(house: House, key: str, file: Path) -> asyncio.subprocess.Process:
    environment = os.environ | {
        "BACKOFFICE_PUBLIC_URL": house.url.removesuffix("/api"),
        "BACKOFFICE_KEY": key,
        "BACKOFFICE_DATA": str(file.parent),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "cli", "import-sales", str(file)),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def kill_at(house: House, importer: asyncio.subprocess.Process, movements: int) -> None:
    """As soon as so much has happened in the shop, wherever in its work the import is then."""
    await house.until(lambda: house.count(StockMovement) >= movements, 60)
    await asyncio.sleep(random.random() / 10)
    if importer.returncode is None:
        importer.kill()
    await importer.wait()


def told_once(db: Database) -> set[tuple[str, int]]:
    """(action, how many of them) in the history of imported orders."""
    with db.transaction() as tx:
        rows = tx.execute(
            select(HistoryEntry.action, func.count())
            .where(HistoryEntry.subject.in_(["order", "product", "stock"]))
            .group_by(HistoryEntry.action)
        )
        return {(row[0], row[1]) for row in rows}


@pytest.mark.requirement("R129")
async def test_killed_and_started_again_it_ends_the_same(house: House, tmp_path: Path) -> None:
    key = open_uk_shop(house.db)
    file = write_file(tmp_path, *rows())
    before = house.count(StockMovement)
    # Receipts, allocations and sales are a movement each for every line.
    moments = sorted(random.sample(range(1, 3 * LINES * INVOICES), KILLS))
    for moment in moments:
        importer = await start(house, key, file)
        await kill_at(house, importer, before + moment)

    importer = await start(house, key, file)
    output, _ = await importer.communicate()
    assert importer.returncode == 0, (moments, output.decode())
    assert b"Orders paid and shipped: 24 of 24, pieces: 360, money: 450.00 GBP." in output

    paid = (Order.payment == "paid") & (Order.fulfilment == "fulfilled")
    assert house.count(Order, paid, Order.total == LINES * PIECES * PENCE) == INVOICES
    assert house.count(Order) == house.count(Payment) == house.count(Shipment) == INVOICES
    assert house.count(StockMovement) == before + 3 * LINES * INVOICES
    assert house.count(StockItem, StockItem.location_id == 2, StockItem.on_hand != 0) == 0
    assert told_once(house.db) == {
        ("product.created", 11),
        ("stock.received", INVOICES),
        ("order.placed", INVOICES),
        ("order.payment_received", INVOICES),
        ("order.shipment_prepared", INVOICES),
        ("order.shipped", INVOICES),
    }, moments
