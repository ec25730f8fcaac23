"""What the list of orders can be narrowed down to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import any_, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.selectable import ScalarSelect

from db.reads.search import Condition, Search
from db.tables.orders import Order
from db.tables.shop import Channel
from domain.access import Actor, Right
from domain.errors import Refusal
from domain.orders import (
    ChannelKind,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
)

BIGINT = 2**63


class OutOfRange(Refusal):
    """A number that no id and no amount can be."""


@dataclass(frozen=True)
class Scope:
    """The orders somebody may see at all; None leaves that side open."""

    branches: frozenset[int] | None = None
    channel_id: int | None = None
    customer_id: int | None = None
    hidden: frozenset[str] = frozenset()
    """Fields of orders that the reader does not see; search passes over them."""

    @staticmethod
    def of(actor: Actor, right: Right = Right.ORDER_READ) -> "Scope":
        return Scope(
            actor.branches_for(right), actor.channel_id, actor.customer_id, actor.hidden["order"]
        )

    def conditions(self) -> Iterator[Condition]:
        if self.branches is not None:
            yield _among(Order.branch_id, self.branches)
        if self.channel_id is not None:
            yield Order.channel_id == self.channel_id
        if self.customer_id is not None:
            yield Order.customer_id == self.customer_id


EVERY_ORDER = Scope()


@dataclass(frozen=True)
class OrderFilters:
    """Empty sets and None leave out nothing. Amounts in minor units, both ends included;
    `placed_to` is the first moment that is too late."""

    channels: frozenset[str] = frozenset()
    channel_kinds: frozenset[ChannelKind] = frozenset()
    branch_id: int | None = None
    statuses: frozenset[OrderStatus] = frozenset()
    payments: frozenset[PaymentStatus] = frozenset()
    fulfilments: frozenset[FulfilmentStatus] = frozenset()
    returns: frozenset[ReturnStatus] = frozenset()
    placed_from: datetime | None = None
    placed_to: datetime | None = None
    total_from: int | None = None
    total_to: int | None = None
    responsible_id: int | None = None
    customer_id: int | None = None
    customer_email: str | None = None
    sku: str | None = None
    attention: bool = False
    q: str = ""

    def __post_init__(self) -> None:
        for name in ("branch_id", "responsible_id", "customer_id", "total_from", "total_to"):
            number = getattr(self, name)
            if number is not None and not -BIGINT <= number < BIGINT:
                raise OutOfRange(f"{name}: {number} is no such number.")

    @property
    def search(self) -> Search:
        return Search(self.q)

    def conditions(self) -> Iterator[Condition]:
        """Of an order's own columns; `sku` and `q` shape the whole statement."""
        yield from self._chosen()
        yield from self._ranges()
        if self.branch_id is not None:
            yield Order.branch_id == self.branch_id
        if self.responsible_id is not None:
            yield Order.responsible_id == self.responsible_id
        if self.customer_id is not None:
            yield Order.customer_id == self.customer_id
        if self.customer_email is not None:
            yield func.lower(Order.customer_email) == plain(self.customer_email).lower()
        if self.attention:
            yield Order.attention.is_not(None)

    def _chosen(self) -> Iterator[Condition]:
        if len(self.channels) == 1:
            yield Order.channel_id == _channel(*self.channels)
        elif self.channels:
            yield _in_channels(Channel.code.in_([plain(code) for code in sorted(self.channels)]))
        if self.channel_kinds:
            yield _in_channels(Channel.kind.in_(sorted(self.channel_kinds)))
        if self.statuses:
            yield Order.status.in_(sorted(self.statuses))
        if self.payments:
            yield Order.payment.in_(sorted(self.payments))
        if self.fulfilments:
            yield Order.fulfilment.in_(sorted(self.fulfilments))
        if self.returns:
            yield Order.returns.in_(sorted(self.returns))

    def _ranges(self) -> Iterator[Condition]:
        if self.placed_from is not None:
            yield Order.placed_at >= self.placed_from
        if self.placed_to is not None:
            yield Order.placed_at < self.placed_to
        if self.total_from is not None:
            yield Order.total >= self.total_from
        if self.total_to is not None:
            yield Order.total <= self.total_to


def _among(column: InstrumentedAttribute[int | None], ids: frozenset[int]) -> Condition:
    """One id is compared by itself: then the index gives the order of the list as well."""
    return column == next(iter(ids)) if len(ids) == 1 else column.in_(sorted(ids))


def plain(text: str) -> str:
    """PostgreSQL has no NUL in texts: no stored one can equal a text that holds it."""
    return text.replace("\0", "\ufffd").strip()


def _channel(code: str) -> ScalarSelect[int]:
    return select(Channel.id).where(Channel.code == plain(code)).scalar_subquery()


def _in_channels(condition: Condition) -> Condition:
    """The ids are looked up once, not joined: a join would give up the order of the index."""
    ids = select(Channel.id).where(condition).scalar_subquery()
    return Order.channel_id == any_(func.array(ids))
