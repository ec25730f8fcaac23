"""Who is in which groups, and works in which branches."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.tables.shop import Branch
from db.tables.staff import Group, StaffBranch, StaffGroup
from domain.branches import BranchUnknown
from domain.errors import Refusal


class GroupUnknown(Refusal):
    """There is no such group."""


def hold_groups(tx: Session, ids: Collection[int]) -> list[Group]:
    """Nobody deletes them before the transaction ends."""
    wanted = select(Group).where(Group.id.in_(ids)).order_by(Group.name)
    found = list(tx.scalars(wanted.with_for_update(read=True, key_share=True)))
    if len(found) != len(set(ids)):
        raise GroupUnknown("One of these groups does not exist.")
    return found


def groups_of(tx: Session, staff_id: int) -> list[Group]:
    joined = select(Group).join(StaffGroup, StaffGroup.group_id == Group.id)
    return list(tx.scalars(joined.where(StaffGroup.staff_id == staff_id).order_by(Group.name)))


def branches_of(tx: Session, staff_id: int) -> frozenset[int]:
    return frozenset(
        tx.scalars(select(StaffBranch.branch_id).where(StaffBranch.staff_id == staff_id))
    )


def join_groups(tx: Session, staff_id: int, groups: Collection[Group]) -> list[str]:
    """Their names."""
    _insert(tx, StaffGroup, [{"staff_id": staff_id, "group_id": group.id} for group in groups])
    return [group.name for group in groups]


def leave_groups(tx: Session, staff_id: int, groups: Collection[int]) -> None:
    tx.execute(
        delete(StaffGroup).where(StaffGroup.staff_id == staff_id, StaffGroup.group_id.in_(groups))
    )


def join_branches(tx: Session, staff_id: int, branches: Collection[int]) -> list[str]:
    """Their names."""
    names = branch_names(tx, branches)
    if len(names) != len(set(branches)):
        raise BranchUnknown("One of these branches does not exist.")
    _insert(tx, StaffBranch, [{"staff_id": staff_id, "branch_id": id} for id in branches])
    return names


def leave_branches(tx: Session, staff_id: int) -> None:
    tx.execute(delete(StaffBranch).where(StaffBranch.staff_id == staff_id))


def branch_names(tx: Session, branches: Collection[int]) -> list[str]:
    wanted = select(Branch.name).where(Branch.id.in_(branches)).order_by(Branch.name)
    return list(tx.scalars(wanted))


def _insert(tx: Session, table: type[StaffGroup | StaffBranch], rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)
