"""Parcels through CDEK, API v2."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx

from providers import cdek_orders as orders
from providers.carriers import BookedParcel, Box, Label, ParcelRequest, ParcelState, Place, Quote
from providers.cdek_line import CdekLine, CdekSettings
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.wire import Answer, path_part, reading

_NOT_FOUND = {"v2_entity_not_found", "v2_entity_not_found_im_number", "v2_order_not_found", "404"}
_STILL_PROCESSED = "v2_similar_request_still_processed"


class Cdek:
    """A `Carrier`."""

    def __init__(
        self,
        settings: Callable[[], CdekSettings],
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._line = CdekLine(settings, transport, sleep)

    def close(self) -> None:
        self._line.close()

    def quote(self, sender: Place, recipient: Place, boxes: tuple[Box, ...]) -> list[Quote]:
        settings = self._line.settings()
        body = {
            "type": settings.order_type,
            "currency": _currency_code(settings.currency),
            "from_location": self._location(sender),
            "to_location": self._location(recipient),
            "packages": [orders.size(box) for box in boxes],
        }
        private = (sender.street, recipient.street)
        answer = self._line.send("POST", "/calculator/tarifflist", json=body, private=private)
        with reading(answer):
            fields = answer.fields()
            found = orders.quotes(fields, settings.currency, bool(recipient.point_code))
        if answer.status >= 400 or (not found and orders.complaints(fields)):
            raise _refusal(answer)
        return found

    def book(self, request: ParcelRequest) -> BookedParcel:
        """Looks first: CDEK validates later, so it may take a second order and reject only then."""
        settings = self._line.settings()
        body = orders.order_body(request, settings.order_type, settings.currency)
        if alive := self._alive(request.number):
            return alive
        try:
            answer = self._wish("POST", "/orders", body, orders.private_words(request))
        except ProviderRefused as refusal:
            return self._booked_meanwhile(request.number, refusal)
        with reading(answer):
            return BookedParcel(str(answer.fields()["entity"]["uuid"]), None, ParcelState.ACCEPTED)

    def find(self, number: str) -> BookedParcel | None:
        answer = self._line.send("GET", "/orders", params={"im_number": number})
        fields = self._entity(answer)
        return self._parcel(answer, fields) if fields else None

    def read(self, reference: str) -> BookedParcel:
        answer = self._order(reference)
        fields = self._entity(answer)
        if not fields:
            raise _refusal(answer)
        return self._parcel(answer, fields)

    def cancel(self, reference: str) -> None:
        path = f"/orders/{path_part(reference)}"
        try:
            answer = self._wish("DELETE", path)
        except ProviderRefused:
            if self._gone(reference, asked=False):
                return
            raise
        with reading(answer):
            done = orders.deletion(answer.fields()) == "SUCCESSFUL"
        if not done and not self._line.poll(lambda: self._gone(reference) or None):
            raise OutcomeUnknown("CDEK has not said yet whether the booking is taken back.")

    def label(self, reference: str) -> Label:
        settings = self._line.settings()
        body = {
            "orders": [{"order_uuid": reference}],
            "copy_count": 1,
            "format": settings.label_format,
        }
        answer = self._agreed(self._line.send("POST", "/print/barcodes", json=body))
        with reading(answer):
            form = path_part(str(answer.fields()["entity"]["uuid"]))
        path = self._line.poll(lambda: self._printed(form))
        if path is None:
            raise Unreachable("CDEK has not drawn the label in time.", settings.poll_s)
        return _pdf(self._line.send("GET", path))

    def check(self) -> str:
        settings = self._line.settings()
        self._line.new_token(settings)
        return f"CDEK accepts the account; prices are in {settings.currency}."

    def _alive(self, number: str) -> BookedParcel | None:
        """A rejected order leaves its number free."""
        found = self.find(number)
        return found if found and found.state is not ParcelState.REJECTED else None

    def _booked_meanwhile(self, number: str, refusal: ProviderRefused) -> BookedParcel:
        """The refusal may be about our own number, taken by the call whose answer was lost."""
        if alive := self._alive(number):
            return alive
        if refusal.code == _STILL_PROCESSED:
            raise OutcomeUnknown("CDEK is still processing the same booking.") from None
        raise refusal

    def _parcel(self, answer: Answer, fields: Mapping[str, Any]) -> BookedParcel:
        with reading(answer):
            parcel, homeward = orders.parcel(fields), orders.return_order(fields)
        if parcel.state is not ParcelState.RETURNING or not homeward:
            return parcel
        return self._with_return(parcel, homeward)

    def _with_return(self, parcel: BookedParcel, homeward: str) -> BookedParcel:
        """CDEK brings parcels back under an order of their own; when that ends, ours has ended."""
        answer = self._order(homeward)
        fields = self._entity(answer)
        if not fields:
            return parcel
        with reading(answer):
            back = orders.parcel({**fields, "entity": {**fields["entity"], "is_return": True}})
        state = back.state if back.state is ParcelState.RETURNED else parcel.state
        return replace(parcel, state=state, events=parcel.events + back.events)

    def _gone(self, reference: str, asked: bool = True) -> bool:
        answer = self._order(reference)
        fields = self._entity(answer)
        if not fields:
            return True
        with reading(answer):
            wish, parcel = orders.deletion(fields), orders.parcel(fields)
        if wish == "INVALID" and asked:
            raise _refusal(answer)
        return wish == "SUCCESSFUL" or parcel.state is ParcelState.REJECTED

    def _printed(self, form: str) -> str | None:
        """Where the label lies; None while it is being drawn."""
        answer = self._agreed(self._line.send("GET", f"/print/barcodes/{form}"))
        with reading(answer):
            entity = answer.fields()["entity"]
            codes = {str(status["code"]) for status in entity.get("statuses") or []}
        if codes & {"INVALID", "REMOVED"}:
            raise _refusal(answer)
        return (entity.get("url") or f"/print/barcodes/{form}.pdf") if "READY" in codes else None

    def _location(self, place: Place) -> dict[str, Any]:
        """The calculator knows no points, only the towns they are in."""
        if not place.point_code or place.city or place.postcode:
            return orders.location(place)
        answer = self._line.send("GET", "/deliverypoints", params={"code": place.point_code})
        with reading(answer):
            points = answer.items()
        if not points:
            raise ProviderRefused("CDEK has no such pick-up point.", "point_code")
        with reading(answer):
            return {"code": int(points[0]["location"]["city_code"])}

    def _order(self, reference: str) -> Answer:
        return self._line.send("GET", f"/orders/{path_part(reference)}")

    def _entity(self, answer: Answer) -> Mapping[str, Any] | None:
        """The answer's fields when an order is in it, None when CDEK knows no such order."""
        with reading(answer):
            fields = answer.fields()
            codes = {code for code, _ in orders.complaints(fields)} | {str(answer.status)}
        if answer.status < 400 and fields.get("entity"):
            return fields
        if codes & _NOT_FOUND:
            return None
        raise _refusal(answer)

    def _wish(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        private: tuple[str, ...] = (),
    ) -> Answer:
        """A change of an order: taken to be looked at, unless refused at once."""
        answer = self._line.send(method, path, mutating=True, json=body, private=private)
        return self._agreed(answer)

    def _agreed(self, answer: Answer) -> Answer:
        with reading(answer):
            fields = answer.fields()
            states = {each.get("state") for each in fields.get("requests") or []}
        if answer.status >= 400 or "INVALID" in states:
            raise _refusal(answer)
        return answer


def _currency_code(currency: str) -> int:
    try:
        return orders.CURRENCIES[currency]
    except KeyError:
        raise CredentialsRejected(f"CDEK: {currency} is not one of its currencies.") from None


def _refusal(answer: Answer) -> ProviderRefused:
    with reading(answer):
        found = orders.complaints(answer.fields())
    code = found[0][0] if found else str(answer.status)
    return answer.refusal("; ".join(message or code for code, message in found), code)


def _pdf(answer: Answer) -> Label:
    if not answer.content.startswith(b"%PDF"):
        raise answer.doubt("sent a label that is no PDF")
    return Label(answer.content, "application/pdf")


__all__ = ["Cdek", "CdekSettings"]
