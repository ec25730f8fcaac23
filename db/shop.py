"""Channels and other parts of the shop by their codes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.shop import Branch, Channel
from domain.drafts import Address


def find_channel(tx: Session, code: str) -> int | None:
    return tx.scalar(select(Channel.id).where(Channel.code == code))


def find_branch(tx: Session, channel_id: int) -> int | None:
    """Where what a channel sells belongs."""
    return tx.scalar(select(Channel.branch_id).where(Channel.id == channel_id))


def find_address(tx: Session, channel_id: int) -> Address | None:
    """That of its branch."""
    columns = (Branch.country, Branch.city, Branch.postcode, Branch.street)
    wanted = select(*columns).join(Channel, Channel.branch_id == Branch.id)
    row = tx.execute(wanted.where(Channel.id == channel_id)).one_or_none()
    return None if row is None else Address(*row)
