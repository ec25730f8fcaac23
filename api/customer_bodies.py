"""What requests about customers hold, from staff and from customers themselves."""

from typing import Annotated, Any

from pydantic import EmailStr, Field

from api.placing import Phone
from api.strict import Strict
from domain.customers import (
    MOST_ADDRESSES,
    ConsentWay,
    ContactBy,
    CustomerAddress,
    Profile,
    with_defaults,
)
from domain.payments import PaymentMethod

LANGUAGE = "^(en|fr|ru)$"
Name = Annotated[str, Field(min_length=1, max_length=200)]
Language = Annotated[str, Field(pattern=LANGUAGE)]
Custom = Annotated[
    dict[Annotated[str, Field(max_length=50)], Any],
    Field(max_length=50, description="By the keys of own fields; null takes a value away."),
]


class AddressEdit(Strict):
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")
    city: str = Field("", max_length=100)
    postcode: str = Field("", max_length=20)
    street: str = Field("", max_length=300)
    label: str = Field("", max_length=100, description="What the customer calls it.")
    recipient: str = Field("", max_length=200)
    recipient_phone: Phone = ""
    is_shipping_default: bool = False
    is_billing_default: bool = False


Addresses = Annotated[list[AddressEdit], Field(max_length=MOST_ADDRESSES)]


class PreferencesEdit(Strict):
    contact_by: ContactBy = ContactBy.ANY
    shipping_method: str = Field("", max_length=50)
    payment_method: PaymentMethod | None = None


class CustomerCreate(Strict):
    name: Name
    email: EmailStr | None = None
    phone: Phone = ""
    language: Language = "en"
    addresses: Addresses = Field(default_factory=list)
    preferences: PreferencesEdit = Field(default_factory=lambda: PreferencesEdit.model_validate({}))
    custom: Custom = Field(default_factory=dict)
    note: str = Field("", max_length=5000)
    branch_id: int | None = Field(None, ge=1, lt=2**63)

    def profile(self, branch_id: int | None) -> Profile:
        values = {name: getattr(self, name) for name in CustomerCreate.model_fields}
        return Profile(**as_stored(values) | {"branch_id": branch_id})


class CustomerEdit(Strict):
    """Only what is sent is changed; addresses as a whole, own fields one by one."""

    version: int = Field(ge=1, lt=2**63, description="As it was read.")
    name: Name | None = None
    email: EmailStr | None = None
    phone: Phone | None = None
    language: Language | None = None
    addresses: Addresses | None = None
    preferences: PreferencesEdit | None = None
    custom: Custom | None = None
    note: str | None = Field(None, max_length=5000)
    branch_id: int | None = Field(None, ge=1, lt=2**63)

    def values(self) -> dict[str, Any]:
        return sent_values(self)


class MyselfEdit(Strict):
    """What customers change of themselves. A new e-mail address has to be proven: ask the shop."""

    version: int = Field(ge=1, lt=2**63, description="As it was read.")
    name: Name | None = None
    phone: Phone | None = None
    language: Language | None = None
    addresses: Addresses | None = None
    preferences: PreferencesEdit | None = None
    custom: Custom | None = None

    def values(self) -> dict[str, Any]:
        return sent_values(self)


Lists = Annotated[
    dict[Annotated[str, Field(min_length=1, max_length=50)], bool],
    Field(min_length=1, max_length=50, description="{list: whether the customer is on it}"),
]


class ConsentsEdit(Strict):
    consents: Lists
    way: ConsentWay = Field(description="How the customer said so.")


class MyConsentsEdit(Strict):
    consents: Lists


def sent_values(body: CustomerEdit | MyselfEdit) -> dict[str, Any]:
    """Null empties what can be empty, and leaves alone what cannot."""
    sent = {name: getattr(body, name) for name in body.model_fields_set - {"version"}}
    empty: dict[str, Any] = {
        "email": "",
        "phone": "",
        "note": "",
        "addresses": [],
        "branch_id": None,
    }
    filled = {name: empty.get(name) if value is None else value for name, value in sent.items()}
    return as_stored(
        {name: each for name, each in filled.items() if each is not None or name == "branch_id"}
    )


def as_stored(values: dict[str, Any]) -> dict[str, Any]:
    stored = dict(values)
    if "email" in stored:
        stored["email"] = stored["email"] or ""
    if "addresses" in stored:
        given = [CustomerAddress(**each.model_dump()) for each in stored["addresses"]]
        stored["addresses"] = with_defaults(given)
    if "preferences" in stored:
        stored["preferences"] = stored["preferences"].model_dump(mode="json")
    return stored
