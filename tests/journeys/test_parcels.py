"""Parcels and messages beyond the happy path: quotes, labels, an SMS that never arrived."""

import pytest

from db.tables.notices import Notice
from domain.notices import NoticeState
from domain.webhooks import twilio_signature
from local.simulators import credentials
from tests.house import House, order_body


@pytest.mark.requirement("R81", "R82", "R83")
async def test_a_basket_is_priced_before_it_is_ordered(house: House) -> None:
    answer = await house.storefront.post("/orders/preview", json=order_body(shipping="cdek"))
    assert answer.json() == {
        "lines": [{"line": 1, "sku": "MUG", "unit_price": 50_000, "gross": 100_000}],
        "currency": "RUB",
        "goods": 100_000,
        "shipping": 35_000,
        "tax": 22_500,
        "total": 135_000,
    }
    assert (await house.api.get("/orders")).json()["rows"] == []


@pytest.mark.requirement("R89")
async def test_the_carrier_says_what_it_would_cost_and_prints_its_label(house: House) -> None:
    order = await house.place(shipping="cdek")
    quotes = (await house.api.get(f"/orders/{order['id']}/quotes")).json()
    assert "137" in [quote["service"] for quote in quotes]
    prices = [quote["price"] for quote in quotes]
    assert prices == sorted(prices)
    assert {quote["currency"] for quote in quotes} == {"RUB"}

    assert (await house.do(order, "shipments")).status_code == 201
    shipment = (await house.order(order["id"]))["shipments"][0]
    label = await house.api.get(f"/orders/{order['id']}/shipments/{shipment['id']}/label")
    assert label.headers["content-type"] == "application/pdf"
    assert label.content.startswith(b"%PDF-")
    await house.api.get(f"/orders/{order['id']}/shipments/{shipment['id']}/label")
    assert len(house.simulators.calls("cdek", "POST */print/barcodes")) == 1


async def test_an_sms_that_did_not_arrive_is_shown_as_failed(house: House) -> None:
    await house.place()
    sent = (Notice.channel == "sms") & (Notice.state == NoticeState.SENT)
    await house.until(lambda: house.count(Notice, sent))
    with house.db.transaction() as tx:
        reference = tx.query(Notice.reference).filter(sent).limit(1).scalar()
    form = {"MessageSid": str(reference), "MessageStatus": "undelivered", "ErrorCode": "30003"}
    callback = "http://127.0.0.1:8000/api/webhooks/twilio"
    signature = twilio_signature(credentials.TWILIO_AUTH_TOKEN, callback, form)

    forged = await house.api.post("/webhooks/twilio", data=form)
    assert forged.status_code == 404
    signed = {"X-Twilio-Signature": signature}
    told = await house.api.post("/webhooks/twilio", data=form, headers=signed)
    assert told.status_code == 200
    failed = (Notice.reference == reference) & (Notice.state == NoticeState.FAILED)
    assert house.count(Notice, failed) == 1
