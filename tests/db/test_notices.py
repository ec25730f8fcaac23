"""Settings of notices and the inbox of a staff member."""

from uuid import UUID

import pytest
from sqlalchemy import select

from db import notice_inbox, notice_settings
from db import notices as notices_db
from db.engine import Database
from db.notice_inbox import InboxNotice
from db.tables.history import HistoryEntry
from db.tables.notices import NoticeTemplate
from db.tables.orders import Order
from domain.money import Money
from domain.notice_texts.amounts import written
from domain.notices import Audience, NoticeChannel, NoticeEvent, NoticeKind, NoticeText
from tests.notice_shop import NoticeShop, member

KIND = NoticeKind(NoticeEvent.ORDER_SHIPPED, Audience.CUSTOMER, NoticeChannel.SMS)
FIRST, SECOND = NoticeText("", "Parcel $tracking"), NoticeText("", "Your parcel: $tracking")


def history_of(db: Database, subject: str) -> list[tuple[str, str, str, dict[str, object]]]:
    with db.transaction() as tx:
        rows = tx.scalars(
            select(HistoryEntry).where(HistoryEntry.subject == subject).order_by(HistoryEntry.id)
        )
        return [(row.actor, row.subject_id, row.action, row.changes) for row in rows]


@pytest.mark.requirement("R50")
def test_a_switch_is_kept_and_its_changes_are_on_record(db: Database) -> None:
    for enabled in (True, False, False, True):
        with db.transaction() as tx:
            notice_settings.set_rule(tx, KIND, enabled, by="staff:1")
    with db.transaction() as tx:
        assert notice_settings.list_rules(tx) == {KIND: True}
        assert notice_settings.list_rules(tx, NoticeEvent.ORDER_PAID) == {}
    entry = ("staff:1", "order_shipped/customer/sms", "notice_rule.changed")
    assert history_of(db, "notice_rule") == [
        (*entry, {"enabled": [True, False]}),
        (*entry, {"enabled": [False, True]}),
    ]


def test_a_text_of_the_shops_own_is_kept_changed_and_removed(db: Database) -> None:
    with db.transaction() as tx:
        notice_settings.set_template(tx, KIND, "fr", FIRST, by="staff:1")
    for _ in range(2):
        with db.transaction() as tx:
            notice_settings.set_template(tx, KIND, "fr", SECOND, by="staff:2")
    with db.transaction() as tx:
        assert notice_settings.find_template(tx, KIND, "fr") == SECOND
        assert notice_settings.find_template(tx, KIND, "en") is None
        assert notice_settings.list_templates(tx, KIND.event) == {KIND: {"fr": SECOND}}
        assert notice_settings.remove_template(tx, KIND, "fr", by="staff:3") is True
    with db.transaction() as tx:
        assert notice_settings.remove_template(tx, KIND, "fr", by="staff:3") is False
        assert tx.scalars(select(NoticeTemplate)).all() == []
    entry = "order_shipped/customer/sms/fr"
    assert history_of(db, "notice_template") == [
        (
            "staff:1",
            entry,
            "notice_template.changed",
            {"subject": [None, ""], "body": [None, FIRST.body]},
        ),
        ("staff:2", entry, "notice_template.changed", {"body": [FIRST.body, SECOND.body]}),
        (
            "staff:3",
            entry,
            "notice_template.removed",
            {"subject": ["", None], "body": [SECOND.body, None]},
        ),
    ]


@pytest.fixture
def shop(db: Database) -> NoticeShop:
    return NoticeShop(db)


def inbox(db: Database, staff_id: int, page: int) -> list[InboxNotice]:
    """Page by page to the end."""
    found: list[InboxNotice] = []
    with db.transaction() as tx:
        while rows := notice_inbox.list_inbox(
            tx, staff_id, found[-1].place if found else None, page
        ):
            found += rows
    return found


@pytest.mark.requirement("R324")
def test_the_inbox_shows_unread_notices_first_and_newer_ones_before_older_ones(
    db: Database, shop: NoticeShop
) -> None:
    events = [NoticeEvent.ORDER_PAID, NoticeEvent.ORDER_SHIPPED, NoticeEvent.ORDER_DELIVERED]
    ids: dict[str, UUID] = {}
    for event in events:
        news = shop.announcement(event)
        with db.transaction() as tx:
            notices_db.claim(tx, [news])
        ids[event] = next(n.id for n in shop.notices(news.change_id) if n.channel == "in_app")
    with db.transaction() as tx:
        assert notice_inbox.count_unread(tx, 1) == 3
        assert notice_inbox.mark_read(tx, ids["order_shipped"], staff_id=1) is True
    with db.transaction() as tx:
        assert notice_inbox.mark_read(tx, ids["order_paid"], staff_id=2) is False
        assert notice_inbox.count_unread(tx, 1) == 2

    for page in (1, 2, 50):
        assert [(row.event, row.read_at is None) for row in inbox(db, 1, page)] == [
            ("order_delivered", True),
            ("order_paid", True),
            ("order_shipped", False),
        ]
    assert inbox(db, 2, 50) == []
    first = inbox(db, 1, 1)[0]
    assert (first.order_id, first.order_number) == (shop.order_id, 100001)
    assert (first.subject, first.body) == (
        "Order 100001 has been delivered",
        "A parcel of order 100001 has been delivered.",
    )


def test_the_first_reading_counts(db: Database, shop: NoticeShop) -> None:
    news = shop.announcement(NoticeEvent.ORDER_PAID)
    with db.transaction() as tx:
        notices_db.claim(tx, [news])
    notice = next(n for n in shop.notices(news.change_id) if n.channel == "in_app")
    read: list[object] = []
    for _ in range(2):
        with db.transaction() as tx:
            notice_inbox.mark_read(tx, notice.id, staff_id=1)
        read += [row.read_at for row in inbox(db, 1, 50)]
    assert read[0] is not None
    assert read[0] == read[1]


@pytest.mark.requirement("R10")
def test_a_notice_leaves_out_what_its_reader_may_not_see(db: Database, shop: NoticeShop) -> None:
    shop.employ(member(3, "Lena"), "Logistician", branch=1)
    shop.edit_order(responsible_id=None)
    news = shop.announcement(NoticeEvent.ORDER_PLACED)
    with db.transaction() as tx:
        notices_db.claim(tx, [news])
        total = written(Money(tx.get_one(Order, shop.order_id).total, "EUR"), "en")
    bodies = {
        notice.staff_id: notice.body
        for notice in shop.notices(news.change_id)
        if notice.channel == "in_app"
    }
    assert total in bodies[1]
    assert total not in bodies[3]
    assert bodies[3] == "New order 100001 for —."
