"""Categories: a tree, in which a product is put by hand or belongs by a rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.catalogue_rules import Rule
from domain.errors import Refusal

DEEPEST = 8


class CategoryUnknown(Refusal):
    """There is no category of this number."""


class CategoryInUse(Refusal):
    """Other categories hang on it."""


class WrongPlace(Refusal):
    """A category cannot lie there."""


@dataclass(frozen=True)
class CategoryDraft:
    names: Mapping[str, str]
    """By language."""
    parent_id: int | None = None
    position: int = 0
    is_published: bool = False
    rule: Rule | None = None


def check_parent(id: int | None, parent_id: int | None, parents: Mapping[int, int | None]) -> None:
    """`parents`: of every category there is. Id None: it is new."""
    if parent_id is not None and parent_id not in parents:
        raise WrongPlace("The category above it is not there any more.")
    above = _path(parent_id, parents)
    if id in above:
        raise WrongPlace("A category cannot lie below itself.")
    if len(above) + _height(id, parents) > DEEPEST:
        raise WrongPlace(f"The tree is {DEEPEST} levels deep at most.")


def _path(id: int | None, parents: Mapping[int, int | None]) -> list[int]:
    path: list[int] = []
    while id is not None and id not in path:
        path.append(id)
        id = parents.get(id)
    return path


def _height(id: int | None, parents: Mapping[int, int | None]) -> int:
    """Levels from it down to the lowest below it, itself among them."""
    if id is None:
        return 1
    paths = (_path(each, parents) for each in parents)
    return max((path.index(id) + 1 for path in paths if id in path), default=1)
