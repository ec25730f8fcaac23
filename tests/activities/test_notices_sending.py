"""Sending notices: each once, whatever the providers and the workers do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import update

from activities.notices import NoticeActivities, Sender
from db import announcements
from db import notices as notices_db
from db.engine import Database
from db.notices import WaitingNotice
from db.tables.notices import Notice
from domain.notices import (
    NoticeChannel,
    NoticeEvent,
)
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from tests.fakes import FakeMailbox, FakeSms
from tests.notice_shop import ADA, ADAS_PHONE, SAM, SAMS_PHONE, NoticePost, NoticeShop

PLACED, SHIPPED = NoticeEvent.ORDER_PLACED, NoticeEvent.ORDER_SHIPPED
TO_ADA = {("email", ADA), ("sms", ADAS_PHONE)}


@pytest.fixture
def shop(db: Database) -> NoticeShop:
    return NoticeShop(db)


@pytest.fixture
def post(db: Database) -> NoticePost:
    email, sms = FakeMailbox(), FakeSms()
    return NoticePost(db, email, sms, NoticeActivities(db, email, sms))


def test_a_repeat_sends_nothing_again(shop: NoticeShop, post: NoticePost) -> None:
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
            notices_db.claim(tx, [placed])

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(prepare) for _ in range(8)]:
            done.result()
    assert len(shop.notices(placed.change_id)) == 6


def test_a_refusal_is_final_and_keeps_nobody_else_waiting(
    shop: NoticeShop, post: NoticePost
) -> None:
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
    shop: NoticeShop, post: NoticePost
) -> None:
    post.email.faults[ADA] = lambda: Unreachable(f"no answer for {ADA}", retry_after=30)
    placed = shop.announcement(PLACED)

    failure = post.send_in_vain(placed)

    assert str(failure) == "Notices not sent yet: 1 (Unreachable)."
    assert failure.__cause__ is None
    assert failure.pause == timedelta(seconds=30)
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
    shop: NoticeShop, post: NoticePost, errors: list[Exception], pause: float | None
) -> None:
    for address, error in zip([ADA, SAM], errors, strict=True):
        post.email.faults[address] = lambda error=error: error  # type: ignore[misc]
    failure = post.send_in_vain(shop.announcement(PLACED))
    assert failure.pause == (pause and timedelta(seconds=pause))
    assert SAM not in str(failure)
    assert len(post.sms.sent) == 2


def test_an_sms_whose_answer_was_lost_is_looked_up_before_anything_is_sent_again(
    shop: NoticeShop, post: NoticePost
) -> None:
    post.sms.lost_answers[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    assert str(post.send_in_vain(placed)) == "Notices not sent yet: 1 (OutcomeUnknown)."
    assert shop.states(placed.change_id)[ADAS_PHONE] == "unknown"

    post.send(placed)

    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]
    assert [sms.to for sms in post.sms.asked] == [ADAS_PHONE]
    found = next(n for n in shop.notices(placed.change_id) if n.recipient == ADAS_PHONE)
    assert (found.state, found.reference) == ("sent", "SM1")


def test_an_sms_that_was_lost_on_its_way_is_sent_after_asking(
    shop: NoticeShop, post: NoticePost
) -> None:
    post.sms.faults[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)
    post.sms.faults.clear()
    post.send(placed)
    assert [sms.to for sms in post.sms.asked] == [ADAS_PHONE]
    assert [sms.to for sms in post.sms.sent] == [SAMS_PHONE, ADAS_PHONE]
    assert shop.states(placed.change_id)[ADAS_PHONE] == "sent"


def test_an_sms_stays_unknown_while_nobody_can_be_asked(
    shop: NoticeShop, post: NoticePost, db: Database
) -> None:
    post.sms.lost_answers[ADAS_PHONE] = lambda: OutcomeUnknown("cut off")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)

    def nobody(notice: WaitingNotice) -> str | None:
        raise Unreachable("down")

    mute = Sender(lambda notice: "", nobody)
    activities = NoticeActivities(db, post.email, post.sms, {NoticeChannel.SMS: mute})
    failure = NoticePost(db, post.email, post.sms, activities).send_in_vain(placed)

    assert str(failure) == "Notices not sent yet: 1 (Unreachable)."
    assert shop.states(placed.change_id)[ADAS_PHONE] == "unknown"


def test_a_worker_that_died_between_sending_and_noting_it_sends_no_second_sms(
    shop: NoticeShop, post: NoticePost
) -> None:
    post.sms.lost_answers[ADAS_PHONE] = lambda: KeyError("the worker is gone")
    placed = shop.announcement(PLACED)
    assert str(post.send_in_vain(placed)) == "Notices not sent yet: 1 (KeyError)."
    post.send(placed)
    assert [sms.to for sms in post.sms.sent] == [ADAS_PHONE, SAMS_PHONE]
    assert set(shop.states(placed.change_id).values()) == {"sent"}


def test_an_email_whose_answer_was_lost_is_sent_again_under_the_same_id(
    shop: NoticeShop, post: NoticePost
) -> None:
    post.email.faults[ADA] = lambda: OutcomeUnknown("cut off after DATA")
    placed = shop.announcement(PLACED)
    post.send_in_vain(placed)
    post.email.faults.clear()
    post.send(placed)
    again = next(email for email in post.email.sent if email.to == ADA)
    told = next(n for n in shop.notices(placed.change_id) if n.recipient == ADA)
    assert (again.notice_id, told.state) == (told.id, "sent")


def test_news_that_is_a_day_old_is_given_up(
    shop: NoticeShop, post: NoticePost, db: Database
) -> None:
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
    assert given_up.fail_reason == "Given up after 23:00:00: down"


def test_no_provider_is_called_inside_a_transaction(
    shop: NoticeShop, post: NoticePost, db: Database
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
    NoticePost(db, post.email, post.sms, activities).send(shop.announcement(PLACED))
    assert seen == [0] * 4


def test_news_is_told_by_one_worker_until_its_lease_ends(shop: NoticeShop, db: Database) -> None:
    placed = shop.announcement(PLACED)
    with db.transaction() as tx:
        announcements.add(tx, placed)
        announcements.add(tx, placed)
    minute = timedelta(minutes=1)
    with db.transaction() as tx:
        assert [due.news for due in announcements.take_due(tx, 10, minute)] == [placed]
    with db.transaction() as tx:
        assert announcements.take_due(tx, 10, minute) == []
        announcements.postpone(tx, placed.change_id, timedelta(0))
    with db.transaction() as tx:
        assert [due.attempts for due in announcements.take_due(tx, 10, minute)] == [2]


def test_news_told_to_all_is_not_due_any_more(
    shop: NoticeShop, post: NoticePost, db: Database
) -> None:
    placed = shop.announcement(PLACED)
    with db.transaction() as tx:
        announcements.add(tx, placed)
    post.send(placed)
    with db.transaction() as tx:
        assert announcements.take_due(tx, 10, timedelta(0)) == []
