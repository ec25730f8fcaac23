"""Branches: the shops, boutiques and franchises that staff are bound to."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.routers import Router
from api.strict import Strict
from db import branches
from db.engine import Session
from db.reads.branches import BranchRow, find_branch, list_branches
from db.reads.keyset import MOST
from domain.access import Actor, Right
from domain.branches import Branch, BranchKind

router = Router("/branches", tags=["branches"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.BRANCH_READ)]
Creator = Annotated[Actor, needs(Right.BRANCH_CREATE)]
Editor = Annotated[Actor, needs(Right.BRANCH_EDIT)]
Id = Annotated[int, Path(ge=1, lt=2**63)]
CODE = "^[A-Za-z0-9][A-Za-z0-9_-]*$"


class BranchCreate(Strict):
    code: str = Field(min_length=1, max_length=50, pattern=CODE)
    name: str = Field(min_length=1, max_length=200)
    kind: BranchKind = BranchKind.CORPORATE
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")
    city: str = Field("", max_length=100)
    postcode: str = Field("", max_length=20)
    street: str = Field("", max_length=300)


class BranchEdit(Strict):
    """What is left out or null stays."""

    version: int = Field(ge=1, lt=2**63)
    code: str | None = Field(None, min_length=1, max_length=50, pattern=CODE)
    name: str | None = Field(None, min_length=1, max_length=200)
    kind: BranchKind | None = None
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")
    city: str | None = Field(None, max_length=100)
    postcode: str | None = Field(None, max_length=20)
    street: str | None = Field(None, max_length=300)


class BranchList(BaseModel):
    rows: list[BranchRow]
    next: int | None
    """Send it as `after` to get the next page."""


@router.get("")
def read_branches(
    actor: Reader,
    db: Db,
    q: Annotated[str, Query(max_length=100)] = "",
    kind: BranchKind | None = None,
    after: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> BranchList:
    """By name. `q`: words of the name, the city or the code."""
    with db.transaction() as tx:
        page = list_branches(tx, q, kind, after, limit)
    return BranchList(rows=page.rows, next=page.next)


@router.get("/{branch_id}")
def read_branch(branch_id: Id, actor: Reader, db: Db) -> BranchRow:
    with db.transaction() as tx:
        return _found(tx, branch_id)


@router.post("", status_code=201)
def create_branch(body: BranchCreate, actor: Creator, db: Db) -> BranchRow:
    with db.transaction() as tx:
        return _found(tx, branches.add_branch(tx, Branch(**dict(body)), actor))


@router.patch("/{branch_id}")
def edit_branch(branch_id: Id, body: BranchEdit, actor: Editor, db: Db) -> BranchRow:
    wanted = body.model_dump(exclude_none=True, exclude={"version"})
    with db.transaction() as tx:
        row = branches.lock_branch(tx, branch_id)
        if row is None:
            raise NotFound("There is no such branch.")
        branches.edit_branch(tx, row, wanted, body.version, actor)
        tx.flush()
        return _found(tx, branch_id)


def _found(tx: Session, branch_id: int) -> BranchRow:
    found = find_branch(tx, branch_id)
    if found is None:
        raise NotFound("There is no such branch.")
    return found
