"""Channels: where orders come from, what is offered there and what becomes of new orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import history
from db.currencies import require_accepted
from db.history import Entry
from db.reads.rows import build, columns
from db.tables.catalogue import ShippingMethod
from db.tables.shop import Branch, Location
from db.tables.shop import Channel as Row
from db.tables.staff import StaffMember
from db.unique_names import require_free
from domain.errors import ChangedMeanwhile, Refusal
from domain.orders import ChannelKind
from domain.payments import CapturePolicy, PaymentMethod


class NotInTheShop(Refusal):
    """The channel would refer to something that is not there."""


@dataclass(frozen=True)
class ChannelTerms:
    name: str
    currency: str
    prices_include_tax: bool
    branch_id: int | None
    locations: list[int]
    """Orders are served from them in this order."""
    payment_methods: list[PaymentMethod]
    shipping_methods: list[str]
    return_url: str
    unpaid_expire_after_s: int | None
    """Seconds an unpaid order keeps its stock; null: for ever."""
    capture_policy: CapturePolicy
    responsible_id: int | None
    """Who gets its new orders."""


@dataclass(frozen=True)
class Channel(ChannelTerms):
    id: int
    code: str
    kind: ChannelKind
    version: int


def list_channels(tx: Session) -> list[Channel]:
    rows = tx.execute(select(*columns(Row, Channel)).order_by(Row.code))
    return [_channel(row) for row in rows]


def find_channel(tx: Session, channel_id: int, *, lock: bool = False) -> Channel | None:
    found = select(*columns(Row, Channel)).where(Row.id == channel_id)
    row = tx.execute(found.with_for_update() if lock else found).one_or_none()
    return None if row is None else _channel(row)


def add_channel(tx: Session, code: str, kind: ChannelKind, terms: ChannelTerms, by: str) -> int:
    require_free(tx, Row.code, code)
    _check(tx, terms)
    row = Row(code=code, kind=kind, **vars(terms))
    tx.add(row)
    tx.flush()
    changes = history.differences({}, {"code": code, "kind": kind, **vars(terms)})
    history.append(tx, Entry("channel", row.id, "channel.created", by, changes))
    return row.id


def edit_channel(tx: Session, channel: Channel, terms: ChannelTerms, version: int, by: str) -> None:
    """The channel is locked. What was placed stays as it was placed."""
    if channel.version != version:
        raise ChangedMeanwhile("Somebody else changed this channel meanwhile.")
    _check(tx, terms)
    changes = history.differences(vars(channel), vars(terms))
    if not changes:
        return
    row = tx.get_one(Row, channel.id)
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    row.version = version + 1
    tx.flush()
    history.append(tx, Entry("channel", channel.id, "channel.edited", by, changes))


def _check(tx: Session, terms: ChannelTerms) -> None:
    require_accepted(tx, terms.currency)
    _require(tx, Location.id, terms.locations, "stock location")
    _require(tx, ShippingMethod.code, terms.shipping_methods, "shipping method")
    _require(tx, Branch.id, [terms.branch_id], "branch")
    _require(tx, StaffMember.id, [terms.responsible_id], "staff member")


def _require(
    tx: Session, column: InstrumentedAttribute[Any], wanted: Iterable[Any], what: str
) -> None:
    named = {each for each in wanted if each is not None}
    missing = named - set(tx.scalars(select(column).where(column.in_(named))))
    if missing:
        raise NotInTheShop(f"There is no {what} {min(missing)}.")


def _channel(row: Any) -> Channel:
    methods = [PaymentMethod(method) for method in row.payment_methods]
    return build(Channel, row, payment_methods=methods)
