"""Accounts: how the persons of each realm sign in."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables.access import Account


def find_account(tx: Session, login: str, realm: str = "staff") -> Account | None:
    return tx.scalar(
        select(Account).where(
            Account.realm == realm,
            func.lower(Account.login) == login.lower(),
            ~Account.is_blocked,
        )
    )
