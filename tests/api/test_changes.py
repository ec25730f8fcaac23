"""Editing a placed order over HTTP: proposed, looked at, confirmed or discarded."""

from typing import Any
from uuid import uuid4

import pytest

from domain.access import Right
from tests.api.order_desk import (
    COURIER,
    MUG,
    TEA,
    Json,
    books,
    entries,
    levels,
    paid,
    program,
    refused,
    ship,
)
from tests.house import House

WHY = {"reason": "The customer rang."}


async def propose(house: House, order: Json, **body: Any) -> tuple[str, Json]:
    id = str(uuid4())
    answer = await house.do(order, "changes", id=id, **body)
    assert answer.status_code == 201, answer.text
    preview: Json = answer.json()
    return id, preview


@pytest.mark.requirement("R237", "R241")
async def test_a_preview_changes_nothing_and_confirming_does_what_it_said(house: House) -> None:
    order = await paid(house)
    before = await books(house, order)
    id, preview = await propose(
        house,
        order,
        set_quantities=[{"line": 1, "quantity": 1}],
        add_lines=[{"sku": "TEA", "quantity": 1}],
    )
    assert (preview["before"]["total"], preview["after"]["total"]) == (
        2 * MUG + COURIER,
        MUG + TEA + COURIER,
    )
    assert (preview["to_refund"], preview["to_collect"]) == (MUG - TEA, 0)
    assert preview["shortages"] == []
    seen, stock, _ = await books(house, order)
    assert (seen["lines"], stock) == (before[0]["lines"], before[1])
    assert seen["open_change"]["id"] == id
    assert await refused(house, order, "shipments") == "ChangeIsOpen"

    done = await house.do(order, f"changes/{id}/confirm", **WHY)
    assert done.json()["payment"] == "part_refunded"
    seen = await house.order(order["id"])
    assert (seen["total"], seen["refunded"]) == (MUG + TEA + COURIER, MUG - TEA)
    assert [(line["sku"], line["quantities"]["cancelled"]) for line in seen["lines"]] == [
        ("MUG", 1),
        ("TEA", 0),
    ]
    assert levels(house) == {"MUG": (100, 1), "TEA": (100, 1)}
    assert [entry.reason for entry in entries(house, order, "order.edited")] == [WHY["reason"]]
    after = await books(house, order)
    again = await house.do(order, f"changes/{id}/confirm", **WHY)
    assert again.json() == done.json()
    assert await books(house, order) == after


@pytest.mark.requirement("R238", "R239")
async def test_customer_address_and_delivery_are_edited(house: House) -> None:
    order = await house.place()
    address = {"country": "RU", "city": "Самара", "street": "Лесная 5"}
    id, preview = await propose(
        house,
        order,
        customer={"name": "Анна Петрова", "email": "", "phone": "+7 917 123-45-67"},
        address=address,
        shipping_method="pickup",
        comment="Ring twice.",
    )
    assert preview["after"]["shipping"] == 0
    await house.do(order, f"changes/{id}/confirm", **WHY)
    seen = await house.order(order["id"])
    assert (seen["customer_name"], seen["customer_email"], seen["customer_phone"]) == (
        "Анна Петрова",
        "",
        "+79171234567",
    )
    assert seen["address"] == {**address, "postcode": "", "point_code": ""}
    assert (seen["shipping_method"], seen["total"], seen["comment"]) == (
        "pickup",
        2 * MUG,
        "Ring twice.",
    )
    told = entries(house, order, "order.edited")[0].changes
    assert told["shipping_method"] == ["courier", "pickup"]
    assert told["customer_name"] == ["Anna Ivanova", "Анна Петрова"]


@pytest.mark.requirement("R240")
async def test_the_terms_of_payment_follow_the_edit(house: House) -> None:
    order = await paid(house)
    id, preview = await propose(house, order, set_quantities=[{"line": 1, "quantity": 3}])
    assert (preview["to_collect"], preview["to_refund"]) == (MUG, 0)
    done = await house.do(order, f"changes/{id}/confirm", **WHY)
    assert done.json()["payment"] == "part_paid"
    assert await refused(house, order, "shipments") == "NotPaidYet"
    added = await house.do(order, "payments", method="cash_on_delivery")
    assert added.status_code == 201
    payments = (await house.order(order["id"]))["payments"]
    assert sorted((each["method"], each["amount"]) for each in payments) == [
        ("bank_transfer", order["total"]),
        ("cash_on_delivery", MUG),
    ]
    await ship(house, order)


async def test_a_discarded_edit_is_gone(house: House) -> None:
    order, other = await house.place(), await house.place()
    id, _ = await propose(house, order, comment="x")
    assert await refused(house, order, "changes", comment="y") == "ChangeIsOpen"
    gone = await house.api.delete(f"/orders/{other['id']}/changes/{id}")
    assert (gone.status_code, gone.json()["code"]) == (404, "NotFound")
    gone = await house.api.delete(f"/orders/{order['id']}/changes/{id}")
    assert (gone.status_code, gone.content) == (204, b"")
    seen = await house.order(order["id"])
    assert (seen["open_change"], seen["comment"]) == (None, "")
    assert await refused(house, order, f"changes/{id}/confirm", **WHY) == "ChangeNotOpen"


async def test_edits_that_cannot_be(house: House) -> None:
    order = await paid(house)
    await ship(house, order, lines=[{"line": 1, "quantity": 1}])
    cases: list[tuple[str, Json]] = [
        ("AlreadyShipped", {"set_quantities": [{"line": 1, "quantity": 0}]}),
        ("LineNotOnOrder", {"set_quantities": [{"line": 5, "quantity": 1}]}),
        ("LineNotOnOrder", {"set_quantities": [{"line": 1, "quantity": 3}] * 2}),
        ("NothingToChange", {}),
        ("UnknownSku", {"add_lines": [{"sku": "NONE", "quantity": 1}]}),
        ("NoSuchShippingMethod", {"shipping_method": "rocket"}),
    ]
    for code, body in cases:
        assert await refused(house, order, "changes", **body) == code, body
    for wrong in ({"email": "no address"}, {"phone": "12"}, {"name": ""}, {"language": "de"}):
        answer = await house.do(order, "changes", customer=wrong)
        assert answer.status_code == 422, answer.text
    dear = [{"sku": "HELP", "quantity": 1_000_000, "unit_price": 10**12}]
    assert await refused(house, order, "changes", add_lines=dear) == "TotalTooHigh"

    id, preview = await propose(house, order, set_quantities=[{"line": 1, "quantity": 500}])
    assert preview["shortages"] == [{"sku": "MUG", "missing": 400, "may_backorder": False}]
    assert await refused(house, order, f"changes/{id}/confirm", **WHY) == "OutOfStock"


async def test_prices_in_an_edit_need_their_right(house: House) -> None:
    order = await house.place()
    editor = program(house, Right.ORDER_EDIT, Right.ORDER_READ)
    body = {"add_lines": [{"sku": "TEA", "quantity": 1, "unit_price": 5}]}
    answer = await editor.post(f"/orders/{order['id']}/changes", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")
    _, preview = await propose(house, order, **body)
    assert preview["after"]["total"] == order["total"] + 5
