"""Every change of an order is told to the customer and to staff, in their language, once each."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import select, update

from db import history
from db.tables.notices import Notice
from db.tables.staff import StaffMember
from tests.api.order_desk import Json, deliver, paid, refused, ship, staff, staff_id
from tests.house import House

ADA = {
    "name": "Ада",
    "email": "ada@example.org",
    "phone": "+79160000001",
    "language": "ru",
}


async def told(house: House, order: Json, event: str) -> list[tuple[str, str, str, str]]:
    """(audience, channel, recipient, language) of each notice of an event, when all are sent."""

    def look() -> list[Notice] | None:
        with house.db.transaction() as tx:
            of_event = (Notice.order_id == order["id"]) & (Notice.event == event)
            notices = list(tx.scalars(select(Notice).where(of_event)))
        done = notices and all(notice.state == "sent" for notice in notices)
        return notices if done else None

    notices = await house.until(look)
    return sorted((n.audience, n.channel, n.recipient, n.language) for n in notices)


def text_messages(house: House, number: str) -> list[str]:
    calls = house.simulators.calls("twilio", "POST */Messages.json")
    forms = [dict(parse_qsl(call["body"])) for call in calls]
    return [form["Body"] for form in forms if form["To"] == number]


def employ(house: House, **values: Any) -> None:
    with house.db.transaction() as tx:
        tx.execute(update(StaffMember).where(StaffMember.name == "Owner").values(**values))
        history.append(tx, history.Entry("test", 1, "staff.changed", "system"))


@pytest.mark.requirement("R23", "R24", "R25", "R26", "R148", "R294", "R298")
async def test_a_new_order_alerts_its_customer_and_staff_by_every_channel(house: House) -> None:
    employ(house, phone="+447700900123", language="fr")
    order = await house.place(customer=ADA)
    assert await told(house, order, "order_placed") == [
        ("customer", "email", "ada@example.org", "ru"),
        ("customer", "sms", "+79160000001", "ru"),
        ("staff", "email", "owner@shop.example", "fr"),
        ("staff", "in_app", f"staff:{await _owner(house)}", "fr"),
        ("staff", "sms", "+447700900123", "fr"),
    ]
    subjects = {mail.to: mail.subject for mail in house.mailbox.sent}
    assert subjects["ada@example.org"] == f"Спасибо за заказ {order['number']}"
    assert order["number"] in subjects["owner@shop.example"]
    written = [text for text in text_messages(house, ADA["phone"]) if order["number"] in text]
    assert len(written) == 1
    assert f"Заказ {order['number']}" in written[0]
    inbox = (await house.api.get("/notices")).json()
    assert [notice["event"] for notice in inbox["notices"]] == ["order_placed"]


@pytest.mark.requirement("R236", "R250", "R251", "R252", "R298")
async def test_each_change_of_status_is_told_to_both_sides(house: House) -> None:
    order = await paid(house, customer=ADA)
    await house.do(order, "hold", reason="A secret suspicion.")
    await house.do(order, "release")
    shipment = await ship(house, order, tracking_number="OWN-42")
    await told(house, order, "order_shipped")
    await deliver(house, order, shipment)
    refunded = await house.do(order, "refunds", reason="Late.", amount=1_000)
    assert refunded.status_code == 201

    events = ("placed", "paid", "held", "released", "shipped", "delivered", "refunded")
    for event in events:
        sides = {side for side, *_ in await told(house, order, f"order_{event}")}
        assert sides == {"customer", "staff"}, event
    mails = [mail for mail in house.mailbox.sent if mail.to == ADA["email"]]
    assert len(mails) == len(events)
    assert all(order["number"] in mail.subject for mail in mails)
    assert not any("secret suspicion" in mail.text for mail in mails)
    assert sum("OWN-42" in mail.text for mail in mails) == 1


async def test_a_cancellation_may_be_kept_from_the_customer(house: House) -> None:
    order = await house.place(customer=ADA)
    await house.do(order, "cancel", reason="A double.", notify=False)
    sides = {side for side, *_ in await told(house, order, "order_cancelled")}
    assert sides == {"staff"}


@pytest.mark.requirement("R50", "R251", "R252")
async def test_what_is_switched_off_is_silent(house: House) -> None:
    rules = [
        {"event": "order_held", "audience": audience, "channel": channel, "enabled": False}
        for audience, channel in (("customer", "email"), ("staff", "in_app"))
    ]
    switched = await house.api.put("/settings/notices", json={"rules": rules})
    assert switched.status_code == 200, switched.text
    order = await house.place(customer=ADA)
    await house.do(order, "hold", reason="x")
    await house.do(order, "release")
    await told(house, order, "order_released")
    assert house.count(Notice, Notice.event == "order_held") == 0


async def test_what_is_refused_is_told_to_nobody(house: House) -> None:
    order = await house.place(customer=ADA)
    await told(house, order, "order_placed")
    before = house.count(Notice)
    assert await refused(house, order, "release") == "NotInThisStatus"
    assert await refused(house, order, "refunds", reason="x", amount=1) == "NothingLeft"
    short = await house.try_to_place(lines=[{"sku": "MUG", "quantity": 1_000}])
    assert short.status_code == 409
    assert house.count(Notice) == before


async def test_the_responsible_person_hears_and_others_do_not(house: House) -> None:
    staff(house, "sam", "Salesperson")
    with house.db.transaction() as tx:
        sam = staff_id(tx, "sam")
    order = await house.place(customer=ADA)
    await house.do(order, "responsible", staff_id=sam)
    await house.do(order, "hold", reason="x")
    staff_told = [
        to for side, _, to, _ in await told(house, order, "order_held") if side == "staff"
    ]
    assert staff_told == [f"staff:{sam}"]


async def _owner(house: House) -> int:
    with house.db.transaction() as tx:
        return staff_id(tx, "owner")
