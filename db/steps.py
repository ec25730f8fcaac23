"""Steps with providers that did not go smoothly, and the attention they ask of people."""

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import done_commands, history
from db.tables.changes import OrderStep
from db.tables.orders import Order as OrderRow
from db.tables.payments import Payment, Refund
from db.tables.shipments import Shipment
from domain.order_messages import StepKind, StepReport, StepState
from domain.payments import PaymentState, RefundState
from domain.shipments import ShipmentState


def save(tx: Session, report: StepReport) -> None:
    """The step's row, the order's call for attention, and history; a settled step leaves."""
    if report.state is StepState.SETTLED:
        _remove(tx, report)
    else:
        _put(tx, report)
        _show_unknown(tx, report)
    _call_attention(tx, report.order_id)
    entry = history.order_entry(
        report.order_id,
        f"order.step_{report.state}",
        report.by,
        reason=done_commands.reason_text(tx, report.reason_id),
        step=report.step.kind,
        subject_id=report.step.subject_id,
        error=report.error,
    )
    history.append(tx, entry)


def _put(tx: Session, report: StepReport) -> None:
    row = insert(OrderStep).values(
        order_id=report.order_id,
        kind=report.step.kind,
        subject_id=report.step.subject_id,
        state=report.state,
        error=report.error,
    )
    tx.execute(
        row.on_conflict_do_update(
            index_elements=["order_id", "kind", "subject_id"],
            set_={"state": row.excluded.state, "error": row.excluded.error},
        )
    )


def _remove(tx: Session, report: StepReport) -> None:
    tx.execute(
        delete(OrderStep).where(
            OrderStep.order_id == report.order_id,
            OrderStep.kind == report.step.kind,
            OrderStep.subject_id == report.step.subject_id,
        )
    )


def _show_unknown(tx: Session, report: StepReport) -> None:
    """Where nobody can say whether it was done, the payment, refund or shipment says so too."""
    subject = report.step.subject_id
    if report.step.kind is StepKind.START_PAYMENT:
        _mark(tx, Payment, subject, PaymentState.STARTING, PaymentState.UNKNOWN)
    elif report.step.kind is StepKind.REFUND_PAYMENT:
        _mark(tx, Refund, subject, RefundState.PENDING, RefundState.UNKNOWN)
    elif report.step.kind is StepKind.BOOK_PARCEL:
        _mark(tx, Shipment, subject, ShipmentState.PREPARING, ShipmentState.UNKNOWN)


def _mark(
    tx: Session,
    table: type[Payment] | type[Refund] | type[Shipment],
    subject: UUID,
    before: str,
    after: str,
) -> None:
    tx.execute(update(table).where(table.id == subject, table.state == before).values(state=after))


def _call_attention(tx: Session, order_id: UUID) -> None:
    needed = tx.scalar(
        select(OrderStep.kind)
        .where(OrderStep.order_id == order_id, OrderStep.state == StepState.NEEDS_PERSON)
        .order_by(OrderStep.since)
        .limit(1)
    )
    tx.execute(
        update(OrderRow)
        .where(OrderRow.id == order_id)
        .values(
            attention=needed,
            attention_at=func.coalesce(OrderRow.attention_at, func.now()) if needed else None,
        )
    )
