"""Customers: what is kept of them, what they agreed to, and who may not order any more."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from domain.errors import Refusal

MOST_ADDRESSES = 20


class CustomerUnknown(Refusal):
    """There is no such customer, or not for this caller."""


class CustomerDisabled(Refusal):
    """The shop does no business with this customer any more."""


class EmailTaken(Refusal):
    """Another customer has this e-mail address."""


class DefaultsClash(Refusal):
    """Only one address can be the one goods, or bills, go to unless said otherwise."""


class ListUnknown(Refusal):
    """There is no such mailing list, or it is closed."""


class ContactBy(StrEnum):
    """How a customer prefers to be spoken to."""

    ANY = "any"
    EMAIL = "email"
    PHONE = "phone"
    SMS = "sms"
    NEVER = "never"


class ListKind(StrEnum):
    NEWSLETTER = "newsletter"
    MAILING = "mailing"
    PARTNER = "partner"


class ConsentWay(StrEnum):
    """How a customer said yes or no."""

    SHOP = "shop"
    """By the customer's own hand."""
    IN_PERSON = "in_person"
    PHONE = "phone"
    PAPER = "paper"
    EMAIL = "email"
    IMPORT = "import"


@dataclass(frozen=True)
class CustomerAddress:
    country: str
    city: str = ""
    postcode: str = ""
    street: str = ""
    label: str = ""
    """What the customer calls it: "home", "my mother's"."""
    recipient: str = ""
    recipient_phone: str = ""
    """Of whoever receives there, when it is not the customer."""
    is_shipping_default: bool = False
    is_billing_default: bool = False


@dataclass(frozen=True)
class Profile:
    """What staff, or the customer, may change of a customer. Field names are column names."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "en"
    addresses: Sequence[Mapping[str, Any]] = ()
    preferences: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    branch_id: int | None = None


def with_defaults(addresses: Sequence[CustomerAddress]) -> list[dict[str, Any]]:
    """As they are kept. The first one is the default of what nobody chose."""
    stored = [asdict(address) for address in addresses]
    for name in ("is_shipping_default", "is_billing_default"):
        chosen = sum(address[name] for address in stored)
        if chosen > 1:
            raise DefaultsClash(f"{chosen} addresses are marked {name}: one can be.")
        if stored and not chosen:
            stored[0][name] = True
    return stored


def require_active(is_active: bool) -> None:
    if not is_active:
        raise CustomerDisabled("This customer is disabled: nothing can be ordered for them.")
