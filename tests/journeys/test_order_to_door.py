"""One order from the storefront to the door, with every kind of payment and carrier."""

import pytest

from db.tables.notices import Notice
from db.tables.orders import Order
from tests.house import House


@pytest.mark.requirement("R22", "R27", "R78", "R147", "R148", "R149", "R250")
async def test_cash_on_delivery_with_our_own_courier(house: House) -> None:
    placed = await house.place()
    assert placed["total"] == 2 * 50_000 + 30_000

    assert (await house.do(placed, "shipments")).json()["fulfilment"] == "fulfilled"
    shipped = await house.order(placed["id"])
    shipment = shipped["shipments"][0]
    delivered = await house.do(
        placed, f"shipments/{shipment['id']}/deliver", collected=placed["total"]
    )
    assert delivered.json()["fulfilment"] == "delivered"

    order = await house.until_order(placed["id"], status="completed")
    assert (order["payment"], order["fulfilment"]) == ("paid", "delivered")
    assert house.actions(placed["id"]) == [
        "order.placed",
        "order.shipment_prepared",
        "order.shipped",
        "order.parcel_delivered",
        "order.completed",
    ]
    assert house.count(Order) == 1


@pytest.mark.requirement("R28", "R71", "R72")
async def test_card_and_carrier(house: House) -> None:
    placed = await house.place(pay="card", shipping="cdek")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")

    assert (await house.do(placed, "shipments")).status_code == 201
    shipment = (await house.order(placed["id"]))["shipments"][0]
    house.simulators.lead(shipment["reference"], "deliver")
    order = await house.until_order(placed["id"], status="completed")

    assert order["shipments"][0]["tracking_number"]
    started = house.simulators.calls("yookassa", "POST */payments")
    ours = [call for call in started if call["body"]["metadata"]["order_id"] == placed["id"]]
    assert len(ours) == 1
    await house.until(lambda: house.count(Notice, Notice.event == "order_delivered"))
