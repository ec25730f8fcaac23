"""Channels and other parts of the shop by their codes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.shop import Channel


def find_channel(tx: Session, code: str) -> int | None:
    return tx.scalar(select(Channel.id).where(Channel.code == code))


def find_branch(tx: Session, channel_id: int) -> int | None:
    """Where what a channel sells belongs."""
    return tx.scalar(select(Channel.branch_id).where(Channel.id == channel_id))
