"""Reading a file of sales: what is taken, what is not and why, and that no line gets lost."""

from datetime import date
from pathlib import Path

import pytest

from local.errors import CannotStart
from local.sales.reading import Goods, Remark, read_sales
from local.sales.rows import Refused, Sale, sale_of
from tests.local.sales_shop import HEADER, write_file

GOOD = {
    "InvoiceNo": "536365",
    "StockCode": "85123A",
    "Description": "WHITE HANGING HEART",
    "Quantity": "6",
    "InvoiceDate": "1/12/2010",
    "UnitPrice": "2.55",
    "CustomerID": "17850",
    "Country": "United Kingdom",
}


def test_a_good_row() -> None:
    assert sale_of(2, GOOD) == Sale(
        line=2,
        invoice="536365",
        sku="85123A",
        description="WHITE HANGING HEART",
        quantity=6,
        pence=255,
        sold_on=date(2010, 12, 1),
        customer="17850",
        country="GB",
    )


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("InvoiceNo", "C536379", "a cancellation: returns are not recorded yet"),
        ("InvoiceNo", "c536379", "a cancellation: returns are not recorded yet"),
        ("InvoiceNo", "A563185", "bookkeeping, not a sale"),
        ("InvoiceNo", "", "unreadable invoice number ''"),
        ("InvoiceNo", "5" * 51, "unreadable invoice number '" + "5" * 40 + "...'"),
        ("StockCode", "POST", "not goods: postage"),
        ("StockCode", "DOT", "not goods: postage"),
        ("StockCode", "C2", "not goods: carriage"),
        ("StockCode", "D", "not goods: a discount"),
        ("StockCode", "m", "not goods: a manual entry"),
        ("StockCode", "BANK CHARGES", "not goods: a fee"),
        ("StockCode", "AMAZONFEE", "not goods: a fee"),
        ("StockCode", "CRUK", "not goods: a donation"),
        ("StockCode", "gift_0001_20", "not goods: a voucher"),
        ("StockCode", "", "unreadable stock code ''"),
        ("StockCode", "a b", "unreadable stock code 'a b'"),
        ("Description", "", "no description"),
        ("Description", "x" * 301, "a description of more than 300 characters"),
        ("Quantity", "0", "no pieces sold"),
        ("Quantity", "-24", "no pieces sold"),
        ("Quantity", "1000001", "more than 1000000 pieces in one line"),
        ("Quantity", "6.5", "unreadable quantity '6.5'"),
        ("Quantity", "٦", "unreadable quantity '٦'"),
        ("UnitPrice", "", "no price"),
        ("UnitPrice", "0", "no price"),
        ("UnitPrice", "0.00", "no price"),
        ("UnitPrice", "-11062.06", "no price"),
        ("UnitPrice", "0.001", "a price in parts of a penny"),
        ("UnitPrice", "NaN", "unreadable price 'NaN'"),
        ("UnitPrice", "1e3", "unreadable price '1e3'"),
        ("UnitPrice", "99999999999", "a price beyond all prices"),
        ("InvoiceDate", "13/13/2010", "unreadable date '13/13/2010'"),
        ("CustomerID", "1" * 51, "unreadable customer '" + "1" * 40 + "...'"),
        ("Country", "Atlantis", "unknown country 'Atlantis'"),
    ],
)
def test_why_a_row_is_not_taken(column: str, text: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        sale_of(2, {**GOOD, column: text})
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("text", "pence"), [("2.55", 255), ("0.29", 29), ("7", 700), ("2.1", 210), ("1.290", 129)]
)
def test_prices_are_exact(text: str, pence: int) -> None:
    assert sale_of(2, {**GOOD, "UnitPrice": text}).pence == pence


@pytest.mark.requirement("R129")
def test_every_line_is_taken_or_told(tmp_path: Path) -> None:
    sales = read_sales(
        write_file(
            tmp_path,
            '1,A1,"LOUNGE,METAL SIGN ",2,1/12/2010,2.1,15311,EIRE',
            "1,A1,LOUNGE SIGN,1,1/12/2010,2.2,15311,EIRE",
            "1,B2,MUG,1,1/12/2010,1,15311,EIRE",
            '2,B2,"MUG,5,1/12/2010,1,,France',
            "2,B2,MUG,5,1/12/2010,1,,France,more",
            "",
            "2,B2,MUG,5,2/12/2010 08:26,0.95,,France",
            "2,A1,LOUNGE SIGN,5,2/12/2010,2.1,,France",
            "2,POST,POSTAGE,1,2/12/2010,18,,France",
            "C3,B2,MUG,-5,2/12/2010,1,,France",
            "4,Z9,?,5,2/12/2010,0,,France",
        )
    )
    assert sales.rows == 10
    assert sales.goods == {
        "A1": Goods("A1", "LOUNGE,METAL SIGN", 210),
        "B2": Goods("B2", "MUG", 100),
    }
    one, two = sales.invoices.values()
    assert (one.number, one.customer, one.country, one.pence) == ("1", "15311", "IE", 740)
    assert (one.pieces, [sale.line for sale in one.sales]) == ({"A1": 3, "B2": 1}, [2, 3, 4])
    assert (two.number, two.customer, two.country, two.pence) == ("2", "", "FR", 1525)
    assert two.sold_on == date(2010, 12, 2)
    assert sales.remarks == [
        Remark(3, "1", "A1", "noted", "also called 'LOUNGE SIGN'; kept as 'LOUNGE,METAL SIGN'"),
        Remark(5, "", "", "refused", "unreadable: unexpected end of data"),
        Remark(6, "", "", "refused", "unreadable: 9 fields in place of 8"),
        Remark(10, "2", "POST", "refused", "not goods: postage"),
        Remark(11, "C3", "B2", "refused", "a cancellation: returns are not recorded yet"),
        Remark(12, "4", "Z9", "refused", "no price"),
    ]
    assert sales.refused == 5


def test_bytes_as_they_come(tmp_path: Path) -> None:
    """A byte order mark, Windows' line ends and pound signs, columns in another order, junk."""
    columns = HEADER.split(",")
    header = ",".join(reversed(columns))

    def row(**values: str) -> str:
        return ",".join({**GOOD, **values}[name] for name in reversed(columns))

    file = tmp_path / "sales.csv"
    lines = [
        row(Description="VOUCHER £5"),
        row(Description="NUL\0"),
        row(Description="é" * 6000),
    ]
    windows = [line.encode("cp1252") for line in lines]
    file.write_bytes(
        b"\xef\xbb\xbf" + b"\r\n".join([header.encode(), *windows, b"\x81,,", lines[0].encode()])
    )
    sales = read_sales(file)
    assert [sale.description for sale in sales.invoices["536365"].sales] == [
        "VOUCHER £5",
        "VOUCHER £5",
    ]
    assert [(remark.line, remark.reason[:42]) for remark in sales.remarks] == [
        (3, "unreadable: a NUL character"),
        (4, "a description of more than 300 characters"),
        (5, "unreadable: 'charmap' codec can't decode b"),
    ]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "PK\x03\x04\0\0", '"', HEADER + ",Sum"])
def test_a_file_that_is_something_else(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sales.csv"
    file.write_text(content)
    with pytest.raises(CannotStart, match="must begin with a line of columns: InvoiceNo,"):
        read_sales(file)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"Cannot read .*: No such file or directory\."):
        read_sales(tmp_path / "none.csv")
    with pytest.raises(CannotStart, match=r"Cannot read .*: Is a directory\."):
        read_sales(tmp_path)
