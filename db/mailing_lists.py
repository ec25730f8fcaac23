"""What customers can subscribe to, and whether they did."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.customers import Consent, Customer, MailingList
from domain.customers import ConsentWay, ListKind, ListUnknown
from domain.errors import ChangedMeanwhile, NameTaken


def list_lists(tx: Session, *, open_only: bool = False) -> list[MailingList]:
    lists = select(MailingList).order_by(MailingList.kind, MailingList.code)
    return list(tx.scalars(lists.where(MailingList.is_active) if open_only else lists))


def add_list(tx: Session, code: str, kind: ListKind, name: str, by: str) -> MailingList:
    row = {"code": code, "kind": kind, "name": name}
    added = insert(MailingList).values(row).on_conflict_do_nothing()
    if tx.execute(added.returning(MailingList.code)).first() is None:
        raise NameTaken(f"There is a list {code!r} already.")
    changes = history.differences({}, row)
    history.append(tx, Entry("mailing_list", code, "mailing_list.created", by, changes))
    return tx.get_one(MailingList, code)


def edit_list(
    tx: Session, code: str, version: int, values: Mapping[str, Any], by: str
) -> MailingList | None:
    """None: there is no such list. Raises `ChangedMeanwhile` when `version` is not the newest."""
    row = tx.get(MailingList, code, with_for_update=True)
    if row is None:
        return None
    if row.version != version:
        raise ChangedMeanwhile("Somebody else changed this list meanwhile.")
    changes = history.differences({name: getattr(row, name) for name in values}, dict(values))
    if changes:
        editing = update(MailingList).where(MailingList.code == code)
        tx.execute(editing.values(**values, version=version + 1))
        history.append(tx, Entry("mailing_list", code, "mailing_list.edited", by, changes))
    return tx.get_one(MailingList, code, populate_existing=True)


def record_consent(
    tx: Session, customer_id: int, code: str, *, given: bool, way: ConsentWay, by: str
) -> None:
    """The newest word counts; the same word again changes nothing, not even its date. Nobody can
    join a closed list; leaving it is always possible."""
    mailing_list = tx.get(MailingList, code)
    if mailing_list is None or (given and not mailing_list.is_active):
        raise ListUnknown(f"There is no open list {code!r}.")
    tx.execute(select(Customer.id).where(Customer.id == customer_id).with_for_update())
    before = tx.get(Consent, (customer_id, code))
    if (before is not None and before.is_given) == given:
        return
    said = {"is_given": given, "way": way, "by": by, "at": func.now()}
    tx.execute(
        insert(Consent)
        .values(customer_id=customer_id, list_code=code, **said)
        .on_conflict_do_update(index_elements=["customer_id", "list_code"], set_=said)
    )
    _tell(tx, customer_id, code, before, given, way, by)


def _tell(
    tx: Session,
    customer_id: int,
    code: str,
    before: Consent | None,
    given: bool,
    way: ConsentWay,
    by: str,
) -> None:
    action = "customer.subscribed" if given else "customer.unsubscribed"
    old = {code: bool(before and before.is_given)}
    changes: history.Changes = {"consents": (old, {code: given, "way": way})}
    history.append(tx, Entry("customer", customer_id, action, by, changes))
