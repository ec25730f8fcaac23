"""Telling people about an order: who hears what, once, whatever the providers do."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import update
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.notices import NoticeActivities, Sender
from db import notice_settings
from db import notices as notices_db
from db.engine import Database
from db.notices import WaitingNotice
from db.tables.changes import Cancellation
from db.tables.notices import Notice
from db.tables.shop import Setting
from db.tables.staff import StaffMember
from domain.notices import (
    KINDS,
    Announcement,
    Audience,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    NoticeText,
)
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from tests.fakes import FakeMailbox, FakeSms
from tests.notice_shop import ADA, ADAS_PHONE, SAM, SAMS_PHONE, NoticeShop, member

PLACED, SHIPPED = NoticeEvent.ORDER_PLACED, NoticeEvent.ORDER_SHIPPED
TO_ADA = {("email", ADA), ("sms", ADAS_PHONE)}


@dataclass
class Post:
    """The activity with its providers at hand."""

    db: Database
    email: FakeMailbox
    sms: FakeSms
    activities: NoticeActivities

    def send(self, announcement: Announcement) -> None:
        ActivityEnvironment().run(self.activities.send_notices, announcement)

    def send_in_vain(self, announcement: Announcement) -> ApplicationError:
        with pytest.raises(ApplicationError) as failure:
            self.send(announcement)
        return failure.value

    def switch(self, event: NoticeEvent, *, on: bool, **only: str) -> None:
        with self.db.transaction() as tx:
            for kind in KINDS:
                if kind.event == event and only.items() <= vars(kind).items():
                    notice_settings.set_rule(tx, kind, on, by="staff:1")


@pytest.fixture
def shop(db: Database) -> NoticeShop:
    return NoticeShop(db)


@pytest.fixture
def post(db: Database) -> Post:
    email, sms = FakeMailbox(), FakeSms()
    return Post(db, email, sms, NoticeActivities(db, email, sms))


@pytest.mark.requirement("R23", "R24", "R25", "R26", "R294")
def test_a_new_order_alerts_the_customer_and_everybody_who_may_see_it(
    shop: NoticeShop, post: Post
) -> None:
    shop.add(
        member(3, "Head office", email="head@example.org"),
        member(4, "Other branch", email="other@example.org", branch_id=2),
        member(5, "Translator", email="words@example.org", profile="Translator"),
        member(6, "Has left", email="left@example.org", branch_id=1, is_active=False),
        member(7, "Unheard-of profile", email="odd@example.org", profile="Poet"),
    )
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
    shop: NoticeShop, post: Post, event: NoticeEvent
) -> None:
    post.switch(event, on=True)
    announcement = shop.announcement(event)

    post.send(announcement)

    to_sam = {("email", SAM), ("sms", SAMS_PHONE), ("in_app", "staff:1")}
    to_ada = set() if event is NoticeEvent.ATTENTION_NEEDED else TO_ADA
    assert shop.told(announcement.change_id) == to_sam | to_ada


def test_each_person_reads_it_in_their_language(shop: NoticeShop, post: Post) -> None:
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


def test_the_text_leaves_out_what_is_not_known(shop: NoticeShop, post: Post) -> None:
    shop.add(Setting(name="shop", value={"name": "The Mug House"}))
    shop.edit_order(language="en")
    post.send(shop.announcement(SHIPPED))
    [email] = [email for email in post.email.sent if email.to == ADA]
    assert email.text == (
        "Hello Ada Martin,\n\nGood news: we have sent a parcel of your order 100001.\n\n"
        "Warm regards,\nThe Mug House"
    )
    assert post.sms.sent[0].text == "The Mug House: your order 100001 is on its way."


def test_the_tracking_number_is_that_of_the_newest_parcel(shop: NoticeShop, post: Post) -> None:
    shop.add_shipment(1, "shipped", "OLD")
    shop.add_shipment(2, "shipped", "NEW")
    shop.add_shipment(3, "preparing", "NOT YET")
    post.send(shop.announcement(SHIPPED))
    assert post.sms.sent[0].text.endswith("\nSuivi : NEW")


def test_reasons_reach_staff_and_never_the_customer(shop: NoticeShop, post: Post) -> None:
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


def test_nobody_responsible_means_everybody_hears_of_it(shop: NoticeShop, post: Post) -> None:
    shop.edit(StaffMember, 1, is_active=False)
    needed = shop.announcement(NoticeEvent.ATTENTION_NEEDED)
    post.send(needed)
    assert shop.told(needed.change_id) == {("in_app", "staff:2")}


def test_a_change_the_customer_need_not_know_of_is_told_to_staff_only(
    shop: NoticeShop, post: Post
) -> None:
    cancelled = shop.announcement(NoticeEvent.ORDER_CANCELLED, tell_customer=False)
    post.send(cancelled)
    assert shop.told(cancelled.change_id) == {("email", SAM), ("in_app", "staff:1")}


@pytest.mark.requirement("R50")
def test_a_notice_switched_off_is_not_sent(shop: NoticeShop, post: Post) -> None:
    post.switch(SHIPPED, on=False, audience="customer", channel="sms")
    post.switch(SHIPPED, on=True, audience="staff", channel="email")
    shipped = shop.announcement(SHIPPED)
    post.send(shipped)
    assert shop.told(shipped.change_id) == {
        ("email", ADA),
        ("email", SAM),
        ("in_app", "staff:1"),
    }


def test_the_shops_own_text_is_used(shop: NoticeShop, post: Post, db: Database) -> None:
    kind = NoticeKind(SHIPPED, Audience.CUSTOMER, NoticeChannel.EMAIL)
    with db.transaction() as tx:
        own = NoticeText("C’est parti : $order_number", "Salut $customer_name <3")
        notice_settings.set_template(tx, kind, "fr", own, by="staff:1")
    post.send(shop.announcement(SHIPPED))
    assert post.email.sent[0].subject == "C’est parti : 100001"
    assert post.email.sent[0].text == "Salut Ada Martin <3"
    assert "Salut Ada Martin &lt;3</p>" in (post.email.sent[0].html or "")


def test_a_repeat_sends_nothing_again(shop: NoticeShop, post: Post) -> None:
    placed = shop.announcement(PLACED)
    post.send(placed)
    shop.edit_order(customer_email="new@example.org")
    post.switch(PLACED, on=False)
    post.send(placed)
    assert [email.to for email in post.email.sent] == [ADA, SAM]
    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]


def test_two_attempts_at_once_prepare_one_notice_for_each(shop: NoticeShop, db: Database) -> None:
    placed = shop.announcement(PLACED)

    def prepare() -> None:
        with db.transaction() as tx:
            notices_db.prepare(tx, placed)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(prepare) for _ in range(8)]:
            done.result()
    assert len(shop.notices(placed.change_id)) == 6


def test_an_attempt_given_up_for_dead_sends_nothing_its_successor_has_sent(
    shop: NoticeShop, post: Post, db: Database
) -> None:
    placed = shop.announcement(PLACED)
    asleep = iter([True])

    def send_late(notice: WaitingNotice) -> str:
        if next(asleep, False):
            post.send(placed)
        return "late"

    late = NoticeActivities(db, post.email, post.sms, {NoticeChannel.EMAIL: Sender(send_late)})
    failure = Post(db, post.email, post.sms, late).send_in_vain(placed)

    assert failure.message == "3 notices wait: OutcomeUnknown."
    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]
    assert set(shop.states(placed.change_id).values()) == {"sent"}


def test_a_refusal_is_final_and_keeps_nobody_else_waiting(shop: NoticeShop, post: Post) -> None:
    post.email.faults[ADA] = lambda: ProviderRefused("No such mailbox." + "x" * 400)
    placed = shop.announcement(PLACED)
    post.send(placed)
    post.email.faults.clear()
    post.send(placed)

    failed = next(n for n in shop.notices(placed.change_id) if n.recipient == ADA)
    assert (failed.state, failed.fail_reason) == ("failed", "No such mailbox." + "x" * 284)
    assert [email.to for email in post.email.sent] == [SAM]
    assert len(post.sms.sent) == 2


def test_an_unreachable_provider_is_asked_again_for_those_who_wait(
    shop: NoticeShop, post: Post
) -> None:
    post.email.faults[ADA] = lambda: Unreachable(f"no answer for {ADA}", retry_after=30)
    placed = shop.announcement(PLACED)

    failure = post.send_in_vain(placed)

    assert failure.message == "1 notices wait: Unreachable."
    assert failure.__cause__ is None
    assert failure.next_retry_delay == timedelta(seconds=30)
    assert not failure.non_retryable
    waiting = next(n for n in shop.notices(placed.change_id) if n.recipient == ADA)
    assert (waiting.state, waiting.fail_reason) == ("queued", f"no answer for {ADA}")
    assert [email.to for email in post.email.sent] == [SAM]

    post.email.faults.clear()
    post.send(placed)
    sent = next(n for n in shop.notices(placed.change_id) if n.recipient == ADA)
    assert (sent.state, sent.fail_reason) == ("sent", None)
    assert sent.reference == f"<{sent.id}@shop.example>"
    assert sent.sent_at is not None
    assert [email.to for email in post.email.sent] == [SAM, ADA]


@pytest.mark.parametrize(
    ("errors", "pause"),
    [
        ([Unreachable("busy", 30), Unreachable("busy", 90)], 30),
        ([Unreachable("busy", 1e9), CredentialsRejected("no key")], 900),
        ([Unreachable("busy", 1e9)] * 2, 3600),
        ([CredentialsRejected("no key"), Unreachable("down")], None),
        ([OutcomeUnknown("cut off"), Unreachable("busy", 30)], None),
        ([RuntimeError(SAM), Unreachable("busy", 30)], None),
    ],
)
def test_the_next_attempt_comes_when_the_first_of_them_may_work(
    shop: NoticeShop, post: Post, errors: list[Exception], pause: float | None
) -> None:
    for address, error in zip([ADA, SAM], errors, strict=True):
        post.email.faults[address] = lambda error=error: error  # type: ignore[misc]
    failure = post.send_in_vain(shop.announcement(PLACED))
    assert failure.next_retry_delay == (pause and timedelta(seconds=pause))
    assert SAM not in failure.message
    assert len(post.sms.sent) == 2


def test_an_sms_whose_answer_was_lost_is_looked_up_before_anything_is_sent_again(
    shop: NoticeShop, post: Post
) -> None:
    post.sms.lost_answers[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    assert post.send_in_vain(placed).message == "1 notices wait: OutcomeUnknown."
    assert shop.states(placed.change_id)[ADAS_PHONE] == "unknown"

    post.send(placed)

    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]
    assert [sms.to for sms in post.sms.asked] == [ADAS_PHONE]
    found = next(n for n in shop.notices(placed.change_id) if n.recipient == ADAS_PHONE)
    assert (found.state, found.reference) == ("sent", "SM1")


def test_an_sms_that_was_lost_on_its_way_is_sent_after_asking(shop: NoticeShop, post: Post) -> None:
    post.sms.faults[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)
    post.sms.faults.clear()
    post.send(placed)
    assert [sms.to for sms in post.sms.asked] == [ADAS_PHONE]
    assert [sms.to for sms in post.sms.sent] == [SAMS_PHONE, ADAS_PHONE]
    assert shop.states(placed.change_id)[ADAS_PHONE] == "sent"


def test_an_sms_stays_unknown_while_nobody_can_be_asked(
    shop: NoticeShop, post: Post, db: Database
) -> None:
    post.sms.lost_answers[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)

    def nobody(notice: WaitingNotice) -> str | None:
        raise Unreachable("down")

    mute = Sender(lambda notice: "", nobody)
    activities = NoticeActivities(db, post.email, post.sms, {NoticeChannel.SMS: mute})
    failure = Post(db, post.email, post.sms, activities).send_in_vain(placed)

    assert failure.message == "1 notices wait: Unreachable."
    assert shop.states(placed.change_id)[ADAS_PHONE] == "unknown"


def test_a_worker_that_died_between_sending_and_noting_it_sends_no_second_sms(
    shop: NoticeShop, post: Post
) -> None:
    post.sms.lost_answers[ADAS_PHONE] = lambda: KeyError("the worker is gone")
    placed = shop.announcement(PLACED)
    assert post.send_in_vain(placed).message == "1 notices wait: KeyError."
    post.send(placed)
    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]
    assert set(shop.states(placed.change_id).values()) == {"sent"}


def test_an_email_whose_answer_was_lost_is_sent_again_under_the_same_id(
    shop: NoticeShop, post: Post
) -> None:
    post.email.faults[ADA] = lambda: OutcomeUnknown("cut off after DATA")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)
    post.email.faults.clear()
    post.send(placed)
    again = next(email for email in post.email.sent if email.to == ADA)
    told = next(n for n in shop.notices(placed.change_id) if n.recipient == ADA)
    assert (again.notice_id, told.state) == (told.id, "sent")


def test_news_that_is_a_day_old_is_given_up(shop: NoticeShop, post: Post, db: Database) -> None:
    post.email.faults[ADA] = lambda: Unreachable("down")
    post.sms.faults[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)
    with db.transaction() as tx:
        tx.execute(update(Notice).values(created_at=datetime.now(UTC) - timedelta(hours=25)))

    post.send(placed)

    states = shop.states(placed.change_id)
    assert (states[ADA], states[ADAS_PHONE]) == ("failed", "unknown")
    given_up = next(n for n in shop.notices(placed.change_id) if n.recipient == ADA)
    assert given_up.fail_reason == "Given up after a day: down"


def test_no_provider_is_called_inside_a_transaction(
    shop: NoticeShop, post: Post, db: Database
) -> None:
    open_now: list[int] = []
    sql_event.listen(db.engine, "checkout", lambda *_: open_now.append(1))
    sql_event.listen(db.engine, "checkin", lambda *_: open_now.pop())
    seen: list[int] = []

    def send(notice: WaitingNotice) -> str:
        seen.append(len(open_now))
        return "reference"

    further = {channel: Sender(send) for channel in (NoticeChannel.EMAIL, NoticeChannel.SMS)}
    activities = NoticeActivities(db, post.email, post.sms, further)
    Post(db, post.email, post.sms, activities).send(shop.announcement(PLACED))
    assert seen == [0] * 4


@pytest.mark.requirement("R26")
def test_a_channel_can_be_put_in_place_of_a_built_in_one(
    shop: NoticeShop, post: Post, db: Database
) -> None:
    pigeons: list[tuple[str, str]] = []

    def send(notice: WaitingNotice) -> str:
        pigeons.append((notice.to, notice.text.body))
        return "pigeon-1"

    activities = NoticeActivities(db, post.email, post.sms, {NoticeChannel.SMS: Sender(send)})
    Post(db, post.email, post.sms, activities).send(shop.announcement(PLACED))
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
