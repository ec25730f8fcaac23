"""Notices: which are told to whom."""

from dataclasses import replace

import pytest

from domain.money import Money
from domain.notice_texts.facts import Facts
from domain.notices import (
    KINDS,
    Audience,
    NoSuchNotice,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    Recipient,
    is_on_by_default,
    kinds_to_tell,
)

BARE = Facts(100001, "Blue Door", "Ada Martin", Money(5000, "EUR"), Money(0, "EUR"), items=())
"""An order that knows nothing it need not know."""

CUSTOMER = Recipient(Audience.CUSTOMER, "Ada Martin", "ada@example.org", "+33612345678", "en")
STAFF = Recipient(Audience.STAFF, "Sam Petrov", "sam@example.org", "+447700900123", "en", 7)
READERS = {Audience.CUSTOMER: CUSTOMER, Audience.STAFF: STAFF}
TO_CUSTOMER = NoticeKind(NoticeEvent.ORDER_SHIPPED, Audience.CUSTOMER, NoticeChannel.EMAIL)
SMS_TO_CUSTOMER = replace(TO_CUSTOMER, channel=NoticeChannel.SMS)


def test_every_event_is_told_to_customers_and_staff_by_every_channel_that_reaches_them() -> None:
    told = {(kind.event, kind.audience, kind.channel) for kind in KINDS}
    assert told == {
        (event, audience, channel)
        for event in NoticeEvent
        for audience, channels in {
            Audience.CUSTOMER: [NoticeChannel.EMAIL, NoticeChannel.SMS],
            Audience.STAFF: list(NoticeChannel),
        }.items()
        for channel in channels
        if (event, audience) != (NoticeEvent.ATTENTION_NEEDED, Audience.CUSTOMER)
    }
    assert len(KINDS) == 13 * 2 + 14 * 3


@pytest.mark.requirement("R23", "R24", "R25", "R26")
def test_a_new_order_alerts_by_every_channel_without_any_setting() -> None:
    told = kinds_to_tell(NoticeEvent.ORDER_PLACED, STAFF, rules={})
    assert [kind.channel for kind in told] == list(NoticeChannel)


@pytest.mark.requirement("R251", "R252", "R298")
def test_every_change_of_status_is_told_to_both_sides_without_any_setting() -> None:
    by_email = {
        kind.event
        for event in NoticeEvent
        for kind in kinds_to_tell(event, CUSTOMER, rules={})
        if kind.channel is NoticeChannel.EMAIL
    }
    assert set(NoticeEvent) - by_email == {
        NoticeEvent.ORDER_ASSIGNED,
        NoticeEvent.ATTENTION_NEEDED,
    }
    assert all(kinds_to_tell(event, STAFF, rules={}) for event in NoticeEvent)


@pytest.mark.requirement("R50")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(vars(kind).values()))
def test_each_event_audience_and_channel_has_its_own_switch(kind: NoticeKind) -> None:
    reader = READERS[kind.audience]
    by_default = kinds_to_tell(kind.event, reader, rules={})
    switched = kinds_to_tell(kind.event, reader, {kind: not is_on_by_default(kind)})
    assert set(by_default) ^ set(switched) == {kind}


@pytest.mark.parametrize(
    ("recipient", "channels"),
    [
        (replace(STAFF, phone=" "), [NoticeChannel.EMAIL, NoticeChannel.IN_APP]),
        (replace(STAFF, email=""), [NoticeChannel.SMS, NoticeChannel.IN_APP]),
        (replace(STAFF, staff_id=None), [NoticeChannel.EMAIL, NoticeChannel.SMS]),
    ],
)
def test_a_channel_without_an_address_is_left_out(
    recipient: Recipient, channels: list[NoticeChannel]
) -> None:
    told = kinds_to_tell(NoticeEvent.ORDER_PLACED, recipient, rules={})
    assert [kind.channel for kind in told] == channels


def test_a_kind_that_does_not_exist_is_named() -> None:
    with pytest.raises(NoSuchNotice, match="no notice of attention_needed to customer by sms"):
        NoticeKind.parse("attention_needed", "customer", "sms")
    assert NoticeKind.parse("order_shipped", "customer", "email") == TO_CUSTOMER
