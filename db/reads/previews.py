"""What a change of a group would mean to its members, before it is made."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.access import grants_of
from db.groups import stored_fields, stored_rights
from db.reads.groups import Stored, groups_by_member, members_of
from domain.access import Grants
from domain.access.preview import Difference, difference

MOST = 500
"""So many members are looked at; a screen shows no more."""


@dataclass(frozen=True)
class Affected:
    id: int
    name: str
    difference: Difference


def affected(tx: Session, group_id: int, level: int, wanted: Grants) -> list[Affected]:
    """Members who would gain or lose; what another group of theirs gives, they keep."""
    members = members_of(tx, group_id, MOST)
    groups = groups_by_member(tx, [member.id for member in members])
    new: Stored = {
        "level": level,
        "rights": stored_rights(wanted),
        "fields": stored_fields(wanted),
    }
    found = [
        Affected(member.id, member.name, _difference(groups[member.id], group_id, new))
        for member in members
    ]
    return [one for one in found if one.difference]


def _difference(groups: dict[int, Stored], group_id: int, new: Stored) -> Difference:
    _, before = grants_of([*groups.values()])
    _, after = grants_of([*(groups | {group_id: new}).values()])
    return difference(before, after)
