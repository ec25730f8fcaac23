"""Accounts: how the persons of each realm sign in."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from db import history, known_devices, sessions
from db.history import Entry
from db.tables.access import Account
from db.tables.customers import Customer
from db.tables.staff import StaffMember
from domain.sign_in import Realm, SecondFactor


@dataclass(frozen=True)
class Holder:
    """The person of an account who may sign in: neither blocked nor switched off."""

    account_id: int
    realm: Realm
    login: str
    password_hash: str | None
    second_factor: SecondFactor
    actor: str
    name: str
    email: str
    language: str

    @property
    def words(self) -> list[str]:
        """What everybody would try first as their password."""
        return [self.login, self.name, *self.name.split(), self.email, *self.email.split("@")]


def find_account(tx: Session, login: str, realm: str = Realm.STAFF) -> Account | None:
    return tx.scalar(
        select(Account).where(
            Account.realm == realm,
            func.lower(Account.login) == login.lower(),
            ~Account.is_blocked,
        )
    )


def find_by_login(tx: Session, realm: Realm, login: str) -> Holder | None:
    return _holder(tx, _BY_LOGIN, realm=realm, login=login.strip().lower())


def find_holder(tx: Session, account_id: int | None) -> Holder | None:
    return _holder(tx, _BY_ID, id=account_id)


def set_password(
    tx: Session,
    holder: Holder,
    password_hash: str,
    action: str,
    *,
    keep_session: int | None = None,
) -> None:
    """Ends every other session, and no device counts as known any more."""
    ended = sessions.end_all(tx, holder.account_id, keep=keep_session)
    tx.execute(
        update(Account)
        .where(Account.id == holder.account_id)
        .values(
            password_hash=password_hash,
            password_changed_at=func.now(),
            version=Account.version + 1,
        )
    )
    known_devices.forget(tx, holder.account_id)
    tell(tx, holder, action, sessions_ended=ended)


def tell(tx: Session, holder: Holder, action: str, **details: Any) -> None:
    """History of what the person did with their own account."""
    entry = Entry("account", holder.account_id, action, holder.actor, details=details)
    history.append(tx, entry)


def may_enter() -> ColumnElement[bool]:
    """For queries that join accounts with staff and customers."""
    return ~Account.is_blocked & func.coalesce(StaffMember.is_active, Customer.is_active)


def _holder(tx: Session, wanted: Select[*tuple[Any, ...]], **which: Any) -> Holder | None:
    row = tx.execute(wanted, which).one_or_none()
    if row is None:
        return None
    factor = SecondFactor.AUTHENTICATOR if row.totp_confirmed_at else SecondFactor.EMAIL
    who = row.staff_id if row.realm == Realm.STAFF else row.customer_id
    return Holder(
        row.id,
        Realm(row.realm),
        row.login,
        row.password_hash,
        factor,
        f"{row.realm}:{who}",
        row.name,
        row.email,
        row.language,
    )


def _holders(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.realm,
            Account.login,
            Account.password_hash,
            Account.totp_confirmed_at,
            Account.staff_id,
            Account.customer_id,
            func.coalesce(StaffMember.name, Customer.name).label("name"),
            func.coalesce(StaffMember.email, Customer.email).label("email"),
            func.coalesce(StaffMember.language, Customer.language).label("language"),
        )
        .outerjoin(StaffMember, StaffMember.id == Account.staff_id)
        .outerjoin(Customer, Customer.id == Account.customer_id)
        .where(may_enter(), *conditions)
    )


# Written once: whoever storms the door makes us look them up for every try.
_BY_ID = _holders(Account.id == bindparam("id"))
_BY_LOGIN = _holders(
    Account.realm == bindparam("realm"), func.lower(Account.login) == bindparam("login")
)
