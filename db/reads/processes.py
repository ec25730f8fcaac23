"""What runs, waits or is stuck, over all orders: read off the books, never off Temporal's lists."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from db.reads.many_orders import facts_of
from db.reads.names import ORDER_NAMES, ChannelName, Name, join_order_names, order_names
from db.reads.order_filters import Scope
from db.reads.order_parts import StepDetail
from db.reads.rows import build, columns
from db.tables.changes import OrderChange, OrderStep
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.payments import Refund
from domain.order_messages import StepKind
from domain.orders import FulfilmentStatus, Order, OrderStatus, PaymentStatus
from domain.payments import RefundState

MOST = 100
OPEN = (OrderStatus.PLACED, OrderStatus.ON_HOLD)
Condition = ColumnElement[bool]


class ProcessState(StrEnum):
    RUNNING = "running"
    """Alive, whether it waits or is stuck."""
    WAITING = "waiting"
    """For people, carriers, clocks or money, as it should."""
    FAILING = "failing"
    """A step with a provider did not go smoothly."""
    NEEDS_PERSON = "needs_person"
    """And does not go on by itself."""


class Cause(StrEnum):
    ON_HOLD = "on_hold"
    CHANGE = "change"
    UNPAID = "unpaid"
    REFUND = "refund"
    BACKORDER = "backorder"
    SHIPPING = "shipping"
    DELIVERY = "delivery"


@dataclass(frozen=True)
class ProcessFilters:
    """None leaves a side open. `kind`: of the step that is in trouble."""

    state: ProcessState = ProcessState.RUNNING
    kind: StepKind | None = None
    cause: Cause | None = None
    branch_id: int | None = None
    older_than: timedelta | None = None


@dataclass(frozen=True)
class ProcessKey:
    placed_at: datetime
    id: UUID


@dataclass(frozen=True)
class ProcessFact:
    order_id: UUID
    number: int
    placed_at: datetime
    channel: ChannelName
    branch: Name | None
    hold_reason: str | None
    since: datetime
    """Since when it is stuck; or else since when it runs."""
    steps: list[StepDetail]
    """In trouble, as far as the books know."""
    order: Order


@dataclass(frozen=True)
class ProcessPage:
    rows: list[ProcessFact]
    next: ProcessKey | None


def list_processes(
    tx: Session,
    scope: Scope,
    filters: ProcessFilters,
    after: ProcessKey | None = None,
    limit: int = 50,
) -> ProcessPage:
    """Oldest first."""
    if not 1 <= limit <= MOST:
        raise ValueError(f"A page has 1 to {MOST} processes, not {limit}.")
    wanted = _heads().where(*scope.conditions(), *_narrowed(filters))
    place = tuple_(OrderRow.placed_at, OrderRow.id)
    if after is not None:
        wanted = wanted.where(place > (after.placed_at, after.id))
    rows = tx.execute(wanted.order_by(OrderRow.placed_at, OrderRow.id).limit(limit + 1)).all()
    shown = _facts(tx, rows[:limit])
    last = shown[-1] if len(rows) > limit else None
    return ProcessPage(shown, ProcessKey(last.placed_at, last.order_id) if last else None)


def _heads() -> Select[Any]:
    stuck = select(func.min(OrderStep.since)).where(OrderStep.order_id == OrderRow.id)
    since = func.coalesce(stuck.scalar_subquery(), OrderRow.placed_at).label("since")
    shown: tuple[Any, ...] = (OrderRow.id, OrderRow.number, OrderRow.placed_at)
    return join_order_names(select(*shown, OrderRow.hold_reason, since, *ORDER_NAMES))


def _narrowed(filters: ProcessFilters) -> Iterator[Condition]:
    yield from _in_state(filters.state)
    if filters.kind is not None:
        yield _has_step(OrderStep.kind == filters.kind)
    if filters.cause is not None:
        yield _CAUSES[filters.cause]
    if filters.branch_id is not None:
        yield OrderRow.branch_id == filters.branch_id
    if filters.older_than is not None:
        limit = func.now() - filters.older_than
        stuck = _has_step(OrderStep.since <= limit)
        yield or_(stuck, and_(~_has_step(), OrderRow.placed_at <= limit))


def _in_state(state: ProcessState) -> Iterator[Condition]:
    if state is ProcessState.FAILING:
        yield _has_step()
    elif state is ProcessState.NEEDS_PERSON:
        yield OrderRow.attention.is_not(None)
    elif state is ProcessState.WAITING:
        yield OrderRow.status.in_(OPEN)
        yield ~_has_step()
    else:
        yield or_(OrderRow.status.in_(OPEN), _has_step())


def _has_step(*conditions: Condition) -> Condition:
    return exists().where(OrderStep.order_id == OrderRow.id, *conditions)


def _has_line(condition: Condition) -> Condition:
    return exists().where(OrderLine.order_id == OrderRow.id, condition)


_UNPAID = OrderRow.payment.in_([PaymentStatus.UNPAID, PaymentStatus.PART_PAID])
_LEFT = (FulfilmentStatus.PARTIAL, FulfilmentStatus.FULFILLED)
_CAUSES: dict[Cause, Condition] = {
    Cause.ON_HOLD: OrderRow.status == OrderStatus.ON_HOLD,
    Cause.CHANGE: exists().where(
        OrderChange.order_id == OrderRow.id, OrderChange.state == "proposed"
    ),
    Cause.UNPAID: and_(OrderRow.status.in_(OPEN), _UNPAID),
    Cause.REFUND: exists().where(
        Refund.order_id == OrderRow.id,
        Refund.state.in_([RefundState.PENDING, RefundState.UNKNOWN]),
    ),
    Cause.BACKORDER: _has_line(OrderLine.backordered > 0),
    Cause.SHIPPING: and_(
        OrderRow.status == OrderStatus.PLACED, ~_UNPAID, _has_line(OrderLine.allocated > 0)
    ),
    Cause.DELIVERY: and_(OrderRow.status.in_(OPEN), OrderRow.fulfilment.in_(_LEFT)),
}


def _facts(tx: Session, rows: Sequence[Row[Any]]) -> list[ProcessFact]:
    ids = [row.id for row in rows]
    orders, steps = facts_of(tx, ids), _steps(tx, ids)
    return [
        ProcessFact(
            order_id=row.id,
            number=row.number,
            placed_at=row.placed_at,
            channel=order_names(row)["channel"],
            branch=order_names(row)["branch"],
            hold_reason=row.hold_reason,
            since=row.since,
            steps=steps[row.id],
            order=orders[row.id],
        )
        for row in rows
    ]


def _steps(tx: Session, ids: Sequence[UUID]) -> dict[UUID, list[StepDetail]]:
    shown: tuple[Any, ...] = (OrderStep.order_id, *columns(OrderStep, StepDetail))
    found = select(*shown).where(OrderStep.order_id.in_(ids)).order_by(OrderStep.since)
    steps: dict[UUID, list[StepDetail]] = defaultdict(list)
    for row in tx.execute(found):
        steps[row.order_id].append(build(StepDetail, row))
    return steps
