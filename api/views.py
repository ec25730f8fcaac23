"""Saved views: the filters and sort of a list under a name, for oneself or shared."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field

from api.access import Db, SignedIn
from api.answers import RESPONSES, NotFound
from api.notices import StaffId
from api.routers import Router
from api.strict import Strict
from db import views as views_db
from db.engine import Session
from db.reads.names import Name
from db.views import View, ViewWords
from domain.views import check_editing, check_sharing

router = Router("/views", tags=["views"], responses=RESPONSES)
RESOURCE = "^[a-z][a-z-]{0,49}$"
ViewId = Annotated[int, Path(ge=1, lt=2**63)]


class ViewEdit(Strict):
    name: str = Field(min_length=1, max_length=100)
    query: str = Field(max_length=4000, description="The list's address after the question mark.")
    is_shared: bool = False
    version: int = Field(ge=1)

    def words(self) -> ViewWords:
        return ViewWords(self.name, self.query, self.is_shared)


class ViewCreate(Strict):
    resource: str = Field(pattern=RESOURCE)
    name: str = Field(min_length=1, max_length=100)
    query: str = Field(max_length=4000, description="The list's address after the question mark.")
    is_shared: bool = False


class ViewRead(BaseModel):
    id: int
    resource: str
    name: str
    query: str
    is_shared: bool
    mine: bool
    owner: Name
    version: int

    @staticmethod
    def of(view: View, staff_id: int) -> "ViewRead":
        return ViewRead(**vars(view), mine=view.owner.id == staff_id)


@router.get("")
def list_views(
    staff_id: StaffId,
    db: Db,
    resource: Annotated[str | None, Query(pattern=RESOURCE)] = None,
) -> list[ViewRead]:
    """One's own first, then those that others share."""
    with db.transaction() as tx:
        return [ViewRead.of(view, staff_id) for view in views_db.list_views(tx, staff_id, resource)]


@router.post("", status_code=201)
def create_view(body: ViewCreate, staff_id: StaffId, actor: SignedIn, db: Db) -> ViewRead:
    check_sharing(actor, body.is_shared)
    words = ViewWords(body.name, body.query, body.is_shared)
    with db.transaction() as tx:
        view_id = views_db.add_view(tx, staff_id, body.resource, words, actor.name)
        return ViewRead.of(_locked(tx, view_id, staff_id), staff_id)


@router.patch("/{view_id}")
def edit_view(
    view_id: ViewId, body: ViewEdit, staff_id: StaffId, actor: SignedIn, db: Db
) -> ViewRead:
    check_sharing(actor, body.is_shared)
    with db.transaction() as tx:
        view = _locked(tx, view_id, staff_id)
        check_editing(actor, view.owner.id, view.is_shared)
        views_db.edit_view(tx, view, body.words(), body.version, actor.name)
        return ViewRead.of(_locked(tx, view_id, staff_id), staff_id)


@router.delete("/{view_id}", status_code=204)
def remove_view(view_id: ViewId, staff_id: StaffId, actor: SignedIn, db: Db) -> None:
    with db.transaction() as tx:
        view = _locked(tx, view_id, staff_id)
        check_editing(actor, view.owner.id, view.is_shared)
        views_db.remove_view(tx, view, actor.name)


def _locked(tx: Session, view_id: int, staff_id: int) -> View:
    view = views_db.lock_view(tx, view_id, staff_id)
    if view is None:
        raise NotFound("There is no such view.")
    return view
