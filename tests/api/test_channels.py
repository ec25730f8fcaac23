"""Where orders can be placed by hand, and what is on sale there: by channel, branch and right."""

import pytest

from domain.access import Grants, Reach, Right
from tests.api.order_desk import add_goods, open_branch, set_channel, staff
from tests.factories import add_key
from tests.house import House, order_body

PLACED = {"Idempotency-Key": "k"}


async def test_a_channel_tells_its_terms(house: House) -> None:
    set_channel(house, payment_methods=["card"], shipping_methods=["pickup", "gone", "courier"])
    answer = await house.api.get("/channels")
    assert answer.json() == [
        {
            "code": "web",
            "name": "Web shop",
            "kind": "storefront",
            "currency": "RUB",
            "country": "RU",
            "payment_methods": ["card"],
            "shipping_methods": [
                {"code": "pickup", "name": "Pickup"},
                {"code": "courier", "name": "Courier"},
            ],
        }
    ]


async def test_what_is_on_sale_is_found_with_its_price_and_what_is_left(house: House) -> None:
    await house.place(lines=[{"sku": "MUG", "quantity": 3}])
    found = (await house.api.get("/channels/web/offer", params={"q": "mug"})).json()
    assert found == [
        {
            "sku": "MUG",
            "name": "Mug",
            "unit_price": 50_000,
            "currency": "RUB",
            "is_service": False,
            "may_backorder": False,
            "available": 97,
        }
    ]
    asked = {"sku": ["TEA", "NONE", "MUG", "TEA"]}
    named = (await house.api.get("/channels/web/offer", params=asked)).json()
    assert [row["sku"] for row in named] == ["TEA", "MUG"]


@pytest.mark.requirement("R10", "R326")
async def test_a_right_to_own_branches_reaches_their_channels_alone(house: House) -> None:
    open_branch(house, "far")
    assert len((await house.api.get("/channels")).json()) == 2
    cashier = staff(house, "cashier", "Cashier", house.shop.branch_id)
    assert [row["code"] for row in (await cashier.get("/channels")).json()] == ["web"]
    away = [
        await cashier.get("/channels/far/offer"),
        await cashier.post(
            "/orders",
            json={
                "channel": "far",
                "lines": [{"sku": "MUG", "quantity": 1}],
                "customer": {"name": "Vera"},
            },
            headers=PLACED,
        ),
    ]
    assert [(each.status_code, each.json()["code"]) for each in away] == [
        (409, "ChannelUnknown")
    ] * 2


async def test_what_is_hidden_is_not_offered_either(house: House) -> None:
    with house.db.transaction() as tx:
        blind = Grants({Right.ORDER_PLACE: Reach.ALL}, {})
        token = add_key(tx, "blind", blind)
    rows = (await house.speaking_as(token).get("/channels/web/offer", params={"q": "tea"})).json()
    assert [sorted(row) for row in rows] == [
        ["currency", "is_service", "may_backorder", "name", "sku"]
    ]


async def test_over_a_counter_no_address_is_asked(house: House) -> None:
    """A cashier may not set addresses; what is sold is taxed where the branch is."""
    cashier = staff(house, "cashier", "Cashier", house.shop.branch_id)
    lines = [{"sku": "MUG", "quantity": 1}]
    body = {"channel": "web", "lines": lines, "customer": {"name": "Vera"}}
    seen = (await cashier.post("/orders/preview", json=body)).json()
    assert (seen["total"], seen["tax"]) == (50_000, 8_333)
    assert seen["lines"] == [{"line": 1, "sku": "MUG", "unit_price": 50_000, "gross": 50_000}]
    placed = (await cashier.post("/orders", json=body, headers=PLACED)).json()
    assert (await house.order(placed["id"]))["address"] == {
        "country": "RU",
        "city": "Москва",
        "postcode": "",
        "street": "",
        "point_code": "",
    }
    set_channel(house, branch_id=None)
    nowhere = await house.api.post("/orders/preview", json=body)
    assert (nowhere.status_code, nowhere.json()["code"]) == (409, "AddressNeeded")


async def test_a_preview_waits_for_no_customer(house: House) -> None:
    add_goods(house, "CUP", 700)
    body = order_body(lines=[{"sku": "MUG", "quantity": 1}], channel="web")
    del body["customer"]
    assert (await house.api.post("/orders/preview", json=body)).json()["total"] == 80_000
    placed = await house.api.post("/orders", json=body, headers=PLACED)
    assert placed.status_code == 422
