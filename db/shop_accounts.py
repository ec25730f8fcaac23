"""Accounts that customers make for themselves."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db import customers, history
from db.history import Entry
from db.tables.access import Account
from domain.customers import Profile
from domain.sign_in import LinkPurpose, Realm


def register(tx: Session, name: str, email: str, language: str) -> tuple[int, LinkPurpose] | None:
    """The account, and what its link by mail is for. It has no password, and so lets nobody in,
    before the link was used: whoever reads that mailbox is the customer, and nobody else. Of a
    known customer nothing changes. None: the shop does no business with this customer."""
    customer = customers.find_by_email(tx, email)
    if customer is None:
        profile = Profile(name=name, email=email, language=language)
        return _add_account(tx, customers.add_customer(tx, profile, "system"), email)
    if not customer.is_active:
        return None
    account = tx.scalar(select(Account).where(Account.customer_id == customer.id))
    if account is None:
        return _add_account(tx, customer.id, customer.email)
    return account.id, LinkPurpose.RESET if account.password_hash else LinkPurpose.INVITATION


def _add_account(tx: Session, customer_id: int, email: str) -> tuple[int, LinkPurpose]:
    values = {"realm": Realm.CUSTOMER, "login": email, "customer_id": customer_id}
    account_id = tx.execute(insert(Account).values(values).returning(Account.id)).scalar_one()
    changes = history.differences({}, values)
    history.append(tx, Entry("account", account_id, "account.created", "system", changes))
    return account_id, LinkPurpose.INVITATION
