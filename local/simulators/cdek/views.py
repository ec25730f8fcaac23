"""How the carrier shows an order."""

from local.simulators.cdek.checks import origin_city, target_city
from local.simulators.cdek.places import City
from local.simulators.cdek.tariffs import TARIFFS, charged_weight_g, price
from local.simulators.state import Document


def accepted(record: Document) -> Document:
    return {
        "entity": {"uuid": record["uuid"]},
        "requests": [record["requests"][-1]],
        "related_entities": [],
    }


def order_view(record: Document) -> Document:
    order = record["order"]
    entity = order | {
        "uuid": record["uuid"],
        "type": order.get("type", 1),
        "is_return": False,
        "is_reverse": False,
        "is_client_return": False,
        "statuses": record["statuses"],
    }
    if record["cdek_number"] is not None:
        entity |= {"cdek_number": record["cdek_number"], **_priced(order)}
    return {"entity": entity, "requests": record["requests"][::-1], "related_entities": []}


def _priced(order: Document) -> Document:
    tariff, origin, target = TARIFFS[order["tariff_code"]], origin_city(order), target_city(order)
    if origin is None or target is None:
        return {}
    cost = price(tariff, origin, target, charged_weight_g(order["packages"]))
    return {
        "delivery_mode": str(tariff.mode),
        "delivery_detail": {"delivery_sum": cost, "total_sum": cost},
        "from_location": _location(origin, order.get("from_location")),
        "to_location": _location(target, order.get("to_location")),
    }


def _location(city: City, given: Document | None) -> Document:
    known = {"code": city.code, "city": city.name, "city_uuid": city.uuid, "country_code": "RU"}
    return {"address": "", "postal_code": city.postcode} | (given or {}) | known
