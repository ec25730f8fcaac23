"""Variants made of attribute values: every combination, with its SKU from a pattern."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from domain.catalogue import MOST_VARIANTS
from domain.errors import Refusal

LONGEST_SKU = 100
_PLACE = re.compile(r"\{([^{}]*)\}")


class TooManyVariants(Refusal):
    """More combinations than one product can have."""


class PatternUnclear(Refusal):
    """SKUs made by this pattern would not tell the variants apart."""


@dataclass(frozen=True)
class Value:
    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Choice:
    """An attribute, and those of its values that there shall be variants of."""

    code: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Combination:
    sku: str
    name: str
    value_ids: tuple[int, ...]


@dataclass(frozen=True)
class Proposed(Combination):
    exists_as: str | None
    """The SKU of the variant that has these values already."""
    is_taken: bool
    """Something else is sold under this SKU."""


def combinations(choices: Sequence[Choice], pattern: str) -> list[Combination]:
    """In the order of the values. `MUG-{colour}` makes MUG-RED of the value with code RED."""
    count = prod(len(choice.values) for choice in choices)
    if not 1 <= count <= MOST_VARIANTS:
        raise TooManyVariants(
            f"These values make {count} variants; a product has 1 to {MOST_VARIANTS}."
        )
    _check_pattern([choice.code for choice in choices], pattern)
    made = [_combine(choices, values, pattern) for values in product(*_values(choices))]
    _check_skus(made)
    return made


def propose(
    made: Sequence[Combination],
    existing: Mapping[frozenset[int], str],
    taken: frozenset[str],
) -> list[Proposed]:
    """`existing`: SKUs of the product by their values; `taken`: all SKUs of other variants."""
    proposed = []
    for one in made:
        known = existing.get(frozenset(one.value_ids))
        is_taken = known is None and one.sku in taken
        proposed.append(Proposed(known or one.sku, one.name, one.value_ids, known, is_taken))
    return proposed


def _values(choices: Sequence[Choice]) -> list[Sequence[Value]]:
    return [choice.values for choice in choices]


def _check_pattern(codes: Sequence[str], pattern: str) -> None:
    named = _PLACE.findall(pattern)
    if missing := [code for code in codes if code not in named]:
        raise PatternUnclear(f"The pattern lacks {{{missing[0]}}}: SKUs would be the same.")
    if unknown := [name for name in named if name not in codes]:
        raise PatternUnclear(f"The pattern names {{{unknown[0]}}}, which is not chosen.")


def _combine(choices: Sequence[Choice], values: Sequence[Value], pattern: str) -> Combination:
    codes = {choice.code: value.code for choice, value in zip(choices, values, strict=True)}
    sku = _PLACE.sub(lambda place: codes[place[1]], pattern)
    return Combination(
        sku, ", ".join(value.name for value in values), tuple(value.id for value in values)
    )


def _check_skus(made: Sequence[Combination]) -> None:
    if len({one.sku for one in made}) < len(made):
        raise PatternUnclear("Two combinations would get the same SKU: put something between.")
    if (longest := max(len(one.sku) for one in made)) > LONGEST_SKU:
        raise PatternUnclear(f"An SKU has at most {LONGEST_SKU} characters, not {longest}.")
