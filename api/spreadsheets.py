"""Rows as a file for spreadsheet programs, row by row, whatever people have written into them."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from tempfile import TemporaryFile

from fastapi.responses import StreamingResponse
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the beginning of a formula."""
LONGEST_CELL = 32_767
ROWS_OF_A_SHEET = 1_000_000
PIECE = 64 * 1024
BOM = "\ufeff"
MOMENT = 'yyyy-mm-dd hh:mm:ss "UTC"'
"""Workbooks know no time zones."""
WIDTH = 24
"""Room for a moment, in characters."""
EXACT = 10**15
"""Spreadsheet programs round what has more digits."""

Cell = str | int | Decimal | datetime
"""A number, an amount with as many places as its currency has, a moment; all else is a text."""
Rows = Iterable[Sequence[Cell]]
Look = Callable[[str], Format]


class SheetFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    SheetFormat.CSV: "text/csv; charset=utf-8",
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet(form: SheetFormat, name: str, titles: Sequence[str], rows: Rows) -> StreamingResponse:
    """`name` without an ending, of letters, digits and dashes."""
    content = as_csv(titles, rows) if form is SheetFormat.CSV else as_xlsx(titles, rows)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{form}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return StreamingResponse(content, media_type=MEDIA_TYPES[form], headers=headers)


def as_csv(titles: Sequence[str], rows: Rows) -> Iterator[bytes]:
    yield BOM.encode()
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(titles)
    for row in rows:
        writer.writerow([_told(cell) for cell in row])
        if page.tell() > PIECE:
            yield _taken(page)
    yield _taken(page)


def as_xlsx(titles: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Through a file on disk: the format has its table of contents at the end."""
    with TemporaryFile() as file:
        with Workbook(file, {"constant_memory": True}) as book:
            _fill(book, titles, rows)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def harmless(cell: str) -> str:
    """A text stays a text, also where it looks like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _told(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    return cell.isoformat() if isinstance(cell, datetime) else str(cell)


def _fill(book: Workbook, titles: Sequence[str], rows: Rows) -> None:
    look = cache(lambda pattern: book.add_format({"num_format": pattern}))
    page, line = _add_page(book, titles, look), 0
    for row in rows:
        line += 1
        if line > ROWS_OF_A_SHEET:
            page, line = _add_page(book, titles, look), 1
        _write(page, line, row, look)


def _add_page(book: Workbook, titles: Sequence[str], look: Look) -> Worksheet:
    page: Worksheet = book.add_worksheet()
    page.set_column(0, len(titles) - 1, WIDTH)
    _write(page, 0, titles, look)
    return page


def _write(page: Worksheet, line: int, row: Sequence[Cell], look: Look) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, datetime):
            moment = cell.astimezone(UTC).replace(tzinfo=None)
            page.write_datetime(line, column, moment, look(MOMENT))
        elif isinstance(cell, str) or not -EXACT < cell < EXACT:
            page.write_string(line, column, str(cell)[:LONGEST_CELL])
        else:
            page.write_number(line, column, cell, look(_pattern(cell)))


def _pattern(number: int | Decimal) -> str:
    """Amounts with the places of their currency; counts and ids without any."""
    if isinstance(number, int):
        return "0"
    places = -int(number.as_tuple().exponent)
    return f"#,##0.{'0' * places}" if places > 0 else "#,##0"


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()
