"""Where the shop works, page by page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.reads.keyset import beyond, check
from db.reads.rows import build, columns
from db.tables.shop import Branch
from domain.branches import BranchKind

KEY = func.lower(Branch.name)


@dataclass(frozen=True)
class BranchRow:
    id: int
    code: str
    name: str
    kind: BranchKind
    country: str
    city: str
    postcode: str
    street: str
    version: int


@dataclass(frozen=True)
class BranchPage:
    rows: list[BranchRow]
    next: int | None
    """The id of the last row, when more follow."""


def list_branches(
    tx: Session,
    q: str = "",
    kind: BranchKind | None = None,
    after: int | None = None,
    limit: int = 50,
) -> BranchPage:
    """By name."""
    check(limit)
    wanted = select(*columns(Branch, BranchRow)).where(*_matches(q))
    if kind is not None:
        wanted = wanted.where(Branch.kind == kind)
    if after is not None:
        wanted = wanted.where(beyond(Branch.id, after, KEY))
    rows = tx.execute(wanted.order_by(KEY, Branch.id).limit(limit + 1)).all()
    shown = [build(BranchRow, row) for row in rows[:limit]]
    return BranchPage(shown, shown[-1].id if len(rows) > limit else None)


def find_branch(tx: Session, branch_id: int) -> BranchRow | None:
    row = tx.execute(
        select(*columns(Branch, BranchRow)).where(Branch.id == branch_id)
    ).one_or_none()
    return None if row is None else build(BranchRow, row)


def _matches(q: str) -> list[ColumnElement[bool]]:
    """Every word, in the name, the city or the code."""
    searched: tuple[Any, ...] = (Branch.name, Branch.city, Branch.code)
    words = q.replace("\0", " ").split()
    return (
        [
            and_(
                *(
                    or_(*(text.icontains(word, autoescape=True) for text in searched))
                    for word in words
                )
            )
        ]
        if words
        else []
    )
