"""Units of measure: what one of something is, and how finely it can be sold."""

from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("en", "fr", "ru")


class UnitKind(StrEnum):
    COUNT = "count"
    WEIGHT = "weight"
    VOLUME = "volume"
    LENGTH = "length"
    AREA = "area"
    TIME = "time"


@dataclass(frozen=True)
class Unit:
    code: str
    """As invoices and marketplaces write it: UN/ECE Recommendation 20."""
    kind: UnitKind
    places: int
    """Decimal places of a quantity."""
    en: str
    fr: str
    ru: str


BUILT_IN = (
    Unit("C62", UnitKind.COUNT, 0, "pc", "pce", "шт."),
    Unit("SET", UnitKind.COUNT, 0, "set", "lot", "набор"),
    Unit("KGM", UnitKind.WEIGHT, 3, "kg", "kg", "кг"),
    Unit("GRM", UnitKind.WEIGHT, 0, "g", "g", "г"),
    Unit("LTR", UnitKind.VOLUME, 3, "l", "l", "л"),
    Unit("MTR", UnitKind.LENGTH, 2, "m", "m", "м"),
    Unit("MTK", UnitKind.AREA, 2, "m²", "m²", "м²"),
    Unit("HUR", UnitKind.TIME, 2, "h", "h", "ч"),
)
