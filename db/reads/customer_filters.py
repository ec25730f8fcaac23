"""What the list of customers can be narrowed down to."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Numeric, and_, cast, exists, false, func, or_, select, text

from db.reads.order_filters import plain
from db.reads.search import SearchTooLong
from db.tables.access import Account
from db.tables.customers import PLACES, Consent, Customer, CustomerTotal
from db.tables.orders import Order
from domain.access import Actor, Right
from domain.custom_fields import CustomField, CustomKind, CustomValueWrong, as_typed
from domain.errors import Refusal

Condition = ColumnElement[bool]
LONGEST, TRIGRAM, PHONE_DIGITS, NATIONAL_DIGITS = 100, 3, 5, 10
_PHONE = re.compile(r"[0-9\s()+./-]+")
_CUSTOM = re.compile(r"(?P<key>[a-z][a-z0-9_]*)(?P<sign>:|>=|<=)(?P<value>.+)", re.DOTALL)
spent = func.coalesce(CustomerTotal.spent, 0)


class CurrencyNeeded(Refusal):
    """Amounts of different currencies cannot be compared."""


@dataclass(frozen=True)
class CustomerScope:
    """The customers somebody may see at all; None: every branch's, and nobody's."""

    branches: frozenset[int] | None = None

    @staticmethod
    def of(actor: Actor, right: Right = Right.CUSTOMER_READ) -> "CustomerScope":
        return CustomerScope(actor.branches_for(right))

    def conditions(self) -> Iterator[Condition]:
        if self.branches is not None:
            yield Customer.branch_id.in_(sorted(self.branches))


@dataclass(frozen=True)
class CustomerFilters:
    """Empty and None leave out nothing. `_from` is included, `_to` is the first that is not."""

    q: str = ""
    hidden: frozenset[str] = frozenset()
    """Fields that `q` passes over."""
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    country: str | None = None
    language: str | None = None
    contact_by: str | None = None
    branch_id: int | None = None
    is_active: bool | None = None
    has_account: bool | None = None
    consents: frozenset[str] = frozenset()
    no_consents: frozenset[str] = frozenset()
    created_from: datetime | None = None
    created_to: datetime | None = None
    ordered_from: datetime | None = None
    ordered_to: datetime | None = None
    not_ordered_from: datetime | None = None
    orders_from: int | None = None
    orders_to: int | None = None
    currency: str | None = None
    spent_from: int | None = None
    spent_to: int | None = None
    custom: tuple[str, ...] = ()
    """`key:value`, and for numbers and dates `key>=value`, `key<=value`."""
    fields: Mapping[str, CustomField] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.q) > LONGEST:
            raise SearchTooLong(f"Search for at most {LONGEST} characters.")
        if self.currency is None and not (self.spent_from is None and self.spent_to is None):
            raise CurrencyNeeded("Say in which currency: currency=EUR.")

    def conditions(self) -> Iterator[Condition]:
        yield from self._searched()
        yield from self._of_columns()
        yield from self._of_places()
        yield from self._of_consents()
        yield from self._of_orders()
        yield from self._of_money()
        for wanted in self.custom:
            yield _custom(self.fields, wanted)

    def _of_columns(self) -> Iterator[Condition]:
        if self.email is not None:
            yield and_(text("email <> ''"), func.lower(Customer.email) == plain(self.email).lower())
        if self.phone is not None:
            yield Customer.phone.like(f"%{_digits(self.phone)[-NATIONAL_DIGITS:]}")
        if self.contact_by is not None:
            yield Customer.preferences["contact_by"].astext == self.contact_by
        for column in (Customer.language, Customer.branch_id, Customer.is_active):
            wanted = getattr(self, column.key)
            if wanted is not None:
                yield column == wanted
        if self.has_account is not None:
            account = exists().where(Account.customer_id == Customer.id)
            yield account if self.has_account else ~account
        yield from _between(Customer.created_at, self.created_from, self.created_to)

    def _of_places(self) -> Iterator[Condition]:
        wanted = {"city": self.city, "country": self.country}
        place = {name: plain(value).lower() for name, value in wanted.items() if value is not None}
        if place:
            wanted_place = text(f"addresses <> '[]' AND {PLACES} @> CAST(:place AS jsonb)")
            yield and_(wanted_place.bindparams(place=json.dumps([place])))

    def _of_consents(self) -> Iterator[Condition]:
        for code in sorted(self.consents):
            yield _agreed(code)
        for code in sorted(self.no_consents):
            yield ~_agreed(code)

    def _of_orders(self) -> Iterator[Condition]:
        since, until = self.ordered_from, self.ordered_to
        if since is not None or until is not None:
            yield _ordered(*_between(Order.placed_at, since, until))
        if self.not_ordered_from is not None:
            yield ~_ordered(Order.placed_at >= self.not_ordered_from)
        if self.orders_from is not None:
            yield _orders() >= self.orders_from
        if self.orders_to is not None:
            yield _orders() <= self.orders_to

    def _of_money(self) -> Iterator[Condition]:
        """Of the joined total in `currency`; whoever has none spent nothing."""
        if self.spent_from is not None:
            yield spent >= self.spent_from
            if self.spent_from > 0:  # leaves those out by the index
                yield CustomerTotal.spent >= self.spent_from
        if self.spent_to is not None:
            yield spent <= self.spent_to

    def _searched(self) -> Iterator[Condition]:
        """All words, in any order and anywhere; or the digits of a phone, however written."""
        words = plain(self.q).lower().split()
        if not words:
            return
        named = [self._has(word) for word in words if any(map(str.isalnum, word))]
        ways = [and_(*named)] if named else []
        digits = _digits(self.q)
        if _PHONE.fullmatch(self.q) and len(digits) >= PHONE_DIGITS:
            ways.append(self._has(digits[-NATIONAL_DIGITS:]))
        yield or_(false(), *ways)

    def _has(self, word: str) -> Condition:
        """Shorter than a trigram, only words that begin so are found: the index knows those."""
        found = _like(Customer.search, word)
        if not self.hidden & {"email", "phone"}:
            return found
        shown = [Customer.name, Customer.email, Customer.phone]
        open_ones = [func.lower(each) for each in shown if each.key not in self.hidden]
        return and_(found, or_(*(_like(each, word) for each in open_ones)))


def _like(column: Any, word: str) -> Condition:
    found: Condition = (
        column.contains(word, autoescape=True)
        if len(word) >= TRIGRAM
        else or_(
            column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True)
        )
    )
    return found


def _digits(phone: str) -> str:
    return "".join(re.findall("[0-9]", phone))


def _between(column: Any, since: Any, until: Any) -> Iterator[Condition]:
    if since is not None:
        yield column >= since
    if until is not None:
        yield column < until


def _agreed(code: str) -> Condition:
    return exists().where(
        Consent.customer_id == Customer.id, Consent.list_code == plain(code), Consent.is_given
    )


def _ordered(*conditions: Condition) -> Condition:
    return exists().where(Order.customer_id == Customer.id, *conditions)


def _orders() -> ColumnElement[int]:
    theirs = select(func.count()).where(Order.customer_id == Customer.id)
    return theirs.scalar_subquery()


def _custom(fields: Mapping[str, CustomField], wanted: str) -> Condition:
    parts = _CUSTOM.fullmatch(plain(wanted))
    if parts is None or parts["key"] not in fields:
        raise CustomValueWrong("Filter own fields like custom=key:value, with a key that exists.")
    rule, sign = fields[parts["key"]], parts["sign"]
    value, stored = as_typed(rule, parts["value"]), Customer.custom[rule.key]
    if sign == ":":
        return _equal(rule, stored, value)
    if rule.kind not in (CustomKind.NUMBER, CustomKind.DATE):
        raise CustomValueWrong(f"{rule.key}: only numbers and dates are compared.")
    number = rule.kind is CustomKind.NUMBER
    ours: Any = cast(stored.astext, Numeric) if number else stored.astext
    compared: Condition = ours >= value if sign == ">=" else ours <= value
    return compared


def _equal(rule: CustomField, stored: Any, value: Any) -> Condition:
    """A text is found by any part of it; everything else as it is."""
    if rule.kind is CustomKind.TEXT:
        found: Condition = stored.astext.icontains(value, autoescape=True)
        return found
    same: Condition = Customer.custom.contains({rule.key: value})
    return and_(text("custom <> '{}'"), same)
