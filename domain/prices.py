"""What an order costs: lines, tax by class and country, totals. Minor units throughout."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.errors import Refusal
from domain.money import share

HUNDRED_PERCENT = 10_000
"""Tax rates are in hundredths of a percent: 2000 is 20 %."""


HIGHEST_TOTAL = 10**15
"""Minor units. Beyond it lies a mistake, and soon what the database can count."""


class TotalTooHigh(Refusal):
    """No order costs this much."""


class NoTaxRate(Refusal):
    """The shop has no tax rate for this class in this country."""


@dataclass(frozen=True)
class TaxTable:
    """Rates by (tax class, country); `*` stands for every country without its own row."""

    rates: Mapping[tuple[str, str], int]

    def rate(self, tax_class: str, country: str) -> int:
        rate = self.rates.get((tax_class, country), self.rates.get((tax_class, "*")))
        if rate is None:
            raise NoTaxRate(f"No tax rate for class {tax_class!r} in {country!r}.")
        return rate


@dataclass(frozen=True)
class Amounts:
    """`gross` is what the customer pays; `tax` is the part of it that is tax."""

    gross: int
    tax: int

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.gross + other.gross, self.tax + other.tax)

    def part(self, quantity: int, ordered: int) -> "Amounts":
        return Amounts(share(self.gross, quantity, ordered), share(self.tax, quantity, ordered))


NOTHING = Amounts(0, 0)


def with_tax(amount: int, rate: int, *, tax_included: bool) -> Amounts:
    if tax_included:
        net = _half_up(Decimal(amount) * HUNDRED_PERCENT / (HUNDRED_PERCENT + rate))
        return Amounts(amount, amount - net)
    tax = _half_up(Decimal(amount) * rate / HUNDRED_PERCENT)
    return Amounts(amount + tax, tax)


@dataclass(frozen=True)
class PricedLine:
    """A line's money as stored when it was sold; refunds use it, never today's price or tax."""

    ordered: int
    wanted: int
    amounts: Amounts

    @property
    def now(self) -> Amounts:
        """What is left of it after cancellations."""
        return self.amounts.part(self.wanted, self.ordered)

    def refund_for(self, quantity: int, already: int) -> Amounts:
        """For `quantity` more pieces after `already`: parts add up to the whole, to the penny."""
        after = self.amounts.part(already + quantity, self.ordered)
        before = self.amounts.part(already, self.ordered)
        return Amounts(after.gross - before.gross, after.tax - before.tax)


def order_total(lines: Iterable[PricedLine], shipping: Amounts) -> Amounts:
    """Shipping falls away with the last piece."""
    lines = list(lines)
    goods = sum((line.now for line in lines), NOTHING)
    return check_total(goods + shipping if any(line.wanted for line in lines) else goods)


def check_total(total: Amounts) -> Amounts:
    if total.gross > HIGHEST_TOTAL:
        raise TotalTooHigh(f"An order costs at most {HIGHEST_TOTAL} in minor units.")
    return total


def _half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
