"""One grants what one holds, to those below; of several groups the widest counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import (
    EVERY_FIELD,
    EVERY_RIGHT,
    EVERYTHING,
    NOTHING,
    PROFILES,
    SUPER_ADMIN,
    Actor,
    FieldLevel,
    Grants,
    Reach,
    Right,
    widest,
)
from domain.access.hierarchy import (
    BuiltInGroup,
    LastSuperAdmin,
    MoreThanHeld,
    NotBelow,
    OtherBranches,
    check_group_edit,
    check_membership,
    is_below,
    require_held,
    require_super_admin_left,
    require_within,
)
from domain.access.preview import Difference, Step, difference

HIDDEN, READ, WRITE = FieldLevel
OWN, ALL = Reach
READ_OWN = Grants({Right.ORDER_READ: OWN}, {"order.total": READ})
READ_ALL = Grants({Right.ORDER_READ: ALL}, {"order.total": WRITE, "order.comment": READ})
grants = st.builds(
    Grants,
    st.dictionaries(st.sampled_from(Right), st.sampled_from(Reach), max_size=8),
    st.dictionaries(
        st.sampled_from(sorted(EVERY_FIELD)), st.sampled_from([READ, WRITE]), max_size=8
    ),
)


def manager(
    held: Grants = NOTHING, level: int = 10, branches: frozenset[int] = frozenset()
) -> Actor:
    return Actor("staff:1", held, branches=branches, staff_id=1, level=level)


OWNER = manager(EVERYTHING, level=0)


@pytest.mark.requirement("R11", "R310")
def test_of_two_groups_the_widest_counts_right_by_right_and_field_by_field() -> None:
    both = widest([READ_OWN, READ_ALL, Grants({Right.STOCK_READ: OWN}, {"stock.on_hand": READ})])
    assert both == Grants(
        {Right.ORDER_READ: ALL, Right.STOCK_READ: OWN},
        {"order.total": WRITE, "order.comment": READ, "stock.on_hand": READ},
    )
    assert manager(both, branches=frozenset({3})).branches_for(Right.ORDER_READ) is None
    assert manager(both, branches=frozenset({3})).branches_for(Right.STOCK_READ) == frozenset({3})


@given(st.lists(grants, max_size=4))
def test_the_order_of_groups_does_not_matter_and_none_exceeds_all(many: list[Grants]) -> None:
    together = widest(many)
    assert together == widest(reversed(many))
    assert [one.exceeding(together) for one in many] == [[] for _ in many]
    assert together.exceeding(EVERYTHING) == []


@pytest.mark.requirement("R12")
@given(grants, grants)
def test_nobody_gives_away_more_than_they_hold(held: Grants, wanted: Grants) -> None:
    try:
        require_held(manager(held), wanted)
    except MoreThanHeld:
        assert widest([held, wanted]) != held
    else:
        assert widest([held, wanted]) == held


@pytest.mark.requirement("R12")
def test_what_a_group_had_before_may_stay_but_not_grow() -> None:
    held = manager(READ_OWN)
    check_group_edit(held, 20, READ_ALL, 30, READ_ALL)
    check_group_edit(held, 20, READ_ALL, 20, READ_OWN)
    check_group_edit(held, 20, READ_ALL, 20, NOTHING)
    with pytest.raises(
        MoreThanHeld, match=r"^You cannot grant what you do not hold: order\.edit\.$"
    ):
        check_group_edit(held, 20, READ_ALL, 20, Grants({Right.ORDER_EDIT: OWN}))
    with pytest.raises(MoreThanHeld, match=r"order\.comment, order\.read, order\.total\.$"):
        check_group_edit(held, 20, NOTHING, 20, READ_ALL)


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(("before", "after"), [(10, 20), (20, 10), (9, 20), (20, 0)])
def test_a_group_stands_below_before_and_after(before: int, after: int) -> None:
    with pytest.raises(NotBelow):
        check_group_edit(manager(), before, NOTHING, after, NOTHING)


@pytest.mark.requirement("R124")
def test_super_admin_is_above_all_and_beyond_restriction() -> None:
    assert [is_below(OWNER, level) for level in (0, 1, 100, 1000)] == [True] * 4
    assert [is_below(manager(), level) for level in (0, 10, 11, 1000)] == [False, False, True, True]
    with pytest.raises(BuiltInGroup):
        check_group_edit(OWNER, 0, EVERYTHING, 1, NOTHING)
    with pytest.raises(LastSuperAdmin):
        require_super_admin_left([])
    require_super_admin_left([7])


def test_programs_and_customers_have_nobody_below_them() -> None:
    key, customer = Actor("key:1", EVERYTHING), Actor("customer:1", EVERYTHING, customer_id=1)
    for actor in (key, customer):
        assert not is_below(actor, 1000)
        with pytest.raises(MoreThanHeld):
            require_held(actor, NOTHING)


@pytest.mark.requirement("R326", "R334")
def test_own_branches_are_the_limit_of_rights_that_reach_to_own() -> None:
    own = manager(Grants({Right.STAFF_EDIT: OWN}), branches=frozenset({1, 2}))
    require_within(own, Right.STAFF_EDIT, {1, 2})
    for beyond in ({1, 3}, {3}, frozenset[int]()):
        with pytest.raises(OtherBranches):
            require_within(own, Right.STAFF_EDIT, beyond)
    require_within(manager(Grants({Right.STAFF_EDIT: ALL})), Right.STAFF_EDIT, frozenset())


@pytest.mark.requirement("R299", "R301")
def test_a_site_manager_can_appoint_point_managers() -> None:
    site = PROFILES["Site manager"]
    actor = manager(site.grants, site.level)
    point = PROFILES["Branch manager"]
    check_membership(actor, [(point.level, point.grants)])
    assert {
        Right.BRANCH_CREATE,
        Right.BRANCH_EDIT,
        Right.STAFF_CREATE,
        Right.STAFF_BLOCK,
        Right.PRODUCT_EDIT,
    } <= site.grants.rights.keys()
    below = [name for name, profile in PROFILES.items() if profile.level > site.level]
    assert set(PROFILES) - {*below} == {SUPER_ADMIN, "Site manager"}
    for name in below:
        check_membership(actor, [(PROFILES[name].level, PROFILES[name].grants)])


def test_a_preview_tells_what_is_gained_and_what_is_lost() -> None:
    assert difference(READ_OWN, READ_OWN) == Difference([], [])
    assert difference(READ_OWN, READ_ALL) == Difference(
        [
            Step("order.comment", None, READ),
            Step("order.read", OWN, ALL),
            Step("order.total", READ, WRITE),
        ],
        [],
    )
    assert difference(READ_ALL, NOTHING) == Difference(
        [],
        [
            Step("order.comment", READ, None),
            Step("order.read", ALL, None),
            Step("order.total", WRITE, None),
        ],
    )


def test_no_right_is_called_like_a_field() -> None:
    """Refusals and previews name both in one list."""
    assert {*map(str, EVERY_RIGHT)} & EVERY_FIELD == set()
