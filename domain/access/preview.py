"""What a change of grants means to somebody: what they gain, and what they lose."""

from dataclasses import dataclass

from domain.access.actor import Grants
from domain.access.fields import FieldLevel
from domain.access.rights import Reach


@dataclass(frozen=True)
class Step:
    """`name`: a right or a guarded field. None: not granted."""

    name: str
    before: Reach | FieldLevel | None
    after: Reach | FieldLevel | None


@dataclass(frozen=True)
class Difference:
    gains: list[Step]
    losses: list[Step]

    def __bool__(self) -> bool:
        return bool(self.gains or self.losses)


def difference(before: Grants, after: Grants) -> Difference:
    return Difference(
        [_step(name, before, after) for name in after.exceeding(before)],
        [_step(name, before, after) for name in before.exceeding(after)],
    )


def _step(name: str, before: Grants, after: Grants) -> Step:
    return Step(name, _held(before, name), _held(after, name))


def _held(grants: Grants, name: str) -> Reach | FieldLevel | None:
    rights = {right.value: reach for right, reach in grants.rights.items()}
    return rights.get(name) or grants.fields.get(name)
