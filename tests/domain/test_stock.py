"""Holding stock for orders: no piece is promised twice, none is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.stock import Allocation, Demand, OutOfStock, allocate

VARIANT, LOCATION = st.integers(1, 3), st.integers(1, 3)
LEVELS = st.dictionaries(st.tuples(VARIANT, LOCATION), st.integers(-2, 6))
WANTED = st.lists(st.tuples(VARIANT, st.integers(1, 5), st.booleans()), max_size=5)


@given(WANTED, LEVELS, st.permutations([1, 2, 3]))
def test_nothing_is_promised_twice_and_nothing_lost(
    wanted: list[tuple[int, int, bool]],
    available: dict[tuple[int, int], int],
    locations: list[int],
) -> None:
    demands = [
        Demand(line, variant, f"S{variant}", quantity, late)
        for line, (variant, quantity, late) in enumerate(wanted, 1)
    ]
    try:
        held = allocate(demands, available, locations)
    except OutOfStock:
        assert any(not demand.may_backorder for demand in demands)
        return
    for demand in demands:
        theirs = [item for item in held if item.line == demand.line]
        assert sum(item.quantity for item in theirs) == demand.quantity
        assert all(item.variant_id == demand.variant_id for item in theirs)
        backordered = [item for item in theirs if item.location_id is None]
        assert not backordered or demand.may_backorder
    for (variant, location), free in available.items():
        taken = sum(
            item.quantity
            for item in held
            if (item.variant_id, item.location_id) == (variant, location)
        )
        assert taken <= max(free, 0)


def test_one_location_that_has_it_all_comes_first() -> None:
    demands = [Demand(1, 1, "MUG", 2), Demand(2, 2, "TEA", 1)]
    available = {(1, 1): 5, (2, 1): 0, (1, 2): 2, (2, 2): 1}
    assert allocate(demands, available, [1, 2]) == [
        Allocation(1, 1, 2, 2),
        Allocation(2, 2, 2, 1),
    ]


def test_several_locations_serve_in_their_order() -> None:
    demand = [Demand(1, 1, "MUG", 5)]
    assert allocate(demand, {(1, 1): 2, (1, 2): 2, (1, 3): 2}, [3, 1, 2]) == [
        Allocation(1, 1, 3, 2),
        Allocation(1, 1, 1, 2),
        Allocation(1, 1, 2, 1),
    ]


def test_what_is_missing_is_told_or_sold_without_stock() -> None:
    with pytest.raises(OutOfStock, match=r"^MUG: 1 of 3 left\.$"):
        allocate([Demand(1, 1, "MUG", 3)], {(1, 1): 1}, [1])
    late = [Demand(1, 1, "MUG", 3, may_backorder=True)]
    assert allocate(late, {(1, 1): 1}, [1]) == [
        Allocation(1, 1, 1, 1),
        Allocation(1, 1, None, 2),
    ]


def test_lines_of_one_variant_share_what_is_there() -> None:
    two = [Demand(1, 1, "MUG", 2), Demand(2, 1, "MUG", 2)]
    with pytest.raises(OutOfStock, match=r"^MUG: 1 of 2 left\.$"):
        allocate(two, {(1, 1): 3}, [1])
