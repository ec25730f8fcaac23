"""Groups: the rights and fields that their members are given."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db import history
from db.history import Changes, Entry
from db.tables.staff import Group, StaffGroup
from db.unique_names import require_free
from domain.access import NOTHING, PROFILES, Actor, Grants, Profile
from domain.access.hierarchy import (
    BuiltInGroup,
    GroupInUse,
    check_group_edit,
    check_membership,
    require_below,
)
from domain.errors import ChangedMeanwhile, Refusal

MOST = 200


class TooManyGroups(Refusal):
    """More than anybody could keep apart."""


@dataclass(frozen=True)
class WantedGroup:
    name: str
    level: int
    grants: Grants


def install_profiles(tx: Session) -> None:
    """Fills the groups a new shop starts with. Those that somebody could have changed stay."""
    for name, profile in PROFILES.items():
        known = select(Group).where(func.lower(Group.name) == name.lower())
        group = tx.scalar(known.with_for_update())
        if group is None:
            group = Group(name=name, level=profile.level, is_builtin=True, version=0)
            tx.add(group)
        if group.version == 0:
            _fill(tx, group, profile)


def find_group_id(tx: Session, name: str) -> int:
    return tx.execute(select(Group.id).where(Group.name == name)).scalar_one()


def stored_rights(grants: Grants) -> dict[str, str]:
    return {right.value: reach.value for right, reach in grants.rights.items()}


def stored_fields(grants: Grants) -> dict[str, str]:
    return {key: level.value for key, level in grants.fields.items()}


def grants_changes(before: Grants, after: Grants) -> Changes:
    """One line of history for each right and each field."""
    old, new = _flat(before), _flat(after)
    return history.differences(old, dict.fromkeys(old | new) | new)


def grants_in(group: Group) -> Grants:
    return Grants.stored(group.rights, group.fields)


def lock_group(tx: Session, group_id: int) -> Group | None:
    return tx.scalar(select(Group).where(Group.id == group_id).with_for_update())


def add_group(tx: Session, wanted: WantedGroup, actor: Actor) -> int:
    """Empty: it has no members yet."""
    check_membership(actor, [(wanted.level, wanted.grants)])
    require_free(tx, Group.name, wanted.name)
    if tx.execute(select(func.count()).select_from(Group)).scalar_one() >= MOST:
        raise TooManyGroups(f"There are {MOST} groups: delete one nobody needs.")
    group = Group(name=wanted.name, level=wanted.level)
    tx.add(_granted(group, wanted.grants))
    tx.flush()
    changes = _changes(None, None, NOTHING, wanted)
    history.append(tx, Entry("group", group.id, "group.created", actor.name, changes))
    return group.id


def edit_group(tx: Session, group: Group, wanted: WantedGroup, version: int, actor: Actor) -> None:
    """The group is locked. Its members may so much from their next request on."""
    before = grants_in(group)
    check_group_edit(actor, group.level, before, wanted.level, wanted.grants)
    _require_version(group, version)
    changes = _changes(group.name, group.level, before, wanted)
    if not changes:
        return
    if group.is_builtin and wanted.name != group.name:
        raise BuiltInGroup(f"{group.name} is known to the program by its name.")
    require_free(tx, Group.name, wanted.name, Group.id != group.id)
    group.name, group.level, group.version = wanted.name, wanted.level, version + 1
    _granted(group, wanted.grants)
    history.append(tx, Entry("group", group.id, "group.edited", actor.name, changes))


def delete_group(tx: Session, group: Group, actor: Actor) -> None:
    """The group is locked, so nobody joins it meanwhile."""
    if group.is_builtin:
        raise BuiltInGroup(f"{group.name} can be edited, but not deleted.")
    require_below(actor, group.level)
    if tx.scalar(select(exists().where(StaffGroup.group_id == group.id))):
        raise GroupInUse(f"{group.name} has members: put them into other groups first.")
    described: Changes = {"name": (group.name, None), "level": (group.level, None)}
    changes = described | grants_changes(grants_in(group), NOTHING)
    tx.delete(group)
    history.append(tx, Entry("group", group.id, "group.deleted", actor.name, changes))


def _fill(tx: Session, group: Group, profile: Profile) -> None:
    _granted(group, profile.grants).version = 1
    tx.flush()
    changes = grants_changes(NOTHING, profile.grants)
    history.append(tx, Entry("group", group.id, "group.installed", "system", changes))


def _granted(group: Group, grants: Grants) -> Group:
    group.rights, group.fields = stored_rights(grants), stored_fields(grants)
    return group


def _require_version(group: Group, version: int) -> None:
    if group.version != version:
        raise ChangedMeanwhile(f"{group.name} was changed meanwhile: read it again.")


def _changes(name: str | None, level: int | None, before: Grants, wanted: WantedGroup) -> Changes:
    described = {"name": wanted.name, "level": wanted.level}
    changes = history.differences({"name": name, "level": level}, described)
    return changes | grants_changes(before, wanted.grants)


def _flat(grants: Grants) -> dict[str, Any]:
    rights = {f"rights.{right}": reach.value for right, reach in grants.rights.items()}
    return rights | {f"fields.{key}": level.value for key, level in grants.fields.items()}
