"""News of orders, written with the change it tells of and kept until everybody was told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.notices import AnnouncementRow
from domain.notices import Announcement


@dataclass(frozen=True)
class DueAnnouncement:
    news: Announcement
    attempts: int


def add(tx: Session, *news: Announcement) -> None:
    """Announcing twice tells once."""
    rows = [vars(each) for each in news]
    tx.execute(insert(AnnouncementRow).values(rows).on_conflict_do_nothing())


def take_due(tx: Session, most: int, lease: timedelta) -> list[DueAnnouncement]:
    """For this worker alone, until the lease ends: then others may tell what it could not."""
    due = (
        select(AnnouncementRow.change_id)
        .where(AnnouncementRow.due_at <= func.now())
        .order_by(AnnouncementRow.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = tx.execute(
        update(AnnouncementRow)
        .where(AnnouncementRow.change_id.in_(due.scalar_subquery()))
        .values(due_at=func.now() + lease, attempts=AnnouncementRow.attempts + 1)
        .returning(
            AnnouncementRow.order_id,
            AnnouncementRow.change_id,
            AnnouncementRow.event,
            AnnouncementRow.tell_customer,
            AnnouncementRow.attempts,
        )
    )
    return [DueAnnouncement(Announcement(*row[:4]), row.attempts) for row in rows]


def told(tx: Session, change_ids: Collection[UUID]) -> None:
    tx.execute(delete(AnnouncementRow).where(AnnouncementRow.change_id.in_(change_ids)))


def postpone(tx: Session, change_id: UUID, pause: timedelta) -> None:
    tx.execute(
        update(AnnouncementRow)
        .where(AnnouncementRow.change_id == change_id)
        .values(due_at=func.now() + pause)
    )
