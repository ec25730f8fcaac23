"""All that can be granted, and how far this caller may grant it: the matrix is drawn from it."""

from typing import Annotated

from pydantic import BaseModel

from api.access import needs
from api.answers import RESPONSES
from api.routers import Router
from domain.access import (
    BOUND_TO_BRANCHES,
    GUARDED,
    Actor,
    FieldLevel,
    GuardedField,
    Reach,
    Right,
    by_noun,
)

router = Router("/rights", tags=["groups"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.GROUP_READ)]


class RightRead(BaseModel):
    right: Right
    command: str
    grantable: Reach | None
    """None: this caller does not hold it."""


class FieldRead(BaseModel):
    key: str
    name: str
    levels: list[FieldLevel]
    grantable: FieldLevel


class NounRead(BaseModel):
    noun: str
    reaches: list[Reach]
    """How far its rights can reach."""
    rights: list[RightRead]
    fields: list[FieldRead]


class RightsRead(BaseModel):
    nouns: list[NounRead]
    level: int
    """Of this caller, who manages groups of larger numbers; SuperAdmin, 0, all of them."""


@router.get("")
def read_rights(actor: Reader) -> RightsRead:
    rights = by_noun()
    nouns = [*rights, *(noun for noun in GUARDED if noun not in rights)]
    return RightsRead(
        nouns=[_noun(noun, rights.get(noun, []), actor) for noun in nouns], level=actor.level
    )


def _noun(noun: str, rights: list[Right], actor: Actor) -> NounRead:
    return NounRead(
        noun=noun,
        reaches=list(Reach) if noun in BOUND_TO_BRANCHES else [Reach.ALL],
        rights=[_right(right, actor) for right in rights],
        fields=[_field(noun, field, actor) for field in GUARDED.get(noun, {}).values()],
    )


def _right(right: Right, actor: Actor) -> RightRead:
    return RightRead(right=right, command=right.command, grantable=actor.grants.rights.get(right))


def _field(noun: str, field: GuardedField, actor: Actor) -> FieldRead:
    key = f"{noun}.{field.name}"
    levels = [level for level in FieldLevel if field.is_writable or level is not FieldLevel.WRITE]
    held = min(actor.grants.level(key), levels[-1], key=lambda level: level.rank)
    return FieldRead(key=key, name=field.name, levels=levels, grantable=held)
