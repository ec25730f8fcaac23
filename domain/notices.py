"""Notices: which events are told to whom, by which channel, and what becomes of each notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Refusal

GIVE_UP_AFTER = timedelta(hours=23)
"""Older news is no news: a notice that could not be sent for so long fails. A little less than the
day in which Temporal tries again, so that none is left queued for ever."""


class NoSuchNotice(Refusal):
    """No event, audience and channel of these names go together."""


class NoticeEvent(StrEnum):
    ORDER_PLACED = "order_placed"
    ORDER_PAID = "order_paid"
    PAYMENT_FAILED = "payment_failed"
    ORDER_SHIPPED = "order_shipped"
    ORDER_READY_FOR_PICKUP = "order_ready_for_pickup"
    ORDER_DELIVERED = "order_delivered"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_EXPIRED = "order_expired"
    ORDER_HELD = "order_held"
    ORDER_RELEASED = "order_released"
    ORDER_EDITED = "order_edited"
    ORDER_REFUNDED = "order_refunded"
    ORDER_ASSIGNED = "order_assigned"
    ATTENTION_NEEDED = "attention_needed"


class Audience(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"


class NoticeChannel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    IN_APP = "in_app"


class NoticeState(StrEnum):
    QUEUED = "queued"
    UNKNOWN = "unknown"
    """Given to the provider and not answered yet: it may or may not have been sent."""
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Announcement:
    """One change of one order, to be told once to everybody concerned."""

    order_id: UUID
    change_id: UUID
    event: str
    tell_customer: bool = True


@dataclass(frozen=True)
class NoticeKind:
    """What a rule switches and a template words."""

    event: NoticeEvent
    audience: Audience
    channel: NoticeChannel

    @staticmethod
    def parse(event: str, audience: str, channel: str) -> "NoticeKind":
        kind = KINDS_BY_NAME.get((event, audience, channel))
        if kind is None:
            raise NoSuchNotice(f"There is no notice of {event} to {audience} by {channel}.")
        return kind


@dataclass(frozen=True)
class NoticeText:
    """`subject` is empty for SMS."""

    subject: str
    body: str


@dataclass(frozen=True)
class Recipient:
    audience: Audience
    name: str
    email: str
    phone: str
    language: str
    staff_id: int | None = None
    hidden: frozenset[str] = frozenset()
    """Fields of orders that this person does not see."""

    def address(self, channel: NoticeChannel) -> str:
        """Empty where this channel does not reach the person."""
        if channel is NoticeChannel.EMAIL:
            return self.email.strip()
        if channel is NoticeChannel.SMS:
            return self.phone.strip()
        return f"staff:{self.staff_id}" if self.staff_id is not None else ""


STAFF_ONLY = frozenset({NoticeEvent.ATTENTION_NEEDED})
TOLD_TO_ALL = frozenset({NoticeEvent.ORDER_PLACED})
"""Everybody who may see the order hears of these, not its responsible person alone."""

KINDS: tuple[NoticeKind, ...] = tuple(
    NoticeKind(event, audience, channel)
    for event in NoticeEvent
    for audience in Audience
    for channel in NoticeChannel
    if audience is Audience.STAFF
    or (event not in STAFF_ONLY and channel is not NoticeChannel.IN_APP)
)
KINDS_BY_NAME: Mapping[tuple[str, str, str], NoticeKind] = {
    (kind.event.value, kind.audience.value, kind.channel.value): kind for kind in KINDS
}

_ON_BY_DEFAULT: Mapping[tuple[Audience, NoticeChannel], frozenset[NoticeEvent]] = {
    (Audience.CUSTOMER, NoticeChannel.EMAIL): frozenset(NoticeEvent) - {NoticeEvent.ORDER_ASSIGNED},
    # An SMS costs money: by default only what the customer would miss.
    (Audience.CUSTOMER, NoticeChannel.SMS): frozenset(
        {
            NoticeEvent.ORDER_PLACED,
            NoticeEvent.PAYMENT_FAILED,
            NoticeEvent.ORDER_SHIPPED,
            NoticeEvent.ORDER_READY_FOR_PICKUP,
            NoticeEvent.ORDER_CANCELLED,
        }
    ),
    (Audience.STAFF, NoticeChannel.IN_APP): frozenset(NoticeEvent),
    (Audience.STAFF, NoticeChannel.EMAIL): frozenset(
        {
            NoticeEvent.ORDER_PLACED,
            NoticeEvent.PAYMENT_FAILED,
            NoticeEvent.ORDER_CANCELLED,
            NoticeEvent.ORDER_ASSIGNED,
            NoticeEvent.ATTENTION_NEEDED,
        }
    ),
    (Audience.STAFF, NoticeChannel.SMS): frozenset(
        {NoticeEvent.ORDER_PLACED, NoticeEvent.ATTENTION_NEEDED}
    ),
}


def is_on_by_default(kind: NoticeKind) -> bool:
    return kind.event in _ON_BY_DEFAULT[kind.audience, kind.channel]


def is_on(kind: NoticeKind, rules: Mapping[NoticeKind, bool]) -> bool:
    """The shop's rule, where it has made one."""
    return rules.get(kind, is_on_by_default(kind))


def kinds_to_tell(
    event: NoticeEvent, recipient: Recipient, rules: Mapping[NoticeKind, bool]
) -> list[NoticeKind]:
    """Those that are switched on and reach this person."""
    return [
        kind
        for kind in KINDS
        if (kind.event, kind.audience) == (event, recipient.audience)
        and recipient.address(kind.channel)
        and is_on(kind, rules)
    ]
