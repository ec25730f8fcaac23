"""What an import leaves behind: a file of every line that needs a look, and a summary."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from domain.money import Money
from local.errors import CannotStart
from local.sales.importing import Result
from local.sales.reading import Remark, Sales
from local.sales.rows import CURRENCY

SHOWN = 10
"""So many invoices that failed are named on the screen; the report has them all."""


def write_report(file: Path, remarks: Sequence[Remark]) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("w", newline="", encoding="utf-8") as target:
            rows = csv.writer(target)
            rows.writerow(field.name for field in fields(Remark))
            rows.writerows(astuple(remark) for remark in sorted(remarks, key=lambda r: r.line))
    except OSError as error:
        raise CannotStart(f"Cannot write the report {file}: {error.strerror}.") from None


def summary(sales: Sales, result: Result, report: Path) -> Iterator[str]:
    wanted = len(sales.invoices)
    yield f"Rows read: {sales.rows}, refused: {sales.refused}."
    yield (
        f"Orders paid and shipped: {result.orders} of {wanted}, pieces: {result.pieces}, "
        f"money: {Money(result.pence, CURRENCY)}."
    )
    for remark in result.remarks[:SHOWN]:
        yield f"  {remark.invoice}: {remark.reason}"
    yield f"Refused, noted and failed lines: {report}"
