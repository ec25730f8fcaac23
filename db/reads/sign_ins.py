"""Who somebody is to the pages: names, groups and branches behind an actor."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db import accounts
from db.reads.names import Actors, Name
from db.tables.shop import Branch
from db.tables.staff import Group, StaffGroup
from domain.access import Actor
from domain.sign_in import SecondFactor


@dataclass(frozen=True)
class Identity:
    name: str
    login: str | None
    language: str
    second_factor: SecondFactor | None
    groups: Sequence[str]
    branches: Sequence[Name]


def identity_of(tx: Session, actor: Actor) -> Identity:
    holder = accounts.find_holder(tx, actor.account_id)
    return Identity(
        name=holder.name if holder else Actors(tx, [actor.name])[actor.name].name or actor.name,
        login=holder.login if holder else None,
        language=holder.language if holder else "en",
        second_factor=holder.second_factor if holder else None,
        groups=tx.scalars(_groups(actor)).all(),
        branches=[Name(*row) for row in tx.execute(_branches(actor))],
    )


def _groups(actor: Actor) -> Select[str]:
    """Highest first."""
    return (
        select(Group.name)
        .join(StaffGroup, StaffGroup.group_id == Group.id)
        .where(StaffGroup.staff_id == actor.staff_id)
        .order_by(Group.level, Group.name)
    )


def _branches(actor: Actor) -> Select[int, str]:
    return select(Branch.id, Branch.name).where(Branch.id.in_(actor.branches)).order_by(Branch.name)
