"""Variants made of attribute values."""

import pytest

from domain.catalogue import free_sku
from domain.catalogue_variants import (
    Choice,
    Combination,
    PatternUnclear,
    Proposed,
    TooManyVariants,
    Value,
    combinations,
    propose,
)

COLOUR = Choice("colour", [Value(1, "RED", "red"), Value(2, "BLUE", "blue")])
SIZE = Choice("size", [Value(number, f"S{number}", f"size {number}") for number in (3, 4)])


@pytest.mark.requirement("R209", "R210", "R214")
def test_every_combination_once_in_the_order_of_the_values() -> None:
    assert combinations([COLOUR, SIZE], "MUG-{colour}/{size}") == [
        Combination("MUG-RED/S3", "red, size 3", (1, 3)),
        Combination("MUG-RED/S4", "red, size 4", (1, 4)),
        Combination("MUG-BLUE/S3", "blue, size 3", (2, 3)),
        Combination("MUG-BLUE/S4", "blue, size 4", (2, 4)),
    ]


@pytest.mark.requirement("R214")
def test_what_exists_already_keeps_its_sku() -> None:
    made = combinations([COLOUR], "MUG-{colour}")
    existing = {frozenset({1}): "OLD-RED"}
    assert propose(made, existing, frozenset({"MUG-RED", "MUG-BLUE"})) == [
        Proposed("OLD-RED", "red", (1,), "OLD-RED", False),
        Proposed("MUG-BLUE", "blue", (2,), None, True),
    ]


@pytest.mark.requirement("R219")
@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("MUG-{colour}", "lacks {size}"),
        ("MUG-{colour}-{size}-{shape}", "names {shape}"),
        ("MUG-{colour}-{size}" + "X" * 95, "at most 100 characters"),
    ],
)
def test_patterns_that_would_not_tell_variants_apart(pattern: str, told: str) -> None:
    with pytest.raises(PatternUnclear, match=told):
        combinations([COLOUR, SIZE], pattern)


def test_codes_that_run_into_each_other() -> None:
    one = Choice("one", [Value(1, "A", "a"), Value(2, "AB", "ab")])
    two = Choice("two", [Value(3, "BC", "bc"), Value(4, "C", "c")])
    with pytest.raises(PatternUnclear, match="same SKU"):
        combinations([one, two], "{one}{two}")


@pytest.mark.requirement("R219")
def test_a_hundred_variants_and_no_more() -> None:
    ten = [Choice(code, [Value(n, str(n), str(n)) for n in range(10)]) for code in ("a", "b")]
    assert len(combinations(ten, "{a}-{b}")) == 100
    more = Choice("c", [Value(1, "1", "1"), Value(2, "2", "2")])
    with pytest.raises(TooManyVariants, match="make 200 variants"):
        combinations([*ten, more], "{a}-{b}-{c}")


def test_copies_get_skus_of_their_own() -> None:
    assert free_sku("MUG", set()) == "MUG-COPY"
    assert free_sku("MUG", {"MUG-COPY", "MUG-COPY-2"}) == "MUG-COPY-3"
    assert len(free_sku("X" * 100, set())) == 90
