"""Whom and what a channel may refer to, by name."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.reads.names import Name
from db.tables.shop import Branch, Location
from db.tables.staff import StaffMember

MOST = 1000


@dataclass(frozen=True)
class ChannelChoices:
    branches: list[Name]
    locations: list[Name]
    staff: list[Name]
    """Those who still work here."""


def list_channel_choices(tx: Session) -> ChannelChoices:
    staff = select(StaffMember.id, StaffMember.name).where(StaffMember.is_active)
    return ChannelChoices(
        branches=_names(tx, select(Branch.id, Branch.name).order_by(Branch.name)),
        locations=_names(tx, select(Location.id, Location.name).order_by(Location.name)),
        staff=_names(tx, staff.order_by(StaffMember.name)),
    )


def _names(tx: Session, found: Select[int, str]) -> list[Name]:
    return [Name(id, name) for id, name in tx.execute(found.limit(MOST))]
