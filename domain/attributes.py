"""Attributes: what products and variants differ in, and the values they may have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.errors import Refusal

MOST_VALUES = 500


class AttributeUnknown(Refusal):
    """There is no such attribute."""


class AttributeInUse(Refusal):
    """Products, product classes or rules need it."""


class CodeTaken(Refusal):
    """Two could not be told apart by their code."""


@dataclass(frozen=True)
class ValueDraft:
    """`id` None: a new one. The code stands for it in SKUs."""

    code: str
    names: Mapping[str, str]
    id: int | None = None


@dataclass(frozen=True)
class AttributeDraft:
    code: str
    names: Mapping[str, str]
    values: tuple[ValueDraft, ...]
    position: int = 0


def check_attribute(draft: AttributeDraft, known: Collection[int]) -> None:
    codes: set[str] = set()
    for value in draft.values:
        if value.code in codes:
            raise CodeTaken(f"Two values have the code {value.code}.")
        codes.add(value.code)
        if value.id is not None and value.id not in known:
            raise AttributeUnknown(f"There is no value {value.id} of this attribute (any more).")
