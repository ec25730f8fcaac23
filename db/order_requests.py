"""What callers asked for under their idempotency keys, and what they were answered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.orders import OrderRequest


@dataclass(frozen=True)
class KnownRequest:
    order_id: UUID
    body_hash: bytes
    answer_status: int | None
    answer: dict[str, Any] | None


def find_request(tx: Session, caller: str, key: str) -> KnownRequest | None:
    row = tx.execute(
        select(
            OrderRequest.order_id,
            OrderRequest.body_hash,
            OrderRequest.answer_status,
            OrderRequest.answer,
        ).where(OrderRequest.caller == caller, OrderRequest.idempotency_key == key)
    ).one_or_none()
    return KnownRequest(*row) if row else None


def add_request(
    tx: Session,
    order_id: UUID,
    caller: str,
    key: str,
    body_hash: bytes,
    draft: dict[str, Any] | None,
    answer_status: int | None,
    answer: dict[str, Any],
) -> bool:
    """False when another call with the same key was faster; then nothing is written."""
    added = tx.execute(
        insert(OrderRequest)
        .values(
            order_id=order_id,
            caller=caller,
            idempotency_key=key,
            body_hash=body_hash,
            draft=draft,
            answer_status=answer_status,
            answer=answer,
        )
        .on_conflict_do_nothing()
        .returning(OrderRequest.order_id)
    )
    return added.first() is not None


def lock_draft(tx: Session, order_id: UUID) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The draft, or None once it was placed; and the answer prepared for the caller."""
    row = tx.execute(
        select(OrderRequest.draft, OrderRequest.answer)
        .where(OrderRequest.order_id == order_id)
        .with_for_update()
    ).one()
    return row.draft, row.answer or {}


def record_answer(tx: Session, order_id: UUID, status: int, answer: dict[str, Any]) -> None:
    """For ever. The draft goes: from now on the order itself, or nobody, holds these data."""
    tx.execute(
        update(OrderRequest)
        .where(OrderRequest.order_id == order_id, OrderRequest.answer_status.is_(None))
        .values(answer_status=status, answer=answer, draft=None)
    )
