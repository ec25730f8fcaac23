"""Orders from everywhere: the web shop, a point of sale, a marketplace, the telephone."""

import pytest

from tests.api.order_desk import deliver, open_branch, place_at, ship, staff
from tests.house import House

KINDS = ("point_of_sale", "marketplace", "phone")


@pytest.mark.requirement("R27", "R220", "R221", "R222", "R223", "R225", "R231", "R232")
async def test_orders_of_all_channels_stand_in_one_list_and_go_one_way(house: House) -> None:
    placed = {"storefront": await house.place()}
    for kind in KINDS:
        _, shop = open_branch(house, kind.replace("_", "-"), kind)
        placed[kind] = await place_at(shop, external_ref="17")
    rows = (await house.api.get("/orders")).json()["rows"]
    assert [row["channel"]["kind"] for row in rows] == [*reversed(KINDS), "storefront"]
    for kind, order in placed.items():
        found = (await house.api.get("/orders", params={"channel_kind": kind})).json()["rows"]
        assert [row["id"] for row in found] == [order["id"]]

        await deliver(house, order, await ship(house, order), collected=order["total"])
        await house.until_order(order["id"], status="completed", payment="paid")
        assert house.actions(order["id"])[0] == "order.placed"


@pytest.mark.requirement("R221", "R301", "R321", "R326")
async def test_a_point_of_sale_serves_its_own_orders_from_its_own_shelves(house: House) -> None:
    branch, shop = open_branch(house, "tver", "point_of_sale")
    order = await place_at(shop, lines=[{"sku": "MUG", "quantity": 10}])
    seen = await house.order(order["id"])
    assert seen["branch"]["name"] == "Tver"
    short = await shop.post(
        "/orders",
        json={
            "lines": [{"sku": "MUG", "quantity": 1}],
            "customer": {"name": "Ada"},
            "address": {"country": "RU"},
        },
        headers={"Idempotency-Key": "k"},
    )
    assert (short.status_code, short.json()["code"]) == (409, "OutOfStock")

    point = staff(house, "point", "Branch manager", branch)
    sent = await point.post(f"/orders/{order['number']}/shipments", json={})
    assert sent.status_code == 201
    far = staff(house, "far", "Branch manager", open_branch(house, "kazan")[0])
    assert (await far.get(f"/orders/{order['number']}")).status_code == 404


@pytest.mark.requirement("R222", "R230", "R236")
async def test_a_marketplace_sends_its_order_twice_and_reads_how_it_stands(house: House) -> None:
    _, market = open_branch(house, "market", "marketplace")
    order = await place_at(market, "msg-1", external_ref="M-1")
    again = await place_at(market, "msg-1", external_ref="M-1")
    assert again == order
    _, other = open_branch(house, "other", "marketplace")
    same_number = await place_at(other, external_ref="M-1")
    assert same_number["id"] != order["id"]

    await house.do(order, "hold", reason="A question.")
    assert (await market.get(f"/orders/{order['id']}")).json()["status"] == "on_hold"
    listed = (await market.get("/orders", params={"status": "on_hold"})).json()["rows"]
    assert [row["id"] for row in listed] == [order["id"]]
