"""Amounts of money in minor units; never floats."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# ISO 4217 currencies whose minor unit is not a hundredth.
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "TND": 3}


def exponent(currency: str) -> int:
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, order=False)
class Money:
    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __str__(self) -> str:
        return f"{self.decimal()} {self.currency}"

    def decimal(self) -> Decimal:
        """In major units, with the currency's number of places: 1250 GBP minor -> 12.50."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @staticmethod
    def parse(text: str, currency: str) -> "Money":
        """From a decimal string in major units, as providers and price lists write it.

        Raises ValueError for text that is no number or has more places than the currency."""
        try:
            minor = Decimal(text).scaleb(exponent(currency))
        except ArithmeticError:
            raise ValueError(f"{text!r} is not an amount of money.") from None
        if not minor.is_finite() or minor != minor.to_integral_value():
            raise ValueError(f"{text!r} is not an amount in {currency}.")
        return Money(int(minor), currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up.")
        return other.minor


def share(total: int, part: int, whole: int) -> int:
    """`total` x `part` / `whole` in minor units, half up. 0 of 0 is 0."""
    if whole == 0:
        return 0
    return int((Decimal(total) * part / whole).quantize(Decimal(1), ROUND_HALF_UP))
