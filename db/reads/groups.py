"""Groups as lists and the matrix of rights show them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db.reads.rows import build, columns
from db.tables.staff import Group, StaffGroup, StaffMember
from domain.access import FieldLevel, Grants, Reach, Right

Stored = dict[str, Any]
"""A group as `grants_of` takes it."""


@dataclass(frozen=True)
class GroupRow:
    id: int
    name: str
    level: int
    rights: dict[Right, Reach]
    fields: dict[str, FieldLevel]
    is_builtin: bool
    version: int
    members: int


@dataclass(frozen=True)
class MemberRow:
    id: int
    name: str


def list_groups(tx: Session) -> list[GroupRow]:
    """From the top down. There are at most a few hundred."""
    wanted = _groups().order_by(Group.level, func.lower(Group.name), Group.id)
    return [_row(row) for row in tx.execute(wanted)]


def find_group(tx: Session, group_id: int) -> GroupRow | None:
    row = tx.execute(_groups().where(Group.id == group_id)).one_or_none()
    return None if row is None else _row(row)


def members_of(tx: Session, group_id: int, limit: int) -> list[MemberRow]:
    wanted = (
        select(StaffMember.id, StaffMember.name)
        .join(StaffGroup, StaffGroup.staff_id == StaffMember.id)
        .where(StaffGroup.group_id == group_id)
        .order_by(StaffMember.name, StaffMember.id)
    )
    return [MemberRow(id, name) for id, name in tx.execute(wanted.limit(limit))]


def groups_by_member(tx: Session, staff: Collection[int]) -> dict[int, dict[int, Stored]]:
    """By person: their groups by id."""
    wanted = (
        select(StaffGroup.staff_id, Group.id, Group.level, Group.rights, Group.fields)
        .join(Group, Group.id == StaffGroup.group_id)
        .where(StaffGroup.staff_id.in_(staff))
    )
    found: dict[int, dict[int, Stored]] = {id: {} for id in staff}
    for staff_id, group_id, level, rights, fields in tx.execute(wanted):
        found[staff_id][group_id] = {"level": level, "rights": rights, "fields": fields}
    return found


def _groups() -> Select[Any]:
    members = (
        select(func.count())
        .select_from(StaffGroup)
        .where(StaffGroup.group_id == Group.id)
        .scalar_subquery()
    )
    return select(*columns(Group, GroupRow), members.label("members"))


def _row(row: Row[Any]) -> GroupRow:
    grants = Grants.stored(row.rights, row.fields)
    rights, fields = dict(grants.rights), dict(grants.fields)
    return build(GroupRow, row, rights=rights, fields=fields)
