"""A file of past sales, read line by line into goods and invoices; nothing is lost silently."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from local.errors import CannotStart
from local.sales.rows import Refused, Sale, sale_of

COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
LARGEST_FILE = 256 * 1024 * 1024
LONGEST_LINE = 10_000


@dataclass(frozen=True)
class Remark:
    """Something about a line that people should know."""

    line: int
    invoice: str
    sku: str
    outcome: str
    """`refused`: the row is in no order; `noted`; `failed`: the invoice did not get through."""
    reason: str


@dataclass(frozen=True)
class Goods:
    """What is sold under one SKU, as its first good row tells."""

    sku: str
    name: str
    pence: int


@dataclass
class Invoice:
    number: str
    sold_on: date
    customer: str
    country: str
    sales: list[Sale] = field(default_factory=list)

    @property
    def pence(self) -> int:
        return sum(sale.quantity * sale.pence for sale in self.sales)

    @property
    def pieces(self) -> dict[str, int]:
        """By SKU: one may stand on several lines."""
        pieces: dict[str, int] = {}
        for sale in self.sales:
            pieces[sale.sku] = pieces.get(sale.sku, 0) + sale.quantity
        return pieces


@dataclass
class Sales:
    rows: int = 0
    goods: dict[str, Goods] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    _names: set[tuple[str, str]] = field(default_factory=set)

    @property
    def refused(self) -> int:
        return sum(remark.outcome == "refused" for remark in self.remarks)

    def take(self, sale: Sale) -> None:
        self._describe(sale)
        invoice = self.invoices.setdefault(
            sale.invoice, Invoice(sale.invoice, sale.sold_on, sale.customer, sale.country)
        )
        invoice.sales.append(sale)

    def remark(self, line: int, row: Mapping[str, str], outcome: str, reason: str) -> None:
        invoice, sku = row.get("InvoiceNo", ""), row.get("StockCode", "")
        self.remarks.append(Remark(line, invoice, sku, outcome, reason))

    def _describe(self, sale: Sale) -> None:
        """The first name of an SKU stays; each other one is noted once."""
        goods = self.goods.setdefault(sale.sku, Goods(sale.sku, sale.description, sale.pence))
        named = (sale.sku, sale.description)
        if sale.description != goods.name and named not in self._names:
            self._names.add(named)
            reason = f"also called {sale.description!r}; kept as {goods.name!r}"
            self.remarks.append(Remark(sale.line, sale.invoice, sale.sku, "noted", reason))


def read_sales(file: Path) -> Sales:
    """Raises `CannotStart` when it is no such file at all."""
    sales = Sales()
    lines = _lines(file)
    columns = _columns(file, next(lines, (1, b""))[1])
    for number, raw in lines:
        if not raw.strip():
            continue
        sales.rows += 1
        row: dict[str, str] = {}
        try:
            row = _row(raw, columns)
            sales.take(sale_of(number, row))
        except Refused as reason:
            sales.remark(number, row, "refused", str(reason))
    return sales


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise CannotStart(f"{file} is larger than {LARGEST_FILE >> 20} MiB: split it.")
        with file.open("rb") as source:
            yield from enumerate(source, start=1)
    except OSError as error:
        raise CannotStart(f"Cannot read {file}: {error.strerror}.") from None


def _columns(file: Path, header: bytes) -> list[str]:
    try:
        columns = _fields(header.removeprefix(b"\xef\xbb\xbf"))
    except Refused:
        columns = []
    if sorted(columns) != sorted(COLUMNS):
        raise CannotStart(f"{file} must begin with a line of columns: {','.join(COLUMNS)}")
    return columns


def _row(raw: bytes, columns: list[str]) -> dict[str, str]:
    fields = _fields(raw)
    if len(fields) != len(columns):
        raise Refused(f"unreadable: {len(fields)} fields in place of {len(columns)}")
    return dict(zip(columns, fields, strict=True))


def _fields(raw: bytes) -> list[str]:
    """Each line stands for itself: a stray quote spoils its own row and no other."""
    if len(raw) > LONGEST_LINE:
        raise Refused(f"unreadable: more than {LONGEST_LINE} bytes")
    try:
        (fields,) = csv.reader([_text(raw)], strict=True)
    except (csv.Error, ValueError) as error:
        raise Refused(f"unreadable: {error}") from None
    return [field.strip() for field in fields]


def _text(raw: bytes) -> str:
    """UTF-8, or what spreadsheets on Windows write."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    if "\0" in text:
        raise ValueError("a NUL character")
    return text.rstrip("\r\n")
