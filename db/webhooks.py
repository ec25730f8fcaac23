"""What providers told us, taken in once."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.payments import WebhookDelivery


def take_in(tx: Session, provider: str, fact: str, subject_id: UUID) -> bool:
    """True when the fact still has to be handed on: it is new, or was left half done."""
    tx.execute(
        insert(WebhookDelivery)
        .values(provider=provider, fact=fact, subject_id=subject_id)
        .on_conflict_do_nothing()
    )
    waiting = select(WebhookDelivery.id).where(
        WebhookDelivery.provider == provider,
        WebhookDelivery.fact == fact,
        WebhookDelivery.handed_on_at.is_(None),
    )
    return tx.execute(waiting).first() is not None


def handed_on(tx: Session, provider: str, fact: str) -> None:
    tx.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.provider == provider, WebhookDelivery.fact == fact)
        .values(handed_on_at=func.now())
    )
