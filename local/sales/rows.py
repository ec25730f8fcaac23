"""One row of a file of sales: what is taken, and why the rest is not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from local.sales.countries import CODES

CURRENCY = "GBP"
MOST_PIECES = 1_000_000
MOST_PENCE = 10**12
NOT_GOODS = {
    "POST": "postage",
    "DOT": "postage",
    "C2": "carriage",
    "D": "a discount",
    "M": "a manual entry",
    "S": "samples",
    "B": "a bad debt",
    "BANK CHARGES": "a fee",
    "AMAZONFEE": "a fee",
    "CRUK": "a donation",
}
VOUCHER = "GIFT_"
DATES = ("%d/%m/%Y", "%d/%m/%Y %H:%M")


class Refused(Exception):
    """The row cannot be taken; the message says why."""


@dataclass(frozen=True)
class Sale:
    """One line of an invoice. `pence` is the price of one piece."""

    line: int
    invoice: str
    sku: str
    description: str
    quantity: int
    pence: int
    sold_on: date
    customer: str
    """As the shop numbers them; empty: a guest."""
    country: str


def sale_of(line: int, row: Mapping[str, str]) -> Sale:
    """Raises `Refused` with the first thing that is wrong."""
    return Sale(
        line=line,
        invoice=_invoice(row["InvoiceNo"]),
        sku=_sku(row["StockCode"]),
        description=_description(row["Description"]),
        quantity=_quantity(row["Quantity"]),
        pence=_pence(row["UnitPrice"]),
        sold_on=_day(row["InvoiceDate"]),
        customer=_customer(row["CustomerID"]),
        country=_country(row["Country"]),
    )


def _invoice(text: str) -> str:
    if text[:1].upper() == "C":
        raise Refused("a cancellation: returns are not recorded yet")
    if text[:1].upper() == "A":
        raise Refused("bookkeeping, not a sale")
    if not re.fullmatch(r"[0-9A-Za-z-]{1,50}", text):
        raise Refused(f"unreadable invoice number {_short(text)}")
    return text


def _sku(text: str) -> str:
    kind = NOT_GOODS.get(text.upper())
    if kind:
        raise Refused(f"not goods: {kind}")
    if text.upper().startswith(VOUCHER):
        raise Refused("not goods: a voucher")
    if not re.fullmatch(r"[^\s/\x00-\x1f\x7f]{1,100}", text):
        raise Refused(f"unreadable stock code {_short(text)}")
    return text


def _description(text: str) -> str:
    if not text:
        raise Refused("no description")
    if len(text) > 300:
        raise Refused("a description of more than 300 characters")
    return text


def _quantity(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,12}", text):
        raise Refused(f"unreadable quantity {_short(text)}")
    quantity = int(text)
    if quantity <= 0:
        raise Refused("no pieces sold")
    if quantity > MOST_PIECES:
        raise Refused(f"more than {MOST_PIECES} pieces in one line")
    return quantity


def _pence(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", text):
        raise Refused(f"unreadable price {_short(text)}" if text else "no price")
    pence = Decimal(text) * 100
    if pence <= 0:
        raise Refused("no price")
    if pence != int(pence):
        raise Refused("a price in parts of a penny")
    if pence > MOST_PENCE:
        raise Refused("a price beyond all prices")
    return int(pence)


def _day(text: str) -> date:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day, in no zone
        except ValueError:
            continue
    raise Refused(f"unreadable date {_short(text)}")


def _customer(text: str) -> str:
    if len(text) > 50:
        raise Refused(f"unreadable customer {_short(text)}")
    return text


def _country(text: str) -> str:
    code = CODES.get(text.lower())
    if code is None:
        raise Refused(f"unknown country {_short(text)}")
    return code


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "...")
