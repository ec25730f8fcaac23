"""What members of staff may from now on: their groups, their branches, whether they get in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import memberships, sessions
from db.groups import grants_in
from db.staff import Member, next_version, record
from db.tables.access import Account
from db.tables.staff import Group, StaffGroup, StaffMember
from domain import staff as rules
from domain.access import Actor, Right
from domain.access.hierarchy import (
    SUPER_ADMIN_LEVEL,
    check_membership,
    require_super_admin_left,
)


def set_groups(
    tx: Session, member: Member, wanted: frozenset[int], version: int, actor: Actor
) -> None:
    """`lock_super_admins` came first."""
    staff_id = member.row.id
    rules.require_over_another(actor, member.standing, Right.STAFF_EDIT)
    before = {group.id: group for group in memberships.groups_of(tx, staff_id)}
    after = memberships.hold_groups(tx, wanted)
    added = [group for group in after if group.id not in before]
    check_membership(actor, [(group.level, grants_in(group)) for group in added])
    next_version(member, version)
    memberships.leave_groups(tx, staff_id, before.keys() - wanted)
    memberships.join_groups(tx, staff_id, added)
    _require_super_admin(tx)
    names = ([group.name for group in before.values()], [group.name for group in after])
    record(tx, staff_id, "staff.groups_changed", actor, {"groups": names})


def set_branches(
    tx: Session, member: Member, wanted: frozenset[int], version: int, actor: Actor
) -> None:
    rules.check_binding(actor, member.standing, wanted)
    next_version(member, version)
    before = memberships.branch_names(tx, member.standing.branches)
    memberships.leave_branches(tx, member.row.id)
    after = memberships.join_branches(tx, member.row.id, wanted)
    record(tx, member.row.id, "staff.branches_changed", actor, {"branches": (before, after)})


def block_staff(tx: Session, member: Member, actor: Actor, reason: str | None = None) -> None:
    """`lock_super_admins` came first. Every browser of theirs is signed out at once."""
    rules.require_over_another(actor, member.standing, Right.STAFF_BLOCK)
    sessions.end_all(tx, member.account.id)
    if member.row.is_active:
        _set_active(member, False)
        _require_super_admin(tx)
        record(tx, member.row.id, "staff.blocked", actor, {"is_active": (True, False)}, reason)


def unblock_staff(tx: Session, member: Member, actor: Actor) -> None:
    rules.require_over_another(actor, member.standing, Right.STAFF_BLOCK)
    if not member.row.is_active:
        _set_active(member, True)
        record(tx, member.row.id, "staff.unblocked", actor, {"is_active": (False, True)})


def sign_out_staff(tx: Session, member: Member, actor: Actor) -> None:
    rules.require_over(actor, member.standing, Right.STAFF_BLOCK)
    sessions.end_all(tx, member.account.id)
    record(tx, member.row.id, "staff.signed_out", actor)


def invite_staff(tx: Session, member: Member, actor: Actor) -> int:
    """The account that a link to choose a password is to be mailed for."""
    rules.require_over_another(actor, member.standing, Right.STAFF_CREATE)
    rules.check_invitation(
        is_active=member.row.is_active,
        has_password=member.account.password_hash is not None,
    )
    record(tx, member.row.id, "staff.invited", actor)
    return member.account.id


def lock_super_admins(tx: Session) -> None:
    """Whoever may make SuperAdmins fewer, does it one after the other."""
    group = select(Group.id).where(Group.level == SUPER_ADMIN_LEVEL).order_by(Group.id)
    tx.execute(group.with_for_update(key_share=True))


def _require_super_admin(tx: Session) -> None:
    """Somebody is left who is one and can sign in."""
    tx.flush()
    left = (
        select(StaffMember.id)
        .join(StaffGroup, StaffGroup.staff_id == StaffMember.id)
        .join(Group, Group.id == StaffGroup.group_id)
        .join(Account, Account.staff_id == StaffMember.id)
        .where(
            Group.level == SUPER_ADMIN_LEVEL,
            StaffMember.is_active,
            ~Account.is_blocked,
            Account.password_hash.is_not(None),
        )
    )
    require_super_admin_left(tx.scalars(left.limit(1)).all())


def _set_active(member: Member, is_active: bool) -> None:
    member.row.is_active, member.account.is_blocked = is_active, not is_active
    member.row.version += 1
