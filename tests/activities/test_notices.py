"""Telling people about an order: who hears what, in which words."""

from uuid import uuid4

import pytest

from activities.notices import NoticeActivities, Sender
from db import notice_settings
from db.engine import Database
from db.notices import WaitingNotice
from db.tables.changes import Cancellation
from db.tables.shop import Setting
from db.tables.staff import StaffMember
from domain.notices import (
    Audience,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    NoticeText,
)
from tests.fakes import FakeMailbox, FakeSms
from tests.notice_shop import ADA, ADAS_PHONE, SAM, SAMS_PHONE, NoticePost, NoticeShop, member

PLACED, SHIPPED = NoticeEvent.ORDER_PLACED, NoticeEvent.ORDER_SHIPPED
TO_ADA = {("email", ADA), ("sms", ADAS_PHONE)}


@pytest.fixture
def shop(db: Database) -> NoticeShop:
    return NoticeShop(db)


@pytest.fixture
def post(db: Database) -> NoticePost:
    email, sms = FakeMailbox(), FakeSms()
    return NoticePost(db, email, sms, NoticeActivities(db, email, sms))


@pytest.mark.requirement("R23", "R24", "R25", "R26", "R294")
def test_a_new_order_alerts_the_customer_and_everybody_who_may_see_it(
    shop: NoticeShop, post: NoticePost
) -> None:
    shop.employ(member(3, "Head office", email="head@example.org"), "Salesperson")
    shop.employ(member(4, "Other branch", email="other@example.org"), branch=2)
    shop.employ(member(5, "Translator", email="words@example.org"), "Translator")
    shop.employ(member(6, "Has left", email="left@example.org", is_active=False), branch=1)
    shop.add(member(7, "In no group", email="odd@example.org"))
    placed = shop.announcement(PLACED)

    post.send(placed)

    assert shop.told(placed.change_id) == TO_ADA | {
        ("email", SAM),
        ("sms", SAMS_PHONE),
        ("in_app", "staff:1"),
        ("in_app", "staff:2"),
        ("in_app", "staff:3"),
        ("email", "head@example.org"),
    }
    assert {notice.state for notice in shop.notices(placed.change_id)} == {"sent"}
    assert [email.to for email in post.email.sent] == [ADA, "head@example.org", SAM]
    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]


@pytest.mark.requirement("R251", "R252", "R298", "R324")
@pytest.mark.parametrize("event", [e for e in NoticeEvent if e is not PLACED])
def test_every_change_is_told_to_the_customer_and_the_responsible_person(
    shop: NoticeShop, post: NoticePost, event: NoticeEvent
) -> None:
    post.switch(event, on=True)
    announcement = shop.announcement(event)

    post.send(announcement)

    to_sam = {("email", SAM), ("sms", SAMS_PHONE), ("in_app", "staff:1")}
    to_ada = set() if event is NoticeEvent.ATTENTION_NEEDED else TO_ADA
    assert shop.told(announcement.change_id) == to_sam | to_ada


def test_each_person_reads_it_in_their_language(shop: NoticeShop, post: NoticePost) -> None:
    placed = shop.announcement(PLACED)
    post.send(placed)
    to_ada, to_sam = post.email.sent

    assert to_ada.subject == "Merci pour votre commande 100001"
    assert to_ada.text == (
        "Bonjour Ada Martin,\n\nMerci ! Nous avons bien reçu votre commande 100001 :\n\n"
        "3 × Mug 1\n\nTotal : 1\u00a0234,50\u00a0€\n\n"
        "Nous vous écrirons dès qu’elle sera en route.\n\nBien à vous,\nBlue Door"
    )
    assert to_ada.html is not None
    assert to_ada.html.startswith('<!DOCTYPE html><html lang="fr">')
    assert "Bonjour Ada Martin,</p>" in to_ada.html
    assert to_sam.subject == "New order 100001 for €1,234.50"
    assert "Responsible: Sam Petrov" in to_sam.text
    assert [sms.text for sms in post.sms.sent] == [
        "Blue Door : merci ! Votre commande 100001 de 1 234,50 € est bien enregistrée.",
        "New order 100001 for €1,234.50.",
    ]
    shown = {n.recipient: (n.language, n.subject, n.body) for n in shop.notices(placed.change_id)}
    assert shown["staff:2"] == (
        "ru",
        "Новый заказ 100001 на сумму 1\u00a0234,50\u00a0€",
        "Новый заказ 100001 на сумму 1\u00a0234,50\u00a0€.",
    )


def test_the_text_leaves_out_what_is_not_known(shop: NoticeShop, post: NoticePost) -> None:
    shop.add(Setting(name="shop", value={"name": "The Mug House"}))
    shop.edit_order(language="en")
    post.send(shop.announcement(SHIPPED))
    [email] = [email for email in post.email.sent if email.to == ADA]
    assert email.text == (
        "Hello Ada Martin,\n\nGood news: we have sent a parcel of your order 100001.\n\n"
        "Warm regards,\nThe Mug House"
    )
    assert post.sms.sent[0].text == "The Mug House: your order 100001 is on its way."


def test_the_tracking_number_is_that_of_the_newest_parcel(
    shop: NoticeShop, post: NoticePost
) -> None:
    shop.add_shipment(1, "shipped", "OLD")
    shop.add_shipment(2, "shipped", "NEW")
    shop.add_shipment(3, "preparing", "NOT YET")
    post.send(shop.announcement(SHIPPED))
    assert post.sms.sent[0].text.endswith("\nSuivi : NEW")


def test_reasons_reach_staff_and_never_the_customer(shop: NoticeShop, post: NoticePost) -> None:
    shop.edit_order(hold_reason="looks like a fraud", attention="book_parcel")
    shop.add(_cancellation(shop, "out of stock"))
    for event in (
        NoticeEvent.ORDER_HELD,
        NoticeEvent.ORDER_CANCELLED,
        NoticeEvent.ATTENTION_NEEDED,
    ):
        post.switch(event, on=True, channel="email")
        post.send(shop.announcement(event))

    to_sam = [email.text for email in post.email.sent if email.to == SAM]
    assert "Reason: looks like a fraud\n" in to_sam[0]
    assert "Reason: out of stock\n" in to_sam[1]
    assert "What to look at: the parcel could not be booked\n" in to_sam[2]
    to_ada = "".join(email.text for email in post.email.sent if email.to == ADA)
    assert "fraud" not in to_ada
    assert "out of stock" not in to_ada


def test_nobody_responsible_means_everybody_hears_of_it(shop: NoticeShop, post: NoticePost) -> None:
    shop.edit(StaffMember, 1, is_active=False)
    needed = shop.announcement(NoticeEvent.ATTENTION_NEEDED)
    post.send(needed)
    assert shop.told(needed.change_id) == {("in_app", "staff:2")}


def test_a_change_the_customer_need_not_know_of_is_told_to_staff_only(
    shop: NoticeShop, post: NoticePost
) -> None:
    cancelled = shop.announcement(NoticeEvent.ORDER_CANCELLED, tell_customer=False)
    post.send(cancelled)
    assert shop.told(cancelled.change_id) == {("email", SAM), ("in_app", "staff:1")}


@pytest.mark.requirement("R50")
def test_a_notice_switched_off_is_not_sent(shop: NoticeShop, post: NoticePost) -> None:
    post.switch(SHIPPED, on=False, audience="customer", channel="sms")
    post.switch(SHIPPED, on=True, audience="staff", channel="email")
    shipped = shop.announcement(SHIPPED)
    post.send(shipped)
    assert shop.told(shipped.change_id) == {
        ("email", ADA),
        ("email", SAM),
        ("in_app", "staff:1"),
    }


def test_the_shops_own_text_is_used(shop: NoticeShop, post: NoticePost, db: Database) -> None:
    kind = NoticeKind(SHIPPED, Audience.CUSTOMER, NoticeChannel.EMAIL)
    with db.transaction() as tx:
        own = NoticeText("C’est parti : $order_number", "Salut $customer_name <3")
        notice_settings.set_template(tx, kind, "fr", own, by="staff:1")
    post.send(shop.announcement(SHIPPED))
    assert post.email.sent[0].subject == "C’est parti : 100001"
    assert post.email.sent[0].text == "Salut Ada Martin <3"
    assert "Salut Ada Martin &lt;3</p>" in (post.email.sent[0].html or "")


@pytest.mark.requirement("R26")
def test_a_channel_can_be_put_in_place_of_a_built_in_one(
    shop: NoticeShop, post: NoticePost, db: Database
) -> None:
    pigeons: list[tuple[str, str]] = []

    def send(notice: WaitingNotice) -> str:
        pigeons.append((notice.to, notice.text.body))
        return "pigeon-1"

    activities = NoticeActivities(db, post.email, post.sms, {NoticeChannel.SMS: Sender(send)})
    NoticePost(db, post.email, post.sms, activities).send(shop.announcement(PLACED))
    assert pigeons[1] == (SAMS_PHONE, "New order 100001 for €1,234.50.")
    assert post.sms.sent == []


def _cancellation(shop: NoticeShop, reason: str) -> Cancellation:
    return Cancellation(
        id=uuid4(),
        order_id=shop.order_id,
        lines=[],
        restock=True,
        refund=True,
        notify=True,
        reason=reason,
        actor="staff:1",
    )
