"""The tree of categories and the rules that fill it."""

from typing import Any

import pytest

from domain.catalogue_rules import Condition, Criterion, Match, Operator, Rule, RuleUnclear
from domain.categories import DEEPEST, WrongPlace, check_parent

TREE = {1: None, 2: 1, 3: 2, 4: None}


@pytest.mark.requirement("R62")
def test_a_category_does_not_lie_below_itself() -> None:
    check_parent(3, 4, TREE)
    check_parent(None, 3, TREE)
    for parent in (1, 2, 3):
        with pytest.raises(WrongPlace, match="below itself"):
            check_parent(1, parent, TREE)
    with pytest.raises(WrongPlace, match="not there"):
        check_parent(1, 9, TREE)


def test_the_tree_does_not_grow_too_deep() -> None:
    line = {1: None, **{level: level - 1 for level in range(2, DEEPEST + 1)}, 20: None, 21: 20}
    check_parent(None, DEEPEST - 1, line)
    check_parent(20, DEEPEST - 2, line)
    for id, parent in ((None, DEEPEST), (20, DEEPEST - 1)):
        with pytest.raises(WrongPlace, match="8 levels"):
            check_parent(id, parent, line)


@pytest.mark.requirement("R20")
def test_rules_are_stored_and_read() -> None:
    rule = Rule(
        Match.ANY,
        (
            Condition(Criterion.BRAND, Operator.IS_ONE_OF, (1, 2)),
            Condition(Criterion.PRICE, Operator.AT_MOST, (100,), "RUB"),
            Condition(Criterion.TAX_CLASS, Operator.IS_NONE_OF, ("reduced",)),
        ),
    )
    assert Rule.of(rule.stored()) == rule
    assert Rule.of(None) is None


@pytest.mark.requirement("R20", "R219")
@pytest.mark.parametrize(
    "unclear",
    [
        (Criterion.BRAND, Operator.AT_LEAST, (1,), None),
        (Criterion.PRICE, Operator.IS_ONE_OF, (1,), "RUB"),
        (Criterion.PRICE, Operator.AT_LEAST, (1,), None),
        (Criterion.WEIGHT, Operator.AT_LEAST, (1,), "RUB"),
        (Criterion.WEIGHT, Operator.AT_LEAST, (1, 2), None),
        (Criterion.VALUE, Operator.IS_ONE_OF, (), None),
        (Criterion.VALUE, Operator.IS_ONE_OF, ("red",), None),
        (Criterion.TAX_CLASS, Operator.IS_ONE_OF, (1,), None),
        (Criterion.BRAND, Operator.IS_ONE_OF, tuple(range(201)), None),
    ],
)
def test_conditions_that_mean_nothing(unclear: Any) -> None:
    with pytest.raises(RuleUnclear):
        Condition(*unclear)


def test_a_rule_has_conditions() -> None:
    with pytest.raises(RuleUnclear):
        Rule(Match.ALL, ())
