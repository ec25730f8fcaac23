"""Whoever acts, and what was granted to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.access.fields import EVERY_FIELD, GUARDED, WRITABLE, FieldLevel
from domain.access.rights import BOUND_TO_BRANCHES, EVERY_RIGHT, Reach, Right
from domain.errors import Refusal

HIDDEN = FieldLevel.HIDDEN


class Forbidden(Refusal):
    """This person may not do this."""


@dataclass(frozen=True)
class Grants:
    """What a group or a key may. What is not named is not granted."""

    rights: Mapping[Right, Reach] = field(default_factory=dict)
    fields: Mapping[str, FieldLevel] = field(default_factory=dict)
    """`order.total`: how far it is open; not named: hidden."""

    @staticmethod
    def stored(rights: Mapping[str, Any], fields: Mapping[str, Any]) -> "Grants":
        """What the program still knows of it; a right taken out of the program is no right."""
        return Grants(
            {Right(name): Reach(reach) for name, reach in rights.items() if name in EVERY_RIGHT},
            {name: FieldLevel(level) for name, level in fields.items() if name in EVERY_FIELD},
        )

    def level(self, key: str) -> FieldLevel:
        return self.fields.get(key, FieldLevel.HIDDEN)

    def exceeding(self, other: "Grants") -> list[str]:
        """What is granted here and not, or less far, in the other."""
        rights = [
            right
            for right, reach in self.rights.items()
            if other.rights.get(right) not in (reach, Reach.ALL)
        ]
        fields = [key for key in self.fields if self.level(key).rank > other.level(key).rank]
        return sorted([*rights, *fields])


NOTHING = Grants()
EVERYTHING = Grants(
    dict.fromkeys(Right, Reach.ALL), dict.fromkeys(sorted(EVERY_FIELD), FieldLevel.WRITE)
)


def widest(many: Iterable[Grants]) -> Grants:
    """Right by right and field by field, the furthest that one of them goes."""
    rights: dict[Right, Reach] = {}
    fields: dict[str, FieldLevel] = {}
    for grants in many:
        for right, reach in grants.rights.items():
            rights[right] = reach if rights.get(right) is not Reach.ALL else Reach.ALL
        for key, level in grants.fields.items():
            fields[key] = max(level, fields.get(key, level), key=lambda each: each.rank)
    return Grants(rights, fields)


@dataclass(frozen=True)
class Actor:
    """A staff member, a program with a key, a customer or the system itself."""

    name: str
    """`staff:7`, `key:3`, `customer:5` or `system`: what history and workflows write."""
    grants: Grants = NOTHING
    branches: frozenset[int] = frozenset()
    """Where the person works: how far the rights go that reach to own branches only."""
    channel_id: int | None = None
    """Set for a program that places orders of one channel and sees no others."""
    staff_id: int | None = None
    customer_id: int | None = None
    """Set for a customer, who sees own orders only."""
    level: int = 1000
    """Of the highest group; 0 is SuperAdmin, larger numbers are further down."""
    account_id: int | None = None
    session_id: int | None = None

    def may(self, right: Right) -> bool:
        return right in self.grants.rights

    def may_at(self, right: Right, branch_id: int | None) -> bool:
        """Also there? What belongs to no branch is reached by rights without bounds only."""
        branches = self.branches_for(right)
        return self.may(right) and (branches is None or branch_id in branches)

    def branches_for(self, right: Right) -> frozenset[int] | None:
        """None: every branch."""
        reach = self.grants.rights.get(right)
        if reach is Reach.ALL or (reach and right.noun not in BOUND_TO_BRANCHES):
            return None
        return self.branches if reach else frozenset()

    @property
    def is_super_admin(self) -> bool:
        return self.staff_id is not None and self.level == 0

    @cached_property
    def hidden_keys(self) -> frozenset[str]:
        """The fields this actor does not see: `order.total`."""
        if self.grants is EVERYTHING:
            return frozenset()
        shown = {key for key, level in self.grants.fields.items() if level is not HIDDEN}
        return EVERY_FIELD - shown

    @cached_property
    def unwritable_keys(self) -> frozenset[str]:
        """The fields this actor cannot set, though others can."""
        if self.grants is EVERYTHING:
            return frozenset()
        return frozenset(key for key in WRITABLE if self.grants.level(key) is not FieldLevel.WRITE)

    @cached_property
    def hidden(self) -> Mapping[str, frozenset[str]]:
        """By noun: the names of the fields this actor does not see."""
        keys = self.hidden_keys
        return {
            noun: frozenset(name for name in names if f"{noun}.{name}" in keys)
            for noun, names in GUARDED.items()
        }

    @property
    def sees_everything(self) -> bool:
        return not self.hidden_keys

    @property
    def sees_and_sets_everything(self) -> bool:
        return self.sees_everything and not self.unwritable_keys


SYSTEM = Actor("system", EVERYTHING)


def require(actor: Actor, right: Right) -> None:
    if not actor.may(right):
        raise Forbidden(f"This needs the right {right}.")
