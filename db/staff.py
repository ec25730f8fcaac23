"""The people who work here: taken on, read under lock, changed."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db import history, memberships
from db.access import grants_of
from db.groups import grants_in
from db.history import Changes, Entry
from db.tables.access import Account, AccountLink
from db.tables.staff import StaffMember
from db.unique_names import require_free
from domain import staff as rules
from domain.access import Actor, Right
from domain.access.hierarchy import check_membership, require_within
from domain.errors import ChangedMeanwhile
from domain.staff import Person, Standing

REALM = "staff"


@dataclass(frozen=True)
class Member:
    """A locked member of staff, and where they stand."""

    row: StaffMember
    account: Account
    standing: Standing

    @property
    def person(self) -> Person:
        row = self.row
        return Person(row.name, self.account.login, row.email, row.phone, row.language)


def add_staff(
    tx: Session, person: Person, groups: frozenset[int], branches: frozenset[int], actor: Actor
) -> int:
    """Without a password: an invitation lets them choose one."""
    require_within(actor, Right.STAFF_CREATE, branches)
    found = memberships.hold_groups(tx, groups)
    check_membership(actor, [(group.level, grants_in(group)) for group in found])
    require_free(tx, Account.login, person.login, Account.realm == REALM)
    staff_id = _insert(tx, person)
    changes: Changes = history.differences({}, vars(person)) | {
        "groups": ([], memberships.join_groups(tx, staff_id, found)),
        "branches": ([], memberships.join_branches(tx, staff_id, branches)),
    }
    record(tx, staff_id, "staff.created", actor, changes)
    return staff_id


def lock_staff(tx: Session, staff_id: int) -> Member | None:
    found = (
        select(StaffMember, Account)
        .join(Account, Account.staff_id == StaffMember.id)
        .where(StaffMember.id == staff_id)
        .with_for_update()
    )
    row = tx.execute(found).one_or_none()
    return row and Member(row[0], row[1], _standing(tx, staff_id))


def edit_staff(tx: Session, member: Member, wanted: Person, version: int, actor: Actor) -> None:
    changes = history.differences(vars(member.person), vars(wanted))
    rules.check_edit(actor, member.standing, changes)
    next_version(member, version)
    if "login" in changes:
        others = (Account.realm == REALM, Account.id != member.account.id)
        require_free(tx, Account.login, wanted.login, *others)
    if "email" in changes:
        _close_links(tx, member.account.id)
    row = member.row
    row.name, row.email, row.phone = wanted.name, wanted.email, wanted.phone
    row.language, member.account.login = wanted.language, wanted.login
    record(tx, row.id, "staff.edited", actor, changes)


def next_version(member: Member, version: int) -> None:
    if member.row.version != version:
        raise ChangedMeanwhile(f"{member.row.name} was changed meanwhile: read it again.")
    member.row.version = version + 1


def record(
    tx: Session,
    staff_id: int,
    action: str,
    actor: Actor,
    changes: Changes | None = None,
    reason: str | None = None,
) -> None:
    history.append(tx, Entry("staff", staff_id, action, actor.name, changes or {}, reason))


def _insert(tx: Session, person: Person) -> int:
    row = StaffMember(
        name=person.name, email=person.email, phone=person.phone, language=person.language
    )
    tx.add(row)
    tx.flush()
    tx.add(Account(realm=REALM, login=person.login, staff_id=row.id))
    tx.flush()
    return row.id


def _close_links(tx: Session, account_id: int) -> None:
    """Whoever reads the mail of the address before, gets in no more."""
    opened = (AccountLink.account_id == account_id, AccountLink.used_at.is_(None))
    tx.execute(update(AccountLink).where(*opened).values(used_at=func.now()))


def _standing(tx: Session, staff_id: int) -> Standing:
    groups = [
        {"level": group.level, "rights": group.rights, "fields": group.fields}
        for group in memberships.groups_of(tx, staff_id)
    ]
    return Standing(staff_id, memberships.branches_of(tx, staff_id), *grants_of(groups))
