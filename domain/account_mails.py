"""Mails about somebody's sign-in: what their process may know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID


class MailKind(StrEnum):
    CODE = "code"
    INVITATION = "invitation"
    RESET = "reset"
    NEW_DEVICE = "new_device"
    PASSWORD_CHANGED = "password_changed"


@dataclass(frozen=True)
class AccountMail:
    """Ids alone: neither address nor code nor link may stay in an event history."""

    id: UUID
    kind: MailKind
    account_id: int | None = None
    """None: nobody has this login, which must not show in how long the answer takes."""
    session_id: int | None = None


TRIED_FOR: Mapping[MailKind, timedelta] = {
    MailKind.CODE: timedelta(minutes=10),
    MailKind.INVITATION: timedelta(days=1),
    MailKind.RESET: timedelta(minutes=30),
    MailKind.NEW_DEVICE: timedelta(days=1),
    MailKind.PASSWORD_CHANGED: timedelta(days=1),
}
"""Later it would help nobody."""
