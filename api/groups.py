"""Groups of staff: the rights and fields that their members are given."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.grants import GrantsEdit
from api.routers import Router
from api.strict import Strict
from db import groups
from db.engine import Session
from db.groups import WantedGroup
from db.reads.groups import GroupRow, find_group, list_groups
from db.reads.previews import Affected, affected
from db.tables.staff import Group
from domain.access import Actor, Right
from domain.access.hierarchy import check_group_edit, is_below

router = Router("/groups", tags=["groups"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.GROUP_READ)]
Creator = Annotated[Actor, needs(Right.GROUP_CREATE)]
Editor = Annotated[Actor, needs(Right.GROUP_EDIT)]
Deleter = Annotated[Actor, needs(Right.GROUP_DELETE)]
Id = Annotated[int, Path(ge=1, lt=2**63)]
GroupName = Annotated[str, Field(min_length=1, max_length=100)]


class GroupCreate(GrantsEdit):
    name: GroupName
    level: int = Field(ge=1, le=100, description="Members manage larger numbers only.")

    def wanted(self) -> WantedGroup:
        return WantedGroup(self.name, self.level, self.grants())


class GroupEdit(GroupCreate):
    version: int = Field(ge=1, lt=2**63)


class GroupDuplicate(Strict):
    name: GroupName


@dataclass(frozen=True)
class GroupRead(GroupRow):
    is_below: bool
    """Whether it stands below this caller, who may then change it as far as own rights go."""


class GroupList(BaseModel):
    rows: list[GroupRead]
    next: None = None
    """All of them are on one page."""


class GroupPreview(BaseModel):
    members: int
    affected: list[Affected]
    """The first 500 members are looked at; those who neither gain nor lose are left out."""


@router.get("")
def read_groups(actor: Reader, db: Db) -> GroupList:
    """From the top down."""
    with db.transaction() as tx:
        return GroupList(rows=[_read(row, actor) for row in list_groups(tx)])


@router.get("/{group_id}")
def read_group(group_id: Id, actor: Reader, db: Db) -> GroupRead:
    with db.transaction() as tx:
        return _found(tx, group_id, actor)


@router.post("", status_code=201)
def create_group(body: GroupCreate, actor: Creator, db: Db) -> GroupRead:
    """One grants what one holds, to groups further down."""
    with db.transaction() as tx:
        return _found(tx, groups.add_group(tx, body.wanted(), actor), actor)


@router.put("/{group_id}")
def edit_group(group_id: Id, body: GroupEdit, actor: Editor, db: Db) -> GroupRead:
    """Members may so much from their next request on, signed in or not."""
    with db.transaction() as tx:
        group = _locked(tx, group_id)
        groups.edit_group(tx, group, body.wanted(), body.version, actor)
        tx.flush()
        return _found(tx, group_id, actor)


@router.post("/{group_id}/preview")
def preview_group(group_id: Id, body: GroupCreate, actor: Editor, db: Db) -> GroupPreview:
    """Who would gain and lose what; nothing is changed. Refused where the edit would be."""
    wanted = body.wanted()
    with db.transaction() as tx:
        group = _locked(tx, group_id)
        held = groups.grants_in(group)
        check_group_edit(actor, group.level, held, wanted.level, wanted.grants)
        row = _found(tx, group_id, actor)
        found = affected(tx, group_id, wanted.level, wanted.grants)
    return GroupPreview(members=row.members, affected=found)


@router.post("/{group_id}/duplicate", status_code=201)
def duplicate_group(group_id: Id, body: GroupDuplicate, actor: Creator, db: Db) -> GroupRead:
    """The same rights and fields under another name, without members."""
    with db.transaction() as tx:
        group = _locked(tx, group_id)
        copy = WantedGroup(body.name, group.level, groups.grants_in(group))
        return _found(tx, groups.add_group(tx, copy, actor), actor)


@router.delete("/{group_id}", status_code=204)
def delete_group(group_id: Id, actor: Deleter, db: Db) -> None:
    with db.transaction() as tx:
        groups.delete_group(tx, _locked(tx, group_id), actor)


def _locked(tx: Session, group_id: int) -> Group:
    group = groups.lock_group(tx, group_id)
    if group is None:
        raise NotFound("There is no such group.")
    return group


def _found(tx: Session, group_id: int, actor: Actor) -> GroupRead:
    row = find_group(tx, group_id)
    if row is None:
        raise NotFound("There is no such group.")
    return _read(row, actor)


def _read(row: GroupRow, actor: Actor) -> GroupRead:
    return GroupRead(**vars(row), is_below=is_below(actor, row.level))
