"""Placing an order once, whatever happens on the way; and what is refused leaves nothing behind."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from db import history
from db.tables.catalogue import Product
from db.tables.orders import Order, OrderRequest
from domain.access import STOREFRONT, Right
from tests.api.order_desk import (
    add_goods,
    levels,
    no_order,
    open_branch,
    program,
    set_channel,
)
from tests.house import House, order_body


@pytest.mark.requirement("R230")
async def test_the_same_key_brings_the_same_answer_and_no_second_order(house: House) -> None:
    first = await house.try_to_place("k1")
    again = await house.try_to_place("k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()

    other = await house.try_to_place("k1", comment="leave it at the door")
    assert (other.status_code, other.json()["code"]) == (409, "IdempotencyKeyReused")
    assert house.count(Order) == 1
    assert levels(house)["MUG"] == (100, 2)


async def test_two_at_once_under_one_key_are_one_order(house: House) -> None:
    answers = await asyncio.gather(*(house.try_to_place("same") for _ in range(5)))
    assert [answer.status_code for answer in answers] == [201] * 5
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert house.count(Order) == 1


async def test_a_key_belongs_to_its_caller(house: House) -> None:
    other = program(house, *STOREFRONT.rights, channel_id=house.shop.channel_id)
    mine = await house.place("k1")
    theirs = await other.post("/orders", json=order_body(), headers={"Idempotency-Key": "k1"})
    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine["id"]


async def test_a_refusal_is_remembered_for_its_key(house: House) -> None:
    lines = [{"sku": "MUG", "quantity": 101}]
    first = await house.try_to_place("k1", lines=lines)
    assert (first.status_code, first.json()["code"]) == (409, "OutOfStock")
    assert first.json()["message"] == "MUG: 100 of 101 left."

    add_goods(house, "CUP", 1)
    again = await house.try_to_place("k1", lines=lines)
    assert (again.status_code, again.json()) == (409, first.json())
    assert no_order(house)


async def test_a_key_is_needed(house: House) -> None:
    answer = await house.storefront.post("/orders", json=order_body())
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["header", "Idempotency-Key"]
    too_long = await house.try_to_place("k" * 201)
    assert too_long.status_code == 422
    assert house.count(OrderRequest) == 0


REFUSALS: list[tuple[str, dict[str, Any]]] = [
    ("UnknownSku", {"lines": [{"sku": "NONE", "quantity": 1}]}),
    ("UnknownSku", {"lines": [{"sku": "mug'; DROP TABLE orders; --", "quantity": 1}]}),
    ("OutOfStock", {"lines": [{"sku": "MUG", "quantity": 101}]}),
    ("OutOfStock", {"lines": [{"sku": "MUG", "quantity": 51}] * 2}),
    ("WrongCurrency", {"lines": [{"sku": "DOLLAR", "quantity": 1}]}),
    ("NoSuchShippingMethod", {"shipping": "rocket"}),
    ("PaymentMethodNotOffered", {"pay": "cheque"}),
    ("PaymentsDoNotAddUp", {"payments": [{"method": "card", "amount": 1}]}),
    ("PaymentsDoNotAddUp", {"payments": [{"method": "card"}, {"method": "bank_transfer"}]}),
    (
        "PaymentsDoNotAddUp",
        {"payments": [{"method": "card", "amount": 130_001}, {"method": "card"}]},
    ),
    ("NoTaxRate", {"lines": [{"sku": "UNTAXED", "quantity": 1}]}),
    ("ChannelUnknown", {"channel": "moon"}),
    ("ChannelUnknown", {"channel": "other"}),
]


async def test_what_cannot_be_sold_is_refused_and_leaves_nothing(house: House) -> None:
    set_channel(house, payment_methods=["card", "bank_transfer", "cash_on_delivery"])
    _prepare(house)
    for code, more in REFUSALS:
        answer = await house.try_to_place(**more)
        assert (answer.status_code, answer.json()["code"]) == (409, code), (more, answer.text)
        assert answer.json()["message"]
        assert no_order(house), code


async def test_prices_are_the_shops_unless_one_may_set_them(house: House) -> None:
    body = order_body(lines=[{"sku": "MUG", "quantity": 1, "unit_price": 100}], shipping=None)
    cheap: dict[str, Any] = {"json": body, "headers": {"Idempotency-Key": uuid4().hex}}
    answer = await house.storefront.post("/orders", **cheap)
    assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")
    assert house.count(OrderRequest) == 0

    rights = {*STOREFRONT.rights, Right.ORDER_SET_PRICE}
    trusted = program(house, *rights, channel_id=house.shop.channel_id)
    answer = await trusted.post("/orders", **cheap)
    assert (answer.status_code, answer.json()["total"]) == (201, 100)


async def test_a_total_beyond_counting_is_refused(house: House) -> None:
    """Else it would end in the database, again and again."""
    rights = {*STOREFRONT.rights, Right.ORDER_SET_PRICE}
    trusted = program(house, *rights, channel_id=house.shop.channel_id)
    lines = [{"sku": "HELP", "quantity": 1_000_000, "unit_price": 10**12}] * 20
    answer = await trusted.post(
        "/orders", json=order_body(lines=lines), headers={"Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "TotalTooHigh")
    assert no_order(house)


@pytest.mark.requirement("R230")
async def test_an_order_of_a_channel_comes_in_once_under_its_own_number(house: House) -> None:
    first = await house.place(external_ref="A-1")
    again = await house.try_to_place(external_ref="A-1")
    assert (again.status_code, again.json()["code"]) == (409, "AlreadyImported")
    at_once = await asyncio.gather(*(house.try_to_place(external_ref="A-2") for _ in range(4)))
    assert sorted(answer.status_code for answer in at_once) == [201, 409, 409, 409]
    assert house.count(Order) == 2
    assert (await house.order(first["id"]))["external_ref"] == "A-1"


async def test_the_last_piece_is_sold_once(house: House) -> None:
    await house.place(lines=[{"sku": "MUG", "quantity": 97}])
    answers = await asyncio.gather(
        *(house.try_to_place(lines=[{"sku": "MUG", "quantity": 1}]) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3
    refusals = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert refusals == {"OutOfStock"}
    assert levels(house)["MUG"] == (100, 100)


async def test_who_may_not_place_does_not(house: House) -> None:
    headers: dict[str, Any] = {"headers": {"Idempotency-Key": "k"}}
    nobody = house.speaking_as("bok_unknown")
    reader = program(house, Right.ORDER_READ, channel_id=house.shop.channel_id)
    anonymous = await nobody.post("/orders", json=order_body(), **headers)
    assert (anonymous.status_code, anonymous.json()["code"]) == (401, "NotSignedIn")
    assert anonymous.headers["WWW-Authenticate"] == "Bearer"
    forbidden = await reader.post("/orders", json=order_body(), **headers)
    assert (forbidden.status_code, forbidden.json()["code"]) == (403, "Forbidden")
    assert house.count(OrderRequest) == 0


def _prepare(house: House) -> None:
    open_branch(house, "other")
    add_goods(house, "DOLLAR", 100, currency="USD", may_backorder=True)
    add_goods(house, "UNTAXED", 100, may_backorder=True)
    with house.db.transaction() as tx:
        tx.execute(update(Product).where(Product.name == "Untaxed").values(tax_class="none"))
        history.append(tx, history.Entry("test", 1, "product.changed", "system"))
