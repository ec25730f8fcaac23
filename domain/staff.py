"""The people who work here: what is written down about them, and who may change it."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.access import Actor, Grants, Right
from domain.access.hierarchy import (
    is_below,
    reaches,
    require_below,
    require_held,
    require_other,
    require_within,
)
from domain.errors import Refusal

WAYS_IN = frozenset({"login", "email"})
"""Whoever changes these could sign in as that person."""


class NotInvitable(Refusal):
    """An invitation would be of no use to them."""


@dataclass(frozen=True)
class Person:
    """`login` is what they sign in with; one-time codes go to `email`."""

    name: str
    login: str
    email: str
    phone: str
    language: str


@dataclass(frozen=True)
class Standing:
    """A member of staff as the hierarchy sees them."""

    id: int
    branches: frozenset[int]
    level: int
    grants: Grants


def is_over(actor: Actor, level: int, branches: Collection[int]) -> bool:
    """Whether somebody of this standing is theirs to change."""
    return is_below(actor, level) and reaches(actor, Right.STAFF_EDIT, branches)


def require_over(actor: Actor, person: Standing, right: Right) -> None:
    require_below(actor, person.level)
    require_within(actor, right, person.branches)


def require_over_another(actor: Actor, person: Standing, right: Right) -> None:
    require_other(actor, person.id)
    require_over(actor, person, right)


def check_edit(actor: Actor, person: Standing, changed: Collection[str]) -> None:
    require_over(actor, person, Right.STAFF_EDIT)
    if not WAYS_IN.isdisjoint(changed):
        require_held(actor, person.grants)


def check_binding(actor: Actor, person: Standing, branches: frozenset[int]) -> None:
    """Whoever reaches to own branches only, cannot lend people to others, nor let them go."""
    if not actor.is_super_admin:
        require_other(actor, person.id)
    require_over(actor, person, Right.STAFF_EDIT)
    require_within(actor, Right.STAFF_EDIT, branches)


def check_invitation(*, is_active: bool, has_password: bool) -> None:
    if not is_active:
        raise NotInvitable("They are blocked: unblock them first.")
    if has_password:
        raise NotInvitable("They have a password, and can ask for a new one when signing in.")
