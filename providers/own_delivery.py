"""Parcels no carrier has to be told of: our own courier, and the customer who comes for them."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.money import Money
from providers.carriers import BookedParcel, Box, Label, ParcelRequest, ParcelState, Place, Quote
from providers.label_page import label_page
from providers.outcomes import ProviderRefused


@dataclass(frozen=True)
class OwnDeliverySettings:
    name: str
    price: Money
    days_min: int = 1
    days_max: int = 3


class OwnDelivery:
    """A `Carrier` that needs no network: our number is the reference and the tracking number.

    What becomes of the parcel staff tell us; asked, this carrier knows only that it is registered.
    """

    service = "own_delivery"

    def __init__(self, settings: Callable[[], OwnDeliverySettings]) -> None:
        self._settings = settings

    def quote(self, sender: Place, recipient: Place, boxes: tuple[Box, ...]) -> list[Quote]:
        told = self._settings()
        return [Quote(self.service, told.name, told.price, told.days_min, told.days_max)]

    def book(self, request: ParcelRequest) -> BookedParcel:
        return _registered(request.number)

    def find(self, number: str) -> BookedParcel | None:
        """Nothing was booked elsewhere, so nothing can be lost: booking again is the same."""
        return None

    def read(self, reference: str) -> BookedParcel:
        return _registered(reference)

    def cancel(self, reference: str) -> None:
        """Nobody outside has to hear of it."""

    def label(self, reference: str) -> Label:
        return Label(label_page(reference), "application/pdf")

    def check(self) -> str:
        return f"{self._settings().name}: ready, nothing outside has to answer."


class Pickup(OwnDelivery):
    """The customer collects it at a branch."""

    service = "pickup"


def _registered(number: str) -> BookedParcel:
    if not 0 < len(number) <= 40:
        raise ProviderRefused("The number has to have 1 to 40 characters.", "number")
    return BookedParcel(number, number, ParcelState.REGISTERED)
