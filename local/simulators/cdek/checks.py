"""What is wrong with an order: its form is seen at once, its meaning only while registering."""

from typing import Any

from local.simulators.cdek.places import City, find_city, find_office
from local.simulators.cdek.tariffs import DOOR_MODES, TARIFFS
from local.simulators.cdek.wire import Error, error
from local.simulators.state import Document

_NUMBER_LENGTH = 40
_ITEM_FIELDS = ("name", "ware_key", "payment", "weight", "amount", "cost")
_TEXTS = ("number", "shipment_point", "delivery_point")
_SIDES = ("length", "width", "height")
_PACKAGES, _ITEMS = 255, 126


def form_errors(order: Document) -> list[Error]:
    errors = [_text_wanted(f) for f in _TEXTS if not isinstance(order.get(f) or "", str)]
    if not isinstance(order.get("tariff_code"), int):
        errors.append(_empty("tariff_code"))
    if len(str(order.get("number") or "")) > _NUMBER_LENGTH:
        text = f"[number] is longer than {_NUMBER_LENGTH} characters"
        errors.append(error("v2_invalid_format", text))
    return errors + _recipient_errors(order.get("recipient")) + _packages_errors(order)


def meaning_errors(order: Document) -> list[Error]:
    tariff = TARIFFS.get(order["tariff_code"])
    if tariff is None:
        text = f"Tariff {order['tariff_code']} is not available"
        return [error("v2_bad_request", text)]
    errors = _sender_errors(order) + _target_errors(order)
    if not errors and tariff.mode not in DOOR_MODES and not order.get("delivery_point"):
        errors.append(_empty("delivery_point"))
    return errors


def origin_city(order: Document) -> City | None:
    return _city(order.get("shipment_point"), order.get("from_location"))


def target_city(order: Document) -> City | None:
    return _city(order.get("delivery_point"), order.get("to_location"))


def _city(point: str | None, location: Document | None) -> City | None:
    if point:
        office = find_office(point)
        return office.city if office else None
    return find_city(location) if isinstance(location, dict) else None


def _sender_errors(order: Document) -> list[Error]:
    point, location = order.get("shipment_point"), order.get("from_location")
    if point and location:
        return [error("v2_shipment_address_multivalued", "Both a point and an address are given")]
    if not point and not location:
        code = "v2_order_location_from_and_shipment_point_empty"
        return [error(code, "Neither from_location nor shipment_point is given")]
    if origin_city(order) is None:
        code = "shipment_location_is_not_recognized" if point else _unknown("sender")
        return [error(code, "The sender's place is not recognized")]
    return []


def _target_errors(order: Document) -> list[Error]:
    point, location = order.get("delivery_point"), order.get("to_location")
    if point and location:
        return [error("v2_delivery_address_multivalued", "Both a point and an address are given")]
    if not point and not location:
        code = "v2_order_location_to_and_delivery_point_empty"
        return [error(code, "Neither to_location nor delivery_point is given")]
    if target_city(order) is None:
        code = "delivery_location_is_not_recognized" if point else _unknown("recipient")
        return [error(code, "The recipient's place is not recognized")]
    return []


def _recipient_errors(recipient: Any) -> list[Error]:
    if not isinstance(recipient, dict):
        return [_empty("recipient")]
    phones = recipient.get("phones")
    named = bool(recipient.get("name") or recipient.get("company"))
    called = isinstance(phones, list) and bool(phones) and all(_has(p, "number") for p in phones)
    return ([] if named else [_empty("recipient.name")]) + (
        [] if called else [_empty("recipient.phones")]
    )


def _packages_errors(order: Document) -> list[Error]:
    packages = order.get("packages")
    if not isinstance(packages, list) or not 1 <= len(packages) <= _PACKAGES:
        return [_empty("packages")]
    shop = order.get("type", 1) == 1
    return [found for package in packages for found in _package_errors(package, shop)]


def _package_errors(package: Any, shop: bool) -> list[Error]:
    missing = [_empty(f"packages.{f}") for f in ("number", "weight") if not _has(package, f)]
    if missing:
        return missing
    if not isinstance(package["weight"], int) or package["weight"] <= 0:
        return [error("v2_invalid_value_type", "[packages.weight] is not a weight in grams")]
    if not all(isinstance(package.get(side) or 0, int) for side in _SIDES):
        return [error("v2_invalid_value_type", "A side of a package is not a whole number")]
    items = package.get("items") or []
    if not isinstance(items, list):
        return [error("v2_invalid_value_type", "[packages.items] is not a list")]
    if len(items) > _ITEMS:
        return [error("v2_number_items_in_package_is_more_126", "More than 126 items")]
    if shop and not items:
        return [_empty("packages.items")]
    return [_empty(f"packages.items.{f}") for i in items for f in _ITEM_FIELDS if not _has(i, f)]


def _has(value: Any, field: str) -> bool:
    return isinstance(value, dict) and value.get(field) not in (None, "")


def _empty(field: str) -> Error:
    return error("v2_field_is_empty", f"[{field}] is empty")


def _text_wanted(field: str) -> Error:
    return error("v2_invalid_value_type", f"[{field}] is not a text")


def _unknown(side: str) -> str:
    return f"v2_{side}_location_not_recognized"
