"""Payments and refunds as rows; the order's facts hold their amounts and states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.tables.changes import CancellationLeg
from db.tables.orders import Order as OrderRow
from db.tables.payments import Payment as PaymentRow
from db.tables.payments import Refund as RefundRow
from db.tables.shop import Channel
from domain.order_lines import LineQuantity
from domain.order_messages import PaymentFact, RefundFact
from domain.payments import CapturePolicy, RefundPart, RefundState


@dataclass(frozen=True)
class PaymentBrief:
    """What a provider has to be told about a payment."""

    payment_id: UUID
    order_id: UUID
    order_number: int
    amount: int
    currency: str
    reference: str | None
    created_at: datetime
    capture_at_once: bool
    return_url: str


@dataclass(frozen=True)
class RefundBrief:
    refund_id: UUID
    order_id: UUID
    order_number: int
    payment_reference: str
    amount: int
    currency: str
    reference: str | None
    created_at: datetime


def payment_brief(tx: Session, payment_id: UUID) -> PaymentBrief:
    row = tx.execute(
        select(
            PaymentRow.id,
            PaymentRow.order_id,
            OrderRow.number,
            PaymentRow.amount,
            PaymentRow.currency,
            PaymentRow.reference,
            PaymentRow.created_at,
            Channel.capture_policy == CapturePolicy.AT_ONCE.value,
            Channel.return_url,
        )
        .join(OrderRow, OrderRow.id == PaymentRow.order_id)
        .join(Channel, Channel.id == OrderRow.channel_id)
        .where(PaymentRow.id == payment_id)
    ).one()
    return PaymentBrief(*row)


def refund_brief(tx: Session, refund_id: UUID) -> RefundBrief:
    row = tx.execute(
        select(
            RefundRow.id,
            RefundRow.order_id,
            OrderRow.number,
            PaymentRow.reference,
            RefundRow.amount,
            PaymentRow.currency,
            RefundRow.reference,
            RefundRow.created_at,
        )
        .join(PaymentRow, PaymentRow.id == RefundRow.payment_id)
        .join(OrderRow, OrderRow.id == RefundRow.order_id)
        .where(RefundRow.id == refund_id)
    ).one()
    assert row[3] is not None, "a refund through a payment that no provider took"
    return RefundBrief(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])


def find_order_of(
    tx: Session, provider: str, reference: str, payment_id: UUID | None
) -> tuple[UUID, UUID] | None:
    """(order, payment) by the provider's reference, or by our id where it came before the answer
    that would have told us the reference."""
    known = PaymentRow.reference == reference
    if payment_id:
        known = known | (PaymentRow.id == payment_id)
    row = tx.execute(
        select(PaymentRow.order_id, PaymentRow.id).where(PaymentRow.provider == provider, known)
    ).first()
    return (row[0], row[1]) if row else None


def find_refund_of(tx: Session, reference: str, refund_id: UUID | None) -> tuple[UUID, UUID] | None:
    """As above: (order, refund)."""
    known = RefundRow.reference == reference
    if refund_id:
        known = known | (RefundRow.id == refund_id)
    row = tx.execute(select(RefundRow.order_id, RefundRow.id).where(known)).first()
    return (row[0], row[1]) if row else None


def note_fact(tx: Session, fact: PaymentFact) -> None:
    """The provider's words beside the state and amounts, which the order's facts hold."""
    values: dict[str, Any] = {}
    if fact.reference:
        values["reference"] = fact.reference
    if fact.confirmation_url:
        values["confirmation_url"] = fact.confirmation_url
    if fact.cancel_reason:
        values["cancel_reason"] = fact.cancel_reason
    if values:
        tx.execute(update(PaymentRow).where(PaymentRow.id == fact.payment_id).values(values))


def set_document(tx: Session, payment_id: UUID, document: str) -> None:
    tx.execute(update(PaymentRow).where(PaymentRow.id == payment_id).values(document=document))


def add_refunds(
    tx: Session,
    order_id: UUID,
    request_id: UUID,
    refunds: Sequence[tuple[UUID, RefundPart, RefundState]],
    reason: str,
    lines: Sequence[LineQuantity],
) -> None:
    tx.execute(
        insert(RefundRow),
        [
            {
                "id": refund_id,
                "request_id": request_id,
                "order_id": order_id,
                "payment_id": part.payment_id,
                "amount": part.amount,
                "state": state.value,
                "reason": reason,
                "lines": [vars(line) for line in lines],
            }
            for refund_id, part, state in refunds
        ],
    )


def lock_refund(tx: Session, refund_id: UUID) -> RefundRow:
    return tx.scalars(select(RefundRow).where(RefundRow.id == refund_id).with_for_update()).one()


def unfinished_refunds(tx: Session, order_id: UUID) -> list[UUID]:
    rows = tx.scalars(
        select(RefundRow.id)
        .where(
            RefundRow.order_id == order_id,
            RefundRow.state.in_([RefundState.PENDING, RefundState.UNKNOWN]),
        )
        .order_by(RefundRow.created_at)
    )
    return list(rows)


def is_news(refund: RefundRow, fact: RefundFact) -> bool:
    """What is done stays done; a pending one gets its reference with the provider's answer."""
    if refund.state == RefundState.DONE:
        return False
    named = fact.reference is not None and fact.reference != refund.reference
    return named or refund.state != fact.state


def save_refund(tx: Session, fact: RefundFact) -> None:
    values: dict[str, Any] = {"state": fact.state.value, "fail_reason": fact.fail_reason}
    if fact.reference:
        values["reference"] = fact.reference
    tx.execute(update(RefundRow).where(RefundRow.id == fact.refund_id).values(values))
    save_leg(tx, "refund", fact.refund_id, fact.state.value, fact.fail_reason or "")


def save_leg(tx: Session, kind: str, subject: UUID, state: str, detail: str = "") -> None:
    """Where a cancellation waits for this, its leg follows."""
    tx.execute(
        update(CancellationLeg)
        .where(CancellationLeg.kind == kind, CancellationLeg.subject == str(subject))
        .values(state=state, detail=detail)
    )
