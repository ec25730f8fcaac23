"""Staff: who works here, in which groups and branches, and who gets in."""

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import BaseModel, EmailStr, Field
from starlette.concurrency import run_in_threadpool

from api.access import Db, needs
from api.account_mails import Mails
from api.answers import RESPONSES, NotFound
from api.placing import Phone
from api.routers import Router
from api.sessions import SessionRead
from api.strict import Strict
from db import sessions, staff, staff_access
from db.engine import Session
from db.reads.keyset import MOST
from db.reads.staff import StaffFilters, StaffRow, find_staff, list_staff
from db.staff import Member
from domain.access import Actor, Right
from domain.sign_in import LinkPurpose
from domain.staff import Person, is_over

router = Router("/staff", tags=["staff"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.STAFF_READ)]
Creator = Annotated[Actor, needs(Right.STAFF_CREATE)]
Editor = Annotated[Actor, needs(Right.STAFF_EDIT)]
Blocker = Annotated[Actor, needs(Right.STAFF_BLOCK)]
BIGINT = 2**63
Id = Annotated[int, Path(ge=1, lt=BIGINT)]
RowId = Annotated[int, Field(ge=1, lt=BIGINT)]
Version = Annotated[int, Field(ge=1, lt=BIGINT)]
StaffName = Annotated[str, Field(min_length=1, max_length=200)]
Login = Annotated[str, Field(min_length=2, max_length=100, pattern=r"^[^\s\x00-\x1f\x7f]+$")]
Email = Annotated[EmailStr, Field(max_length=254, description="One-time codes go there.")]
LANGUAGE = "^(en|fr|ru)$"
Groups = Annotated[list[RowId], Field(max_length=50)]
Branches = Annotated[list[RowId], Field(max_length=1000)]


class StaffCreate(Strict):
    name: StaffName
    login: Login
    email: Email
    phone: Phone = ""
    language: str = Field("en", pattern=LANGUAGE)
    groups: Groups = Field(default_factory=list)
    branches: Branches = Field(default_factory=list)

    def person(self) -> Person:
        return Person(self.name, self.login, self.email, self.phone, self.language)


class StaffEdit(Strict):
    """What is left out or null stays."""

    version: Version
    name: StaffName | None = None
    login: Login | None = None
    email: Email | None = None
    phone: Phone | None = None
    language: str | None = Field(None, pattern=LANGUAGE)

    def over(self, person: Person) -> Person:
        sent = self.model_dump(exclude_none=True, exclude={"version"})
        return Person(**(vars(person) | sent))


class GroupsEdit(Strict):
    version: Version
    groups: Groups


class BranchesEdit(Strict):
    version: Version
    branches: Branches


class Blocking(Strict):
    reason: str | None = Field(None, max_length=1000)


@dataclass(frozen=True)
class StaffRead(StaffRow):
    is_below: bool
    """Whether this caller may change them: they stand below, and work within reach."""


class StaffList(BaseModel):
    rows: list[StaffRead]
    next: int | None
    """Send it as `after` to get the next page."""


def wanted_staff(
    actor: Reader,
    q: Annotated[str, Query(max_length=100)] = "",
    group_id: Annotated[int | None, Query(ge=1, lt=BIGINT)] = None,
    branch_id: Annotated[int | None, Query(ge=1, lt=BIGINT)] = None,
    is_active: bool | None = None,
) -> StaffFilters:
    within = actor.branches_for(Right.STAFF_READ)
    return StaffFilters(q, actor.hidden["staff"], group_id, branch_id, is_active, within)


@router.get("")
def read_staff(
    actor: Reader,
    db: Db,
    filters: Annotated[StaffFilters, Depends(wanted_staff)],
    after: Annotated[int | None, Query(ge=1, lt=BIGINT)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> StaffList:
    """By name. `q`: words of the name, login, e-mail or phone."""
    with db.transaction() as tx:
        page = list_staff(tx, filters, after, limit)
    return StaffList(rows=[_read(row, actor) for row in page.rows], next=page.next)


@router.get("/{staff_id}")
def read_member(staff_id: Id, actor: Reader, db: Db) -> StaffRead:
    with db.transaction() as tx:
        return _found(tx, staff_id, actor, actor.branches_for(Right.STAFF_READ))


@router.post("", status_code=201)
def create_member(body: StaffCreate, actor: Creator, db: Db) -> StaffRead:
    """Without a password: `invite` sends a link to choose one."""
    groups, branches = frozenset(body.groups), frozenset(body.branches)
    with db.transaction() as tx:
        return _found(tx, staff.add_staff(tx, body.person(), groups, branches, actor), actor)


@router.patch("/{staff_id}")
def edit_member(staff_id: Id, body: StaffEdit, actor: Editor, db: Db) -> StaffRead:
    with db.transaction() as tx:
        member = _locked(tx, staff_id, actor, Right.STAFF_EDIT)
        staff.edit_staff(tx, member, body.over(member.person), body.version, actor)
        return _found(tx, staff_id, actor)


@router.put("/{staff_id}/groups")
def set_groups(staff_id: Id, body: GroupsEdit, actor: Editor, db: Db) -> StaffRead:
    """Never one's own; they may so much from their next request on, signed in or not."""
    with db.transaction() as tx:
        staff_access.lock_super_admins(tx)
        member = _locked(tx, staff_id, actor, Right.STAFF_EDIT)
        staff_access.set_groups(tx, member, frozenset(body.groups), body.version, actor)
        return _found(tx, staff_id, actor)


@router.put("/{staff_id}/branches")
def set_branches(staff_id: Id, body: BranchesEdit, actor: Editor, db: Db) -> StaffRead:
    """Where rights go that reach to own branches only."""
    with db.transaction() as tx:
        member = _locked(tx, staff_id, actor, Right.STAFF_EDIT)
        staff_access.set_branches(tx, member, frozenset(body.branches), body.version, actor)
        return _found(tx, staff_id, actor)


@router.post("/{staff_id}/invite", status_code=202)
async def invite_member(staff_id: Id, actor: Creator, db: Db, mails: Mails) -> None:
    """They get a one-time link by mail, to choose a password. Can be sent again."""

    def invite() -> int:
        with db.transaction() as tx:
            member = _locked(tx, staff_id, actor, Right.STAFF_CREATE)
            return staff_access.invite_staff(tx, member, actor)

    await mails.send_link(await run_in_threadpool(invite), LinkPurpose.INVITATION)


@router.post("/{staff_id}/block")
def block_member(staff_id: Id, body: Blocking, actor: Blocker, db: Db) -> StaffRead:
    """Every browser of theirs is signed out at once, and none is let in."""
    with db.transaction() as tx:
        staff_access.lock_super_admins(tx)
        staff_access.block_staff(
            tx, _locked(tx, staff_id, actor, Right.STAFF_BLOCK), actor, body.reason
        )
        return _found(tx, staff_id, actor)


@router.post("/{staff_id}/unblock")
def unblock_member(staff_id: Id, actor: Blocker, db: Db) -> StaffRead:
    with db.transaction() as tx:
        staff_access.unblock_staff(tx, _locked(tx, staff_id, actor, Right.STAFF_BLOCK), actor)
        return _found(tx, staff_id, actor)


@router.get("/{staff_id}/sessions")
def read_member_sessions(staff_id: Id, actor: Blocker, db: Db) -> list[SessionRead]:
    """Where they are signed in, for those who may sign them out. Newest first."""
    with db.transaction() as tx:
        member = _locked(tx, staff_id, actor, Right.STAFF_BLOCK)
        found = sessions.list_open(tx, member.account.id)
    return [SessionRead(**asdict(each), is_current=each.id == actor.session_id) for each in found]


@router.post("/{staff_id}/sign-out", status_code=204)
def sign_out_member(staff_id: Id, actor: Blocker, db: Db) -> None:
    """Of every browser; they may sign in again."""
    with db.transaction() as tx:
        staff_access.sign_out_staff(tx, _locked(tx, staff_id, actor, Right.STAFF_BLOCK), actor)


def _locked(tx: Session, staff_id: int, actor: Actor, right: Right) -> Member:
    """Those that neither reading nor this right reaches are not there."""
    member = staff.lock_staff(tx, staff_id)
    if member and any(_sees(actor, each, member) for each in (Right.STAFF_READ, right)):
        return member
    raise NotFound("There is no such member of staff.")


def _sees(actor: Actor, right: Right, member: Member) -> bool:
    branches = actor.branches_for(right)
    return branches is None or not branches.isdisjoint(member.standing.branches)


def _found(
    tx: Session, staff_id: int, actor: Actor, within: frozenset[int] | None = None
) -> StaffRead:
    tx.flush()
    row = find_staff(tx, staff_id, within)
    if row is None:
        raise NotFound("There is no such member of staff.")
    return _read(row, actor)


def _read(row: StaffRow, actor: Actor) -> StaffRead:
    branches = [branch.id for branch in row.branches]
    return StaffRead(**vars(row), is_below=is_over(actor, row.level, branches))
