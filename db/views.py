"""Saved views of lists: one's own, and those that others share."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.reads.names import Name
from db.reads.rows import build, columns
from db.tables.desk import SavedView
from db.tables.staff import StaffMember
from db.unique_names import require_free
from domain.errors import ChangedMeanwhile
from domain.views import MOST_OF_ONE, TooManyViews


@dataclass(frozen=True)
class ViewWords:
    """What its owner says about it."""

    name: str
    query: str
    is_shared: bool


@dataclass(frozen=True)
class View(ViewWords):
    id: int
    resource: str
    owner: Name
    version: int


def list_views(tx: Session, staff_id: int, resource: str | None = None) -> list[View]:
    """By name, one's own first."""
    mine = SavedView.staff_id == staff_id
    views = _views().where(or_(mine, SavedView.is_shared))
    if resource is not None:
        views = views.where(SavedView.resource == resource)
    in_order = views.order_by(SavedView.resource, mine.desc(), func.lower(SavedView.name))
    return [_view(row) for row in tx.execute(in_order)]


def lock_view(tx: Session, view_id: int, staff_id: int) -> View | None:
    """None also when it is another's and not shared: nobody is told that it is there."""
    seen = or_(SavedView.staff_id == staff_id, SavedView.is_shared)
    found = _views().where(SavedView.id == view_id, seen)
    row = tx.execute(found.with_for_update(of=SavedView)).one_or_none()
    return None if row is None else _view(row)


def add_view(tx: Session, staff_id: int, resource: str, words: ViewWords, by: str) -> int:
    _require_free(tx, staff_id, resource, words.name)
    same = (SavedView.staff_id == staff_id) & (SavedView.resource == resource)
    if tx.execute(select(func.count()).where(same)).scalar_one() >= MOST_OF_ONE:
        raise TooManyViews(f"At most {MOST_OF_ONE} views of one list.")
    row = insert(SavedView).values(staff_id=staff_id, resource=resource, **vars(words))
    view_id = tx.execute(row.returning(SavedView.id)).scalar_one()
    _record(tx, view_id, "view.created", by, history.differences({}, vars(words)))
    return view_id


def edit_view(tx: Session, view: View, words: ViewWords, version: int, by: str) -> None:
    if view.version != version:
        raise ChangedMeanwhile("Somebody else changed this view meanwhile.")
    if words.name.lower() != view.name.lower():
        _require_free(tx, view.owner.id, view.resource, words.name)
    row = update(SavedView).where(SavedView.id == view.id)
    tx.execute(row.values(**vars(words), version=SavedView.version + 1))
    before = {name: getattr(view, name) for name in vars(words)}
    _record(tx, view.id, "view.edited", by, history.differences(before, vars(words)))


def remove_view(tx: Session, view: View, by: str) -> None:
    tx.execute(delete(SavedView).where(SavedView.id == view.id))
    gone = {name: (getattr(view, name), None) for name in ("name", "query", "is_shared")}
    _record(tx, view.id, "view.removed", by, gone)


def _views() -> Select[Any]:
    owner = (StaffMember.id.label("owner_id"), StaffMember.name.label("owner_name"))
    shown: tuple[Any, ...] = (*columns(SavedView, View), *owner)
    return select(*shown).join(StaffMember, StaffMember.id == SavedView.staff_id)


def _view(row: Row[Any]) -> View:
    return build(View, row, owner=Name(row.owner_id, row.owner_name))


def _require_free(tx: Session, staff_id: int, resource: str, name: str) -> None:
    same = (SavedView.staff_id == staff_id, SavedView.resource == resource)
    require_free(tx, SavedView.name, name, *same)


def _record(tx: Session, view_id: int, action: str, by: str, changes: history.Changes) -> None:
    history.append(tx, Entry("view", view_id, action, by, changes))
