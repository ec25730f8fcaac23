"""Money as people of each language write it."""

from dataclasses import dataclass

from domain.money import Money, exponent

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class _Style:
    thousands: str
    decimal: str
    symbols: dict[str, str]
    symbol_first: bool


_STYLES = {
    "en": _Style(",", ".", {"GBP": "£", "EUR": "€", "USD": "US$"}, symbol_first=True),
    "fr": _Style(NO_BREAK_SPACE, ",", {"EUR": "€", "GBP": "£"}, symbol_first=False),
    "ru": _Style(
        NO_BREAK_SPACE, ",", {"RUB": "₽", "EUR": "€", "GBP": "£", "USD": "$"}, symbol_first=False
    ),
}


def written(money: Money, language: str) -> str:
    """£1,234.50 in English, 1 234,50 € in French, 1 234,50 ₽ in Russian."""
    style = _STYLES.get(language, _STYLES["en"])
    digits = f"{abs(money.decimal()):,.{exponent(money.currency)}f}"
    number = digits.translate({ord(","): style.thousands, ord("."): style.decimal})
    sign = "-" if money.minor < 0 else ""
    symbol = style.symbols.get(money.currency)
    if not style.symbol_first:
        return f"{sign}{number}{NO_BREAK_SPACE}{symbol or money.currency}"
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{money.currency} {number}"
