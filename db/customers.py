"""Customers: added, edited, disabled, and found or made for the orders they place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import custom_fields, history
from db.history import Entry
from db.tables.access import Account
from db.tables.customers import Customer
from domain.branches import BranchUnknown
from domain.custom_fields import merge
from domain.customers import (
    CustomerUnknown,
    EmailTaken,
    Profile,
    require_active,
)
from domain.drafts import Draft
from domain.errors import ChangedMeanwhile, Refusal

_ATTACH = text(
    "WITH known AS ("
    " SELECT id, is_active FROM customers WHERE lower(email) = lower(:email) AND email <> ''"
    "), added AS ("
    " INSERT INTO customers (name, email, phone, language, addresses, branch_id)"
    " SELECT :name, :email, :phone, :language, CAST(:addresses AS jsonb), :branch_id"
    " WHERE NOT EXISTS (SELECT FROM known) ON CONFLICT DO NOTHING RETURNING id)"
    " SELECT id, is_active, false AS is_new FROM known UNION ALL SELECT id, true, true FROM added"
)
"""Both in one trip: whom an order belongs to is asked for every order that is placed."""


class AccountNeedsEmail(Refusal):
    """The customer signs in with this address."""


def add_customer(tx: Session, profile: Profile, by: str) -> int:
    """Raises `EmailTaken` when somebody has the address."""
    values = asdict(profile) | {"custom": _custom(tx, {}, profile.custom)}
    try:
        with tx.begin_nested():
            added = insert(Customer).values(values).returning(Customer.id)
            customer_id = tx.execute(added).scalar_one()
    except IntegrityError as error:
        raise _clash(error) from None
    history.append(tx, _created(customer_id, values, by))
    return customer_id


def edit_customer(
    tx: Session, customer_id: int, version: int, values: Mapping[str, Any], by: str
) -> None:
    """Raises `ChangedMeanwhile` when `version` is not the newest."""
    row = lock(tx, customer_id)
    if row.version != version:
        raise ChangedMeanwhile("Somebody else changed this customer meanwhile.")
    wanted = dict(values)
    if "custom" in wanted:
        wanted["custom"] = _custom(tx, row.custom, wanted["custom"])
    changes = history.differences({name: getattr(row, name) for name in wanted}, wanted)
    if not changes:
        return
    if "email" in changes:
        _change_login(tx, customer_id, wanted["email"])
    _write(tx, customer_id, {name: wanted[name] for name in changes}, version + 1)
    history.append(tx, Entry("customer", customer_id, "customer.edited", by, changes))


def set_active(
    tx: Session, customer_id: int, active: bool, by: str, reason: str | None = None
) -> None:
    """Twice changes nothing. The disabled stay in the books; their sessions let nobody in."""
    row = lock(tx, customer_id)
    if row.is_active == active:
        return
    _write(tx, customer_id, {"is_active": active}, row.version + 1)
    action = "customer.enabled" if active else "customer.disabled"
    changes: history.Changes = {"is_active": (not active, active)}
    history.append(tx, Entry("customer", customer_id, action, by, changes, reason))


def attach(tx: Session, draft: Draft) -> tuple[int | None, Sequence[Entry]]:
    """Whose order this is, and what history has to tell of it. By e-mail, whoever orders: nothing
    of a known customer is changed or shown. Guests without an address stay unknown."""
    if draft.customer_id is not None:
        require_active(_is_active(tx, draft.customer_id))
        return draft.customer_id, ()
    if not draft.customer.email:
        return None, ()
    values = _newcomer(draft)
    row = tx.execute(_ATTACH, values).first() or tx.execute(_ATTACH, values).one()
    require_active(row.is_active)
    told = values | {"addresses": json.loads(values["addresses"])}
    return row.id, [_created(row.id, told, draft.by)] if row.is_new else ()


def find_by_email(tx: Session, email: str) -> Customer | None:
    same = func.lower(Customer.email) == email.lower()
    return tx.scalar(select(Customer).where(same, text("email <> ''")).with_for_update())


def lock(tx: Session, customer_id: int) -> Customer:
    row = tx.get(Customer, customer_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise CustomerUnknown("There is no such customer.")
    return row


def _is_active(tx: Session, customer_id: int) -> bool:
    known = tx.execute(select(Customer.is_active).where(Customer.id == customer_id)).scalar()
    if known is None:
        raise CustomerUnknown("There is no such customer.")
    return known


def _newcomer(draft: Draft) -> dict[str, Any]:
    """The order's own address is the first one of a customer who was not known before."""
    address = {name: value for name, value in asdict(draft.address).items() if name != "point_code"}
    defaults = {"is_shipping_default": True, "is_billing_default": True}
    known = [] if draft.address.point_code else [address | defaults]
    return {
        **asdict(draft.customer),
        "addresses": json.dumps(known),
        "branch_id": draft.branch_id,
    }


def _custom(tx: Session, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    return merge(custom_fields.get_rules(tx), before, wanted) if wanted else dict(before)


def _write(tx: Session, customer_id: int, values: Mapping[str, Any], version: int) -> None:
    writing = update(Customer).where(Customer.id == customer_id)
    try:
        with tx.begin_nested():
            tx.execute(writing.values(**values, version=version))
    except IntegrityError as error:
        raise _clash(error) from None


def _clash(error: IntegrityError) -> Refusal:
    diagnosis = getattr(error.orig, "diag", None)
    if getattr(diagnosis, "constraint_name", None) == "uq_customers_email":
        return EmailTaken("Another customer has this e-mail address.")
    return BranchUnknown("There is no such branch.")


def _change_login(tx: Session, customer_id: int, email: str) -> None:
    account = tx.scalar(select(Account).where(Account.customer_id == customer_id))
    if account is None:
        return
    if not email:
        raise AccountNeedsEmail("The customer signs in with this address: give another one.")
    changes: history.Changes = {"login": (account.login, email)}
    changing = update(Account).where(Account.id == account.id)
    tx.execute(changing.values(login=email, version=account.version + 1))
    history.append(tx, Entry("account", account.id, "account.renamed", "system", changes))


def _created(customer_id: int, values: Mapping[str, Any], by: str) -> Entry:
    given = {name: value for name, value in values.items() if value not in ("", [], {}, None)}
    return Entry("customer", customer_id, "customer.created", by, history.differences({}, given))
