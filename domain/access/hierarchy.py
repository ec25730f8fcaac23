"""Who may grant what to whom: only what one holds oneself, and only to those further down."""

from collections.abc import Collection, Iterable

from domain.access.actor import NOTHING, Actor, Forbidden, Grants, widest
from domain.access.rights import Right
from domain.errors import Refusal

SUPER_ADMIN_LEVEL = 0
MOST_NAMED = 5
"""So many missing grants are named in a refusal; of more, the number."""


class NotBelow(Forbidden):
    """It does not stand below whoever asks."""


class MoreThanHeld(Forbidden):
    """Nobody grants what they do not hold."""


class OnOneself(Forbidden):
    """Nobody decides what they themselves may."""


class OtherBranches(Forbidden):
    """The right reaches to the person's own branches only."""


class LastSuperAdmin(Refusal):
    """Somebody has to be left who may do everything."""


class BuiltInGroup(Refusal):
    """The program needs this group as it is."""


class GroupInUse(Refusal):
    """It has members."""


def is_below(actor: Actor, level: int) -> bool:
    """Programs have nobody below them; next to SuperAdmin nobody is out of reach."""
    return actor.is_super_admin or (actor.staff_id is not None and actor.level < level)


def require_below(actor: Actor, level: int) -> None:
    if not is_below(actor, level):
        raise NotBelow("Only somebody of a higher group can do this.")


def require_other(actor: Actor, staff_id: int) -> None:
    if actor.staff_id == staff_id:
        raise OnOneself("Somebody else has to do this for you.")


def require_held(actor: Actor, wanted: Grants, already: Grants = NOTHING) -> None:
    """What was granted `already` may stay as it is."""
    if actor.staff_id is None:
        raise MoreThanHeld("Only people grant rights.")
    beyond = wanted.exceeding(widest([actor.grants, already]))
    if beyond:
        raise MoreThanHeld(f"You cannot grant what you do not hold: {_named(beyond)}.")


def reaches(actor: Actor, right: Right, branches: Collection[int]) -> bool:
    own = actor.branches_for(right)
    return own is None or (bool(branches) and own.issuperset(branches))


def require_within(actor: Actor, right: Right, branches: Collection[int]) -> None:
    """Who reaches to own branches only, acts on those who work in no other."""
    if not reaches(actor, right, branches):
        raise OtherBranches(f"Your right {right} reaches to your own branches only.")


def require_super_admin_left(others: Collection[int]) -> None:
    """`others`: who would still be in the group, and can sign in."""
    if not others:
        raise LastSuperAdmin("This is the last SuperAdmin: make somebody else one first.")


def check_group_edit(actor: Actor, level: int, already: Grants, to_level: int, to: Grants) -> None:
    if level == SUPER_ADMIN_LEVEL:
        raise BuiltInGroup("SuperAdmin may everything and cannot be restricted.")
    require_below(actor, level)
    require_below(actor, to_level)
    require_held(actor, to, already)


def check_membership(actor: Actor, groups: Iterable[tuple[int, Grants]]) -> None:
    """(level, grants) of every group that somebody is to be put into."""
    for level, grants in groups:
        require_below(actor, level)
        require_held(actor, grants)


def _named(beyond: list[str]) -> str:
    named, more = beyond[:MOST_NAMED], len(beyond) - MOST_NAMED
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")
