"""CDEK's words: what we write into an order, and what its orders and statuses mean to us."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from domain.money import Money
from providers.carriers import (
    BookedParcel,
    Box,
    ParcelEvent,
    ParcelItem,
    ParcelRequest,
    ParcelState,
    Place,
    Quote,
)
from providers.outcomes import ProviderRefused
from providers.privacy import without_personal_data

# The codes CDEK gives to currencies.
CURRENCIES = {
    "RUB": 1,
    "KZT": 2,
    "USD": 3,
    "EUR": 4,
    "GBP": 5,
    "CNY": 6,
    "BYN": 7,
    "UAH": 8,
    "KGS": 9,
    "AMD": 10,
    "TRY": 11,
    "THB": 12,
    "KRW": 13,
    "AED": 14,
    "UZS": 15,
    "MNT": 16,
    "PLN": 17,
    "AZN": 18,
    "GEL": 19,
    "JPY": 55,
    "VND": 704,
}
_STATES = {
    "ACCEPTED": ParcelState.ACCEPTED,
    "CREATED": ParcelState.REGISTERED,
    "INVALID": ParcelState.REJECTED,
    "REMOVED": ParcelState.REJECTED,
    "RECEIVED_AT_SHIPMENT_WAREHOUSE": ParcelState.HANDED_OVER,
    "READY_FOR_SHIPMENT_IN_SENDER_CITY": ParcelState.HANDED_OVER,
    "ACCEPTED_AT_PICK_UP_POINT": ParcelState.READY_FOR_PICKUP,
    "POSTOMAT_POSTED": ParcelState.READY_FOR_PICKUP,
    "TAKEN_BY_COURIER": ParcelState.OUT_FOR_DELIVERY,
    "DELIVERED": ParcelState.DELIVERED,
    "POSTOMAT_RECEIVED": ParcelState.DELIVERED,
    "NOT_DELIVERED": ParcelState.RETURNING,
    "POSTOMAT_SEIZED": ParcelState.RETURNING,
    "RETURNED_TO_SENDER_CITY_WAREHOUSE": ParcelState.RETURNING,
    "RETURNED_TO_TRANSIT_WAREHOUSE": ParcelState.RETURNING,
    "RETURNED_TO_RECIPIENT_CITY_WAREHOUSE": ParcelState.RETURNING,
}
_RANK = {state: rank for rank, state in enumerate(ParcelState)}
_NOT_ON_THE_WAY = {ParcelState.ACCEPTED, ParcelState.REJECTED}
# Tariffs that end at an office, a terminal or a parcel locker.
_TO_A_POINT = {2, 4, 5, 6, 7, 9, 10}


def order_body(request: ParcelRequest, order_type: int, currency: str) -> dict[str, Any]:
    """Raises ProviderRefused for what CDEK could not understand."""
    _check(request, currency)
    body: dict[str, Any] = {
        "type": order_type,
        "number": request.number,
        "tariff_code": int(request.service),
        "recipient": _recipient(request),
        "packages": [_package(box) for box in request.boxes],
        **_end("shipment_point", "from_location", request.sender),
        **_end("delivery_point", "to_location", request.recipient),
    }
    return body | ({"comment": request.comment[:255]} if request.comment else {})


def location(place: Place) -> dict[str, Any]:
    words = {
        "country_code": place.country,
        "city": place.city,
        "postal_code": place.postcode,
        "address": place.street,
    }
    return {name: word for name, word in words.items() if word}


def size(box: Box) -> dict[str, int]:
    return {
        "weight": box.weight_g,
        "length": box.length_cm,
        "width": box.width_cm,
        "height": box.height_cm,
    }


def private_words(request: ParcelRequest) -> tuple[str, ...]:
    name = request.recipient_name
    street = request.recipient.street
    return (name, *name.split(), request.recipient_phone, request.recipient_email, street)


def quotes(fields: Mapping[str, Any], currency: str, to_a_point: bool) -> list[Quote]:
    tariffs = fields.get("tariff_codes") or []
    fitting = (each for each in tariffs if not to_a_point or _ends_at_a_point(each))
    return [_quote(each, currency) for each in fitting]


def parcel(fields: Mapping[str, Any]) -> BookedParcel:
    entity = fields["entity"]
    events = tuple(sorted(_events(entity), key=lambda event: (event.at, _RANK[event.state])))
    refused = [each for each in _creations(fields) if each.get("state") == "INVALID"]
    state = _state(events, bool(refused))
    number = entity.get("cdek_number")
    return BookedParcel(
        reference=str(entity["uuid"]),
        tracking_number=str(number) if number else None,
        state=state,
        events=events,
        reject_reason=_reject_reason(fields) if state is ParcelState.REJECTED else None,
    )


def complaints(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Code and words of every error in an answer, wherever CDEK has put it."""
    requests = fields.get("requests") or []
    lists = [fields.get("errors"), *(each.get("errors") for each in requests)]
    errors = [error for each in lists for error in each or []]
    return [(str(each.get("code") or ""), str(each.get("message") or "")) for each in errors]


def deletion(fields: Mapping[str, Any]) -> str | None:
    """The state of the newest wish to delete the order, if there was one."""
    wishes = [each for each in fields.get("requests") or [] if each.get("type") == "DELETE"]
    newest = max(wishes, key=lambda each: str(each.get("date_time")), default=None)
    return str(newest["state"]) if newest else None


def return_order(fields: Mapping[str, Any]) -> str | None:
    """The order under which an undelivered parcel comes back to us."""
    related = fields.get("related_entities") or []
    homeward = (each for each in related if str(each.get("type")).upper() == "RETURN_ORDER")
    return next((str(each["uuid"]) for each in homeward if each.get("uuid")), None)


def _check(request: ParcelRequest, currency: str) -> None:
    if not request.service.isdecimal():
        raise ProviderRefused("CDEK: the service has to be the number of a tariff.", "service")
    if not 0 < len(request.number) <= 40:
        raise ProviderRefused("CDEK: the number has to have 1 to 40 characters.", "number")
    prices = [item.unit_price for box in request.boxes for item in box.items]
    prices += [item.collect for box in request.boxes for item in box.items if item.collect]
    if any(price.currency != currency for price in prices):
        raise ProviderRefused(f"CDEK: the account is in {currency}.", "currency")


def _end(point: str, address: str, place: Place) -> dict[str, Any]:
    return {point: place.point_code} if place.point_code else {address: location(place)}


def _recipient(request: ParcelRequest) -> dict[str, Any]:
    recipient = {"name": request.recipient_name, "phones": [{"number": request.recipient_phone}]}
    return recipient | ({"email": request.recipient_email} if request.recipient_email else {})


def _package(box: Box) -> dict[str, Any]:
    return {"number": box.number, **size(box), "items": [_item(item) for item in box.items]}


def _item(item: ParcelItem) -> dict[str, Any]:
    return {
        "name": item.name[:255],
        "ware_key": item.sku,
        "payment": {"value": _number(item.collect) if item.collect else 0},
        "cost": _number(item.unit_price),
        "weight": item.weight_g,
        "amount": item.quantity,
    }


def _number(amount: Money) -> float:
    """CDEK wants a JSON number; the shortest digits of this one are the amount's own."""
    return float(amount.decimal())


def _ends_at_a_point(tariff: Mapping[str, Any]) -> bool:
    mode = tariff.get("delivery_mode")
    return mode is None or int(mode) in _TO_A_POINT


def _quote(tariff: Mapping[str, Any], currency: str) -> Quote:
    days = "calendar" if tariff.get("calendar_max") is not None else "period"
    return Quote(
        service=str(tariff["tariff_code"]),
        name=str(tariff["tariff_name"]),
        price=Money.parse(str(tariff["delivery_sum"]), currency),
        days_min=int(tariff[f"{days}_min"]),
        days_max=int(tariff[f"{days}_max"]),
    )


def _events(entity: Mapping[str, Any]) -> Iterator[ParcelEvent]:
    """Statuses CDEK has taken back are none."""
    homeward = bool(entity.get("is_return"))
    for status in entity.get("statuses") or []:
        if not status.get("deleted"):
            code, place = str(status["code"]), str(status.get("city") or "")
            yield ParcelEvent(_meaning(code, homeward), code, _moment(status["date_time"]), place)


def _meaning(code: str, homeward: bool) -> ParcelState:
    state = _STATES.get(code, ParcelState.IN_TRANSIT)
    if not homeward or state is ParcelState.REJECTED:
        return state
    return ParcelState.RETURNED if state is ParcelState.DELIVERED else ParcelState.RETURNING


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _creations(fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in fields.get("requests") or [] if each.get("type") == "CREATE"]


def _state(events: tuple[ParcelEvent, ...], refused: bool) -> ParcelState:
    if refused and all(event.state in _NOT_ON_THE_WAY for event in events):
        return ParcelState.REJECTED
    return events[-1].state if events else ParcelState.ACCEPTED


def _reject_reason(fields: Mapping[str, Any]) -> str:
    entity = fields["entity"]
    recipient, to = entity.get("recipient") or {}, entity.get("to_location") or {}
    name = str(recipient.get("name") or "")
    private = (name, *name.split(), str(recipient.get("email") or ""), str(to.get("address") or ""))
    words = "; ".join(message or code for code, message in complaints(fields))
    return without_personal_data(words or "CDEK removed the order.", private)
