"""Branches: opened, and described anew."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.shop import Branch as Row
from db.unique_names import require_free
from domain.access import Actor
from domain.branches import Branch
from domain.errors import ChangedMeanwhile


def add_branch(tx: Session, wanted: Branch, actor: Actor) -> int:
    require_free(tx, Row.code, wanted.code)
    row = Row(**vars(wanted))
    tx.add(row)
    tx.flush()
    changes = history.differences({}, vars(wanted))
    history.append(tx, Entry("branch", row.id, "branch.created", actor.name, changes))
    return row.id


def lock_branch(tx: Session, branch_id: int) -> Row | None:
    return tx.scalar(select(Row).where(Row.id == branch_id).with_for_update())


def edit_branch(
    tx: Session, row: Row, wanted: dict[str, object], version: int, actor: Actor
) -> None:
    """The branch is locked; what is not named stays."""
    if row.version != version:
        raise ChangedMeanwhile(f"{row.name} was changed meanwhile: read it again.")
    changes = history.differences({name: getattr(row, name) for name in wanted}, wanted)
    if not changes:
        return
    if "code" in changes:
        require_free(tx, Row.code, str(wanted["code"]), Row.id != row.id)
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    row.version = version + 1
    history.append(tx, Entry("branch", row.id, "branch.edited", actor.name, changes))
