"""Who works here, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.reads.keyset import beyond, check
from db.reads.names import Name
from db.reads.rows import build, columns
from db.tables.access import Account
from db.tables.access import Session as SessionRow
from db.tables.shop import Branch
from db.tables.staff import Group, StaffBranch, StaffGroup, StaffMember

KEY = func.lower(StaffMember.name)
NO_GROUP = 1000
SEARCHED: dict[str, InstrumentedAttribute[str]] = {
    "name": StaffMember.name,
    "login": Account.login,
    "email": StaffMember.email,
    "phone": StaffMember.phone,
}


@dataclass(frozen=True)
class StaffRow:
    """`level` of the highest group; `has_password`: the invitation was taken."""

    id: int
    name: str
    login: str
    email: str
    phone: str
    language: str
    is_active: bool
    has_password: bool
    last_seen_at: datetime | None
    groups: list[Name]
    branches: list[Name]
    level: int
    version: int


@dataclass(frozen=True)
class StaffFilters:
    """None leaves a side open. `within`: whose branches the caller may look into, if not all."""

    q: str = ""
    hidden: frozenset[str] = frozenset()
    """Fields that `q` passes over."""
    group_id: int | None = None
    branch_id: int | None = None
    is_active: bool | None = None
    within: frozenset[int] | None = None


@dataclass(frozen=True)
class StaffPage:
    rows: list[StaffRow]
    next: int | None
    """The id of the last row, when more follow."""


def list_staff(
    tx: Session, filters: StaffFilters, after: int | None = None, limit: int = 50
) -> StaffPage:
    """By name."""
    check(limit)
    wanted = _staff().where(*_narrowed(filters))
    if after is not None:
        wanted = wanted.where(beyond(StaffMember.id, after, KEY))
    rows = tx.execute(wanted.order_by(KEY, StaffMember.id).limit(limit + 1)).all()
    shown = _shown(rows[:limit])
    return StaffPage(shown, shown[-1].id if len(rows) > limit else None)


def find_staff(tx: Session, staff_id: int, within: frozenset[int] | None = None) -> StaffRow | None:
    known = _staff().where(StaffMember.id == staff_id, *_narrowed(StaffFilters(within=within)))
    return next(iter(_shown(tx.execute(known).all())), None)


def _staff() -> Select[Any]:
    seen = (
        select(func.max(SessionRow.last_seen_at))
        .where(SessionRow.account_id == Account.id, SessionRow.is_full)
        .scalar_subquery()
    )
    more: tuple[Any, ...] = (
        Account.login,
        Account.password_hash.is_not(None).label("has_password"),
        seen.label("last_seen_at"),
        _groups().label("groups"),
        _branches().label("branches"),
    )
    wanted = columns(StaffMember, StaffRow)
    return select(*wanted, *more).join(Account, Account.staff_id == StaffMember.id)


def _groups() -> Any:
    group = func.jsonb_build_array(Group.level, Group.name, Group.id)
    joined = select(func.jsonb_agg(group)).join(StaffGroup, StaffGroup.group_id == Group.id)
    return joined.where(StaffGroup.staff_id == StaffMember.id).scalar_subquery()


def _branches() -> Any:
    branch = func.jsonb_build_array(Branch.name, Branch.id)
    joined = select(func.jsonb_agg(branch)).join(StaffBranch, StaffBranch.branch_id == Branch.id)
    return joined.where(StaffBranch.staff_id == StaffMember.id).scalar_subquery()


def _narrowed(filters: StaffFilters) -> Iterator[ColumnElement[bool]]:
    for word in filters.q.replace("\0", " ").split():
        seen = [column for name, column in SEARCHED.items() if name not in filters.hidden]
        yield or_(*(column.icontains(word, autoescape=True) for column in seen))
    if filters.is_active is not None:
        yield StaffMember.is_active.is_(filters.is_active)
    if filters.group_id is not None:
        yield _is_in(StaffGroup, StaffGroup.group_id == filters.group_id)
    if filters.branch_id is not None:
        yield _is_in(StaffBranch, StaffBranch.branch_id == filters.branch_id)
    if filters.within is not None:
        yield _is_in(StaffBranch, StaffBranch.branch_id.in_(sorted(filters.within)))


def _is_in(
    table: type[StaffGroup | StaffBranch], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    return exists().where(table.staff_id == StaffMember.id, condition)


def _shown(rows: Sequence[Row[Any]]) -> list[StaffRow]:
    return [_row(row) for row in rows]


def _row(row: Row[Any]) -> StaffRow:
    groups, branches = sorted(row.groups or []), sorted(row.branches or [])
    return build(
        StaffRow,
        row,
        groups=[Name(id, name) for _, name, id in groups],
        branches=[Name(id, name) for name, id in branches],
        level=groups[0][0] if groups else NO_GROUP,
    )
