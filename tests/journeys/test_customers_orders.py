"""Whose an order is: found by e-mail or named by id, and refused for the disabled."""

from typing import Any

import pytest
from sqlalchemy import select

from db.tables.customers import Customer
from db.tables.history import HistoryEntry
from db.tables.orders import Order
from tests.api.customer_desk import add_customer, customer
from tests.api.order_desk import staff
from tests.house import House

GUEST = {"name": "Guest"}


def owner_of(house: House, order: dict[str, Any]) -> int | None:
    with house.db.transaction() as tx:
        return tx.scalar(select(Order.customer_id).where(Order.id == order["id"]))


@pytest.mark.requirement("R14", "R17")
async def test_an_order_makes_its_customer_known(house: House) -> None:
    first = await house.place()
    again = await house.place(customer={"name": "A. I.", "email": "ANNA@example.org"})
    guest = await house.place(customer=GUEST)
    known = owner_of(house, first)
    assert known is not None
    assert (owner_of(house, again), owner_of(house, guest)) == (known, None)

    read = await customer(house.api, known)
    assert (read["name"], read["phone"]) == ("Anna Ivanova", "+79161234567")
    assert [address["city"] for address in read["addresses"]] == ["Казань"]
    assert read["branch"]["id"] == house.shop.branch_id
    assert [str(order["number"]) for order in read["latest_orders"]] == [
        again["number"],
        first["number"],
    ]
    listed = (await house.api.get("/orders", params={"customer_id": known})).json()["rows"]
    assert len(listed) == 2
    assert (await house.order(first["id"]))["customer_id"] == known
    with house.db.transaction() as tx:
        of_customers = select(HistoryEntry.action).where(HistoryEntry.subject == "customer")
        assert list(tx.scalars(of_customers)) == ["customer.created"]
    assert house.count(Customer) == 1


@pytest.mark.requirement("R67")
async def test_nothing_is_sold_to_a_disabled_customer(house: House) -> None:
    known = owner_of(house, await house.place())
    await house.api.post(f"/customers/{known}/disable", json={"reason": "never pays"})
    for _ in range(2):
        refused = await house.try_to_place("k")
        assert (refused.status_code, refused.json()["code"]) == (409, "CustomerDisabled")
    named = await house.try_to_place(customer=GUEST)
    assert named.status_code == 201
    assert house.count(Order) == 2
    await house.api.post(f"/customers/{known}/enable")
    assert (await house.try_to_place()).status_code == 201


@pytest.mark.requirement("R65")
async def test_staff_name_the_customer_by_id(house: House) -> None:
    ann = await add_customer(house.api, name="Ann", branch_id=house.shop.branch_id)
    theirs = await add_customer(house.api, name="Somebody")
    seller = staff(house, "sam", "Salesperson", house.shop.branch_id)

    async def place(client: Any, customer_id: int) -> Any:
        body = {
            "channel": "web",
            "lines": [{"sku": "MUG", "quantity": 1}],
            "customer": {"id": customer_id, "name": "Ann"},
            "address": {"country": "RU"},
        }
        key = {"Idempotency-Key": f"{customer_id}"}
        return await client.post("/orders", json=body, headers=key)

    placed = await place(seller, ann)
    assert placed.status_code == 201, placed.text
    assert owner_of(house, placed.json()) == ann
    for client, customer_id, status, code in (
        (seller, theirs, 409, "CustomerUnknown"),
        (house.api, 404, 409, "CustomerUnknown"),
        (house.storefront, ann, 403, "Forbidden"),
    ):
        refused = await place(client, customer_id)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
