"""What comes in from outside is checked before anything looks at it; no text does any harm."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.limits import LARGEST_BODY
from db.tables.orders import Order, OrderRequest
from tests.api.order_desk import no_order
from tests.house import House, order_body

CUSTOMER = order_body()["customer"]
ADDRESS = order_body()["address"]
HOSTILE = "Ж🦔 <script>alert(1)</script> '; DROP TABLE orders; -- %s {0} \\ \u202e \ufeff"
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("lines", {"lines": [{"sku": "MUG", "quantity": 1}] * 2001}),
    ("quantity", {"lines": [{"sku": "MUG", "quantity": 0}]}),
    ("quantity", {"lines": [{"sku": "MUG", "quantity": -1}]}),
    ("quantity", {"lines": [{"sku": "MUG", "quantity": 1.5}]}),
    ("quantity", {"lines": [{"sku": "MUG", "quantity": 10**30}]}),
    ("sku", {"lines": [{"sku": "M" * 101, "quantity": 1}]}),
    ("unit_price", {"lines": [{"sku": "MUG", "quantity": 1, "unit_price": -1}]}),
    ("discount", {"lines": [{"sku": "MUG", "quantity": 1, "discount": 5}]}),
    ("phone", {"customer": {**CUSTOMER, "phone": "12"}}),
    ("phone", {"customer": {**CUSTOMER, "phone": "89161234567"}}),
    ("email", {"customer": {**CUSTOMER, "email": "anna at example.org"}}),
    ("language", {"customer": {**CUSTOMER, "language": "de"}}),
    ("name", {"customer": {**CUSTOMER, "name": "  "}}),
    ("country", {"address": {**ADDRESS, "country": "Russia"}}),
    ("country", {"address": {**ADDRESS, "country": "ru"}}),
    ("street", {"address": {**ADDRESS, "street": "x" * 10_000}}),
    ("method", {"payments": [{"method": "gold"}]}),
    ("amount", {"payments": [{"method": "card", "amount": 0}]}),
    ("amount", {"payments": [{"method": "card", "amount": 10**30}]}),
    ("payments", {"payments": [{"method": "card"}] * 11}),
    ("comment", {"comment": "x" * 2001}),
    ("colour", {"colour": "red"}),
]


async def test_wrong_input_is_named_by_its_place(house: House) -> None:
    for field, more in WRONG:
        answer = await house.try_to_place(**more)
        assert answer.status_code == 422, (more, answer.text)
        problems = answer.json()["detail"]
        assert [problem["loc"][-1] for problem in problems] == [field], answer.text
        assert problems[0]["msg"]
    assert house.count(OrderRequest) == 0
    assert no_order(house)


async def test_the_message_says_how_to_write_it(house: House) -> None:
    answer = await house.try_to_place(customer={**CUSTOMER, "phone": "89161234567"})
    said = answer.json()["detail"][0]["msg"]
    assert said == "Value error, write it internationally, like +33123456789"


async def test_a_nul_character_is_refused_in_every_text(house: House) -> None:
    for path, body in _with_nul(order_body(external_ref="A", comment="b", channel="web")):
        answer = await _send(house, body)
        assert answer.status_code == 422, (path, answer.text)
    assert house.count(OrderRequest) == 0


NO_ORDERS = [
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"{",
    b"\xff\xfe",
    b'{"lines": NaN}',
    b'{"lines": [{"sku": "MUG", "quantity": Infinity}]}',
    b'{"lines": [{"sku": "MUG", "quantity": NaN}]}',
    b'{"lines": [{"sku": "\\ud800", "quantity": 1}]}',
    b'{"\\ud800": 1}',
    b"[" * 100_000,
    b'{"lines": ' + b"9" * 5000 + b"}",
]


async def test_what_is_no_order_at_all_is_a_clear_refusal(house: House) -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    for raw in NO_ORDERS:
        answer = await house.storefront.post("/orders", content=raw, headers=headers)
        assert answer.status_code in (400, 422), (raw[:50], answer.text)
        assert answer.json()["detail"]


@pytest.mark.requirement("R22")
async def test_hostile_texts_are_kept_to_the_letter(house: House) -> None:
    customer = {**CUSTOMER, "name": HOSTILE}
    address = {**ADDRESS, "city": HOSTILE[:100], "street": HOSTILE}
    placed = await house.place(
        customer=customer, address=address, comment=HOSTILE, external_ref=HOSTILE[:100]
    )
    order = await house.order(placed["id"])
    assert (order["customer_name"], order["comment"]) == (HOSTILE.strip(), HOSTILE.strip())
    assert order["address"] == {**address, "city": HOSTILE[:100].strip(), "point_code": ""} | {
        "street": HOSTILE.strip()
    }
    found = await house.api.get("/orders", params={"q": "%' OR 1=1 --"})
    assert found.json()["rows"] == []
    found = await house.api.get("/orders", params={"q": "DROP TABLE orders"})
    assert [row["id"] for row in found.json()["rows"]] == [placed["id"]]
    assert house.count(Order) == 1


async def test_a_body_beyond_the_limit_is_not_read(house: House) -> None:
    announced = await house.try_to_place(comment="x" * (LARGEST_BODY + 1))
    assert (announced.status_code, announced.json()["code"]) == (413, "TooLarge")

    def pieces() -> Iterator[bytes]:
        for _ in range(13):
            yield b"x" * 1024 * 1024

    async def unannounced() -> Any:
        for piece in pieces():
            yield piece

    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    answer = await house.storefront.post("/orders", content=unannounced(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "TooLarge")
    assert house.count(OrderRequest) == 0


async def _send(house: House, body: dict[str, Any]) -> httpx.Response:
    return await house.storefront.post("/orders", json=body, headers={"Idempotency-Key": "k"})


def _with_nul(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The value once for every text in it, that text with a NUL in it."""
    if isinstance(value, str):
        yield path, value[:1] + "\0" + value[1:]
    elif isinstance(value, dict):
        for name, item in value.items():
            for place, spoilt in _with_nul(item, f"{path}.{name}"):
                yield place, {**value, name: spoilt}
    elif isinstance(value, list):
        for at, item in enumerate(value):
            for place, spoilt in _with_nul(item, f"{path}[{at}]"):
                yield place, [*value[:at], spoilt, *value[at + 1 :]]
