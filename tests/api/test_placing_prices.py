"""What an order costs: tax, shipping by the shop's terms, services, several payments."""

from typing import Any

import pytest
from sqlalchemy import update

from db import history
from db.tables.catalogue import ShippingMethod
from tests.api.order_desk import (
    COURIER,
    HELP,
    MUG,
    TEA,
    levels,
    set_channel,
)
from tests.house import House


def set_shipping(house: House, code: str, **values: Any) -> None:
    with house.db.transaction() as tx:
        tx.execute(update(ShippingMethod).where(ShippingMethod.code == code).values(**values))
        history.append(tx, history.Entry("test", 1, "shipping.changed", "system"))


@pytest.mark.requirement("R277")
async def test_tax_is_told_whether_prices_hold_it_or_not(house: House) -> None:
    placed = await house.place()
    assert (placed["total"], placed["tax"]) == (2 * MUG + COURIER, 16_667 + 5_000)

    set_channel(house, prices_include_tax=False)
    placed = await house.place()
    assert (placed["total"], placed["tax"]) == (120_000 + 36_000, 20_000 + 6_000)
    assert placed["shipping"] == 36_000
    order = await house.order(placed["id"])
    assert [(line["unit_price"], line["gross"], line["tax"]) for line in order["lines"]] == [
        (MUG, 120_000, 20_000)
    ]
    assert order["goods"] + order["shipping"] == order["total"]


@pytest.mark.requirement("R81", "R82", "R83", "R84", "R85", "R86", "R87", "R88")
async def test_shipping_follows_the_shops_terms(house: House) -> None:
    two_mugs = [{"sku": "MUG", "quantity": 2}]
    set_shipping(house, "courier", bands=[[700, 10_000], [None, 20_000]], handling_fee=500)
    assert (await house.place(lines=two_mugs))["shipping"] == 20_500
    one = [{"sku": "MUG", "quantity": 1}]
    assert (await house.place(lines=one))["shipping"] == 10_500

    set_shipping(house, "courier", basis="total", bands=[[99_999, 9_000], [200_000, 3_000]])
    assert (await house.place(lines=one))["shipping"] == 9_500
    assert (await house.place(lines=two_mugs))["shipping"] == 3_500
    refused = await house.try_to_place(lines=[{"sku": "MUG", "quantity": 5}])
    assert refused.json()["code"] == "TooHeavyOrDear"

    set_shipping(house, "courier", free_from_total=100_000)
    assert (await house.place(lines=two_mugs))["shipping"] == 0
    set_shipping(house, "courier", free_from_total=None, free_from_weight_g=800)
    assert (await house.place(lines=two_mugs))["shipping"] == 0
    assert (await house.place(lines=one))["shipping"] == 9_500

    set_shipping(house, "courier", countries=["FR"])
    refused = await house.try_to_place(lines=one)
    assert (refused.status_code, refused.json()["code"]) == (409, "NotShippedThere")
    assert (await house.place(lines=one, shipping="pickup"))["shipping"] == 0


@pytest.mark.requirement("R291")
async def test_goods_and_services_in_one_order(house: House) -> None:
    lines = [{"sku": "HELP", "quantity": 3}, {"sku": "TEA", "quantity": 1}]
    placed = await house.place(lines=lines, shipping=None)
    assert placed["total"] == 3 * HELP + TEA
    assert levels(house) == {"MUG": (100, 0), "TEA": (100, 1)}
    order = await house.order(placed["id"])
    assert [(line["is_service"], line["stage"]) for line in order["lines"]] == [
        (True, "allocated"),
        (False, "allocated"),
    ]


@pytest.mark.requirement("R75", "R76", "R77", "R78")
async def test_several_payments_cover_one_order(house: House) -> None:
    placed = await house.place(
        payments=[
            {"method": "cheque", "amount": 20_000},
            {"method": "bank_transfer", "amount": 30_000},
            {"method": "cash_on_delivery"},
        ]
    )
    assert [(payment["method"], payment["amount"]) for payment in placed["payments"]] == [
        ("cheque", 20_000),
        ("bank_transfer", 30_000),
        ("cash_on_delivery", 80_000),
    ]
    none = await house.place(pay=None)
    assert none["payments"] == []
    exact = await house.place(payments=[{"method": "cheque", "amount": 130_000}])
    assert [payment["amount"] for payment in exact["payments"]] == [130_000]
