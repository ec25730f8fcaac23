"""Groups: the rights and fields that their members are given."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.staff import Group
from domain.access import PROFILES, Grants, Profile


def install_profiles(tx: Session) -> None:
    """Fills the groups a new shop starts with. Those that somebody could have changed stay."""
    for name, profile in PROFILES.items():
        group = tx.scalar(select(Group).where(Group.name == name).with_for_update())
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


def _fill(tx: Session, group: Group, profile: Profile) -> None:
    group.rights, group.fields = stored_rights(profile.grants), stored_fields(profile.grants)
    group.version = 1
    tx.flush()
    changes: history.Changes = {"rights": ({}, group.rights), "fields": ({}, group.fields)}
    history.append(tx, Entry("group", group.id, "group.installed", "system", changes))
