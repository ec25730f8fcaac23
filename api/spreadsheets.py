"""Rows as a file for spreadsheet programs, row by row, whatever people have written into them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from tempfile import TemporaryFile

from fastapi.responses import StreamingResponse
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the beginning of a formula."""
LONGEST_CELL = 32_767
ROWS_OF_A_SHEET = 1_000_000
PIECE = 64 * 1024
BOM = "\ufeff"

Rows = Iterable[Sequence[str]]


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
        writer.writerow([harmless(cell) for cell in row])
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


def _fill(book: Workbook, titles: Sequence[str], rows: Rows) -> None:
    page: Worksheet = book.add_worksheet()
    _write(page, 0, titles)
    line = 0
    for row in rows:
        line += 1
        if line > ROWS_OF_A_SHEET:
            page, line = book.add_worksheet(), 1
            _write(page, 0, titles)
        _write(page, line, row)


def _write(page: Worksheet, line: int, row: Sequence[str]) -> None:
    for column, cell in enumerate(row):
        page.write_string(line, column, cell[:LONGEST_CELL])


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()
