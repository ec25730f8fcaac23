"""What sending costs: by weight or volume, distance and the way of handing over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from local.simulators.cdek.places import City, distance_km, find_city
from local.simulators.cdek.wire import error
from local.simulators.refused import Refused
from local.simulators.state import Document

_VOLUME_DIVISOR = 5000
_KM_A_DAY = 900
_KM_DOUBLING_PRICE = 3000
_SERVICES = {"INSURANCE": 0.008, "SMS": 10.0, "TRYING_ON": 0.0, "PART_DELIV": 0.0}
DOOR_MODES = frozenset({1, 3})
"""Delivery modes that end at the recipient's door; the others end at a point."""


@dataclass(frozen=True)
class Tariff:
    code: int
    name: str
    mode: int
    base: int
    per_kg: int
    heaviest_g: int = 30_000
    slower_days: int = 0


TARIFFS = {
    tariff.code: tariff
    for tariff in (
        Tariff(136, "Посылка склад-склад", 4, 210, 45),
        Tariff(137, "Посылка склад-дверь", 3, 330, 50),
        Tariff(138, "Посылка дверь-склад", 2, 330, 50),
        Tariff(139, "Посылка дверь-дверь", 1, 450, 55),
        Tariff(233, "Экономичная посылка склад-дверь", 3, 260, 40, 50_000, 3),
        Tariff(234, "Экономичная посылка склад-склад", 4, 160, 35, 50_000, 3),
        Tariff(366, "Посылка дверь-постамат", 6, 300, 45, 15_000),
        Tariff(368, "Посылка склад-постамат", 7, 180, 40, 15_000),
    )
}


def charged_weight_g(packages: list[Document]) -> int:
    return sum(max(_weight(package), _volume_weight(package)) for package in packages)


def price(tariff: Tariff, origin: City, target: City, grams: int) -> float:
    zone = 1 + distance_km(origin, target) / _KM_DOUBLING_PRICE
    return float(round((tariff.base + tariff.per_kg * grams / 1000) * zone))


def quote(tariff: Tariff, origin: City, target: City, grams: int, now: datetime) -> Document:
    days = 1 + tariff.slower_days + int(distance_km(origin, target) / _KM_A_DAY)
    first, last = now + timedelta(days=days), now + timedelta(days=days + 2)
    return {
        "delivery_sum": price(tariff, origin, target, grams),
        "period_min": days,
        "period_max": days + 2,
        "calendar_min": days,
        "calendar_max": days + 2,
        "delivery_date_range": {"min": f"{first:%Y-%m-%d}", "max": f"{last:%Y-%m-%d}"},
    }


def list_tariffs(body: Document, now: datetime) -> Document:
    origin, target, grams = _read(body)
    found = [
        {
            "tariff_code": tariff.code,
            "tariff_name": tariff.name,
            "tariff_description": tariff.name,
            "delivery_mode": tariff.mode,
            **quote(tariff, origin, target, grams, now),
        }
        for tariff in TARIFFS.values()
        if grams <= tariff.heaviest_g
    ]
    return {"tariff_codes": found}


def calculate(body: Document, now: datetime) -> Document:
    origin, target, grams = _read(body)
    tariff = TARIFFS.get(body.get("tariff_code", 0))
    if tariff is None or grams > tariff.heaviest_g:
        raise _refused("v2_bad_request", "The tariff is not available for this parcel")
    answer = quote(tariff, origin, target, grams, now)
    services = [_service(asked) for asked in body.get("services") or []]
    total = answer["delivery_sum"] + sum(service["sum"] for service in services)
    more = {"weight_calc": grams, "services": services, "total_sum": total, "currency": "RUB"}
    return answer | more


def _read(body: Document) -> tuple[City, City, int]:
    origin = find_city(_object(body.get("from_location")))
    if origin is None:
        raise _refused("v2_sender_location_not_recognized", "Sender city is not recognized")
    target = find_city(_object(body.get("to_location")))
    if target is None:
        raise _refused("v2_recipient_location_not_recognized", "Recipient city is not recognized")
    packages = body.get("packages")
    if not isinstance(packages, list) or not packages:
        raise _refused("v2_field_is_empty", "[packages] is empty")
    grams = charged_weight_g([_object(package) for package in packages])
    if grams <= 0:
        raise _refused("v2_field_is_empty", "[packages.weight] is empty")
    return origin, target, grams


def _service(asked: Any) -> Document:
    code = _object(asked).get("code")
    if code not in _SERVICES:
        raise _refused("v2_unable_add_service", f"Unable to add service {code}")
    cost = _SERVICES[code]
    if code == "INSURANCE":
        cost = round(cost * _amount(_object(asked).get("parameter")), 2)
    zeros = dict.fromkeys(("discount_percent", "discount_sum", "vat_rate", "vat_sum"), 0.0)
    return {"code": code, "sum": cost, "total_sum": cost} | zeros


def _weight(package: Document) -> int:
    weight = package.get("weight")
    return weight if isinstance(weight, int) and weight > 0 else 0


def _volume_weight(package: Document) -> int:
    sides = [package.get(side) or 0 for side in ("length", "width", "height")]
    if not all(isinstance(side, int) for side in sides):
        raise _refused("v2_invalid_value_type", "A side of a package is not a whole number")
    volume: int = sides[0] * sides[1] * sides[2]
    return volume * 1000 // _VOLUME_DIVISOR


def _amount(value: Any) -> float:
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        raise _refused("v2_invalid_value_type", "[services.parameter] is not a number") from None


def _object(value: Any) -> Document:
    return value if isinstance(value, dict) else {}


def _refused(code: str, message: str) -> Refused:
    return Refused(400, {"errors": [error(code, message)]})
