"""What the process of an order waits for, as far as the books know it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import orders
from db.reads.order_parts import StepDetail
from db.reads.rows import build, columns
from db.tables.changes import OrderStep
from db.tables.orders import Order as OrderRow
from db.tables.shop import Channel
from domain.orders import Order


@dataclass(frozen=True)
class ProcessFacts:
    number: int
    order: Order
    hold_reason: str | None
    steps: list[StepDetail]
    expires_at: datetime | None
    """When an unpaid order gives its stock back."""


def process_facts(tx: Session, order_id: UUID) -> ProcessFacts:
    head = tx.execute(
        select(
            OrderRow.number, OrderRow.hold_reason, OrderRow.placed_at, Channel.unpaid_expire_after_s
        )
        .join(Channel, Channel.id == OrderRow.channel_id)
        .where(OrderRow.id == order_id)
    ).one()
    steps = tx.execute(
        select(*columns(OrderStep, StepDetail))
        .where(OrderStep.order_id == order_id)
        .order_by(OrderStep.since)
    )
    patience = head.unpaid_expire_after_s
    return ProcessFacts(
        number=head.number,
        order=orders.get(tx, order_id),
        hold_reason=head.hold_reason,
        steps=[build(StepDetail, row) for row in steps],
        expires_at=None if patience is None else head.placed_at + timedelta(seconds=patience),
    )
