"""A shop that can take in past sales: a storefront in pounds with a warehouse of its own."""

import argparse
from pathlib import Path

from db import history
from db.engine import Database, Session
from db.history import Entry
from db.tables.shop import Branch, Channel, Location
from domain.access import IMPORT
from tests.factories import add_key

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


def open_uk_shop(db: Database) -> str:
    """The key of the program that imports."""
    with db.transaction() as tx:
        branch = _add(tx, Branch(code="uk", name="London", country="GB"))
        location = _add(tx, Location(code="uk-warehouse", name="UK warehouse", branch_id=branch))
        _add(
            tx,
            Channel(
                code="uk-web",
                name="UK web shop",
                kind="storefront",
                currency="GBP",
                branch_id=branch,
                locations=[location],
                payment_methods=["bank_transfer"],
                shipping_methods=[],
            ),
        )
        history.append(tx, Entry("test", 1, "channel.opened", "system"))
        return add_key(tx, "import", IMPORT)


def write_file(folder: Path, *rows: str) -> Path:
    file = folder / "sales.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


def arguments(file: Path, report: Path, workers: int = 4) -> argparse.Namespace:
    return argparse.Namespace(
        file=str(file), report=str(report), workers=str(workers), channel=None, location=None
    )


def _add(tx: Session, row: Branch | Location | Channel) -> int:
    tx.add(row)
    tx.flush()
    return row.id
