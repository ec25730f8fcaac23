"""The in-app notices of one staff member."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from db.tables.notices import Notice
from db.tables.orders import Order
from domain.notices import NoticeChannel

LARGEST_PAGE = 100


@dataclass(frozen=True)
class InboxPlace:
    """Where a page ends: unread notices come first, and newer ones before older ones."""

    is_read: bool
    id: UUID


@dataclass(frozen=True)
class InboxNotice:
    id: UUID
    order_id: UUID
    order_number: int
    event: str
    subject: str
    body: str
    created_at: datetime
    read_at: datetime | None

    @property
    def place(self) -> InboxPlace:
        return InboxPlace(self.read_at is not None, self.id)


def list_inbox(
    tx: Session, staff_id: int, after: InboxPlace | None = None, limit: int = 50
) -> list[InboxNotice]:
    is_read = Notice.read_at.is_not(None)
    query = (
        select(
            Notice.id,
            Notice.order_id,
            Order.number,
            Notice.event,
            Notice.subject,
            Notice.body,
            Notice.created_at,
            Notice.read_at,
        )
        .join(Order, Order.id == Notice.order_id)
        .where(Notice.staff_id == staff_id, Notice.channel == NoticeChannel.IN_APP)
        .order_by(is_read, Notice.id.desc())
        .limit(min(limit, LARGEST_PAGE + 1))
    )
    if after is not None:
        # Rising by the first, falling by the second: hence the ids on the other side.
        further = tuple_(is_read, after.id) > tuple_(after.is_read, Notice.id)
        query = query.where(further)
    return [InboxNotice(*row) for row in tx.execute(query)]


def count_unread(tx: Session, staff_id: int) -> int:
    unread = select(func.count()).where(
        Notice.staff_id == staff_id,
        Notice.channel == NoticeChannel.IN_APP,
        Notice.read_at.is_(None),
    )
    return tx.scalar(unread) or 0


def mark_read(tx: Session, notice_id: UUID, staff_id: int) -> bool:
    """False when this person has no such notice. The first reading counts."""
    read = tx.execute(
        update(Notice)
        .where(
            Notice.id == notice_id,
            Notice.staff_id == staff_id,
            Notice.channel == NoticeChannel.IN_APP,
        )
        .values(read_at=func.coalesce(Notice.read_at, func.now()))
        .returning(Notice.id)
    )
    return read.first() is not None
