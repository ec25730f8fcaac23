"""The map: a dozen cities and the pick-up points in them."""

import math
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

_EARTH_KM = 6371


@dataclass(frozen=True)
class City:
    code: int
    name: str
    latin: str
    region: str
    region_code: int
    postcodes: tuple[str, ...]
    """How the city's postcodes begin."""
    latitude: float
    longitude: float

    @property
    def uuid(self) -> str:
        return str(uuid5(NAMESPACE_DNS, f"city-{self.code}"))

    @property
    def postcode(self) -> str:
        return self.postcodes[0].ljust(6, "0")


CITIES = (
    City(44, "Москва", "Moscow", "Москва", 81, ("101", "10", "11", "12"), 55.7522, 37.6156),
    City(137, "Санкт-Петербург", "Saint Petersburg", "Санкт-Петербург", 82,
         ("190", "19"), 59.9386, 30.3141),
    City(270, "Новосибирск", "Novosibirsk", "Новосибирская область", 23,
         ("630",), 55.0302, 82.9204),
    City(250, "Екатеринбург", "Yekaterinburg", "Свердловская область", 11,
         ("620",), 56.8386, 60.6055),
    City(424, "Казань", "Kazan", "Татарстан", 27, ("420",), 55.7887, 49.1221),
    City(414, "Нижний Новгород", "Nizhny Novgorod", "Нижегородская область", 58,
         ("603",), 56.3287, 44.002),
    City(430, "Самара", "Samara", "Самарская область", 64, ("443",), 53.1951, 50.1069),
    City(438, "Ростов-на-Дону", "Rostov-on-Don", "Ростовская область", 22,
         ("344",), 47.2225, 39.7187),
    City(435, "Краснодар", "Krasnodar", "Краснодарский край", 7, ("350",), 45.0355, 38.9753),
    City(256, "Уфа", "Ufa", "Башкортостан", 55, ("450",), 54.7388, 55.9721),
    City(248, "Пермь", "Perm", "Пермский край", 9, ("614",), 58.0105, 56.2502),
    City(506, "Воронеж", "Voronezh", "Воронежская область", 57, ("394",), 51.672, 39.1843),
)  # fmt: skip
_BY_CODE = {city.code: city for city in CITIES}
_STREETS = ("ул. Ленина, 12", "пр-т Мира, 48")


@dataclass(frozen=True)
class Office:
    code: str
    city: City
    address: str
    postomat: bool


OFFICES = tuple(
    Office(f"{city.latin[:3].upper()}{number}", city, street, postomat=number == len(_STREETS))
    for city in CITIES
    for number, street in enumerate(_STREETS, start=1)
)
_OFFICES = {office.code: office for office in OFFICES}


def find_office(code: str) -> Office | None:
    return _OFFICES.get(code)


def find_city(location: dict[str, Any]) -> City | None:
    """By code, else by the city's name, else by postcode, else by the address's words."""
    if location.get("code") is not None:
        return _BY_CODE.get(_number(location["code"]))
    if name := str(location.get("city") or "").strip().casefold():
        return next((c for c in CITIES if name in (c.name.casefold(), c.latin.casefold())), None)
    if postcode := str(location.get("postal_code") or ""):
        return next((c for c in CITIES if postcode.startswith(c.postcodes)), None)
    address = str(location.get("address") or "").casefold()
    return next(
        (c for c in CITIES if c.name.casefold() in address or c.latin.casefold() in address), None
    )


def suggest(name: str) -> list[City]:
    start = name.strip().casefold()
    return [
        c
        for c in CITIES
        if c.name.casefold().startswith(start) or c.latin.casefold().startswith(start)
    ]


def find_offices(query: dict[str, str]) -> list[Office]:
    return [office for office in OFFICES if _fits(office, query)]


def _fits(office: Office, query: dict[str, str]) -> bool:
    kind = query.get("type", "ALL")
    return (
        kind in ("ALL", "POSTAMAT" if office.postomat else "PVZ")
        and query.get("code", office.code) == office.code
        and query.get("city_code", str(office.city.code)) == str(office.city.code)
        and query.get("country_code", "RU") == "RU"
        and query.get("postal_code", office.city.postcode).startswith(office.city.postcodes)
    )


def distance_km(one: City, other: City) -> float:
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def describe_city(city: City) -> dict[str, Any]:
    return {
        "code": city.code,
        "city_uuid": city.uuid,
        "city": city.name,
        "country_code": "RU",
        "country": "Россия",
        "region": city.region,
        "region_code": city.region_code,
        "longitude": city.longitude,
        "latitude": city.latitude,
        "payment_limit": -1.0,
    }


def suggest_city(city: City) -> dict[str, Any]:
    return {
        "code": city.code,
        "city_uuid": city.uuid,
        "full_name": f"{city.name}, {city.region}, Россия",
        "country_code": "RU",
    }


def describe_office(office: Office) -> dict[str, Any]:
    city = office.city
    location = describe_city(city)
    return {
        "code": office.code,
        "uuid": str(uuid5(NAMESPACE_DNS, f"office-{office.code}")),
        "type": "POSTAMAT" if office.postomat else "PVZ",
        "owner_code": "CDEK",
        "work_time": "Пн-Вс 09:00-21:00",
        "work_time_list": [{"day": day, "time": "09:00/21:00"} for day in range(1, 8)],
        "work_time_exception_list": [],
        "phones": [{"number": "+78002501405"}],
        "take_only": False,
        "is_handout": True,
        "is_reception": not office.postomat,
        "is_dressing_room": not office.postomat,
        "have_cashless": True,
        "have_cash": not office.postomat,
        "have_fast_payment_system": True,
        "allowed_cod": True,
        "weight_max": 15.0 if office.postomat else 30.0,
        "location": {
            "city_code": city.code,
            "city_uuid": city.uuid,
            "postal_code": city.postcode,
            "address": office.address,
            "address_full": f"{city.postcode}, Россия, {city.name}, {office.address}",
            **{n: location[n] for n in ("city", "country_code", "region", "region_code")},
            **{n: location[n] for n in ("longitude", "latitude")},
        },
    }


def _number(code: Any) -> int:
    return int(code) if str(code).isdecimal() else 0
