"""Rules that say which products belong to a category without anybody putting them there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.errors import Refusal

MOST_CONDITIONS = 20
MOST_VALUES = 200


class RuleUnclear(Refusal):
    """The rule says something that no product could meet, or that means nothing."""


class Match(StrEnum):
    ALL = "all"
    ANY = "any"


class Criterion(StrEnum):
    BRAND = "brand"
    SUPPLIER = "supplier"
    PRODUCT_CLASS = "product_class"
    TAX_CLASS = "tax_class"
    VALUE = "value"
    """Of an attribute: of the product or of one of its variants."""
    PRICE = "price"
    """Of one of its variants."""
    WEIGHT = "weight_g"
    IN_STOCK = "in_stock"


class Operator(StrEnum):
    IS_ONE_OF = "is_one_of"
    IS_NONE_OF = "is_none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


NUMBERS = frozenset({Criterion.PRICE, Criterion.WEIGHT, Criterion.IN_STOCK})
IDS = frozenset({Criterion.BRAND, Criterion.SUPPLIER, Criterion.PRODUCT_CLASS, Criterion.VALUE})
COMPARISONS = frozenset({Operator.AT_LEAST, Operator.AT_MOST})


@dataclass(frozen=True)
class Condition:
    criterion: Criterion
    operator: Operator
    values: tuple[int | str, ...]
    """One number for comparisons."""
    currency: str | None = None
    """Of a price."""

    def __post_init__(self) -> None:
        if (self.criterion in NUMBERS) != (self.operator in COMPARISONS):
            raise RuleUnclear(f"{self.criterion} cannot be compared by {self.operator}.")
        if not self.values or (self.operator in COMPARISONS and len(self.values) > 1):
            raise RuleUnclear(f"{self.criterion} {self.operator}: one value is needed.")
        if len(self.values) > MOST_VALUES:
            raise RuleUnclear(f"A condition has {MOST_VALUES} values at most.")
        if (self.criterion is Criterion.PRICE) != (self.currency is not None):
            raise RuleUnclear("A price has a currency; nothing else has.")
        wanted = str if self.criterion is Criterion.TAX_CLASS else int
        if not all(type(value) is wanted for value in self.values):
            raise RuleUnclear(f"{self.criterion} takes {wanted.__name__} values.")


@dataclass(frozen=True)
class Rule:
    match: Match
    conditions: tuple[Condition, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.conditions) <= MOST_CONDITIONS:
            raise RuleUnclear(f"A rule has 1 to {MOST_CONDITIONS} conditions.")

    def stored(self) -> dict[str, Any]:
        return {
            "match": self.match.value,
            "conditions": [_stored(condition) for condition in self.conditions],
        }

    @staticmethod
    def of(stored: Mapping[str, Any] | None) -> "Rule | None":
        if stored is None:
            return None
        return Rule(Match(stored["match"]), tuple(map(_condition, stored["conditions"])))


def _stored(condition: Condition) -> dict[str, Any]:
    return {
        "criterion": condition.criterion.value,
        "operator": condition.operator.value,
        "values": list(condition.values),
        "currency": condition.currency,
    }


def _condition(stored: Mapping[str, Any]) -> Condition:
    values: Sequence[int | str] = stored["values"]
    return Condition(
        Criterion(stored["criterion"]),
        Operator(stored["operator"]),
        tuple(values),
        stored["currency"],
    )
