"""One-time links by mail, with which somebody chooses a password."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from db import accounts, history
from db.access import new_token, token_hash
from db.accounts import Holder
from db.history import Entry
from db.tables.access import AccountLink
from domain.sign_in import LinkPurpose

LINK_PREFIX = "bol_"


@dataclass(frozen=True)
class OpenLink:
    purpose: LinkPurpose
    holder: Holder


def add_link(tx: Session, account_id: int, purpose: LinkPurpose) -> str:
    """Its token. Earlier ones stay good: a mail that comes late must not lead nowhere."""
    token = new_token(LINK_PREFIX)
    tx.execute(
        insert(AccountLink).values(
            token_hash=token_hash(token),
            account_id=account_id,
            purpose=purpose,
            expires_at=datetime.now(UTC) + purpose.lasts,
        )
    )
    details = {"purpose": purpose}
    entry = Entry("account", account_id, "account.link_added", "system", details=details)
    history.append(tx, entry)
    return token


def find_link(tx: Session, token: str) -> OpenLink | None:
    """None: unknown, used, too old, or its person may not sign in."""
    row = tx.scalar(_open(token))
    holder = accounts.find_holder(tx, row.account_id) if row else None
    return OpenLink(LinkPurpose(row.purpose), holder) if row and holder else None


def use_link(tx: Session, token: str, password_hash: str) -> Holder | None:
    """Sets the password, once; the person's other links are good for nothing any more."""
    row = tx.scalar(_open(token).with_for_update())
    holder = accounts.find_holder(tx, row.account_id) if row else None
    if row is None or holder is None:
        return None
    tx.execute(
        update(AccountLink)
        .where(AccountLink.account_id == holder.account_id, AccountLink.used_at.is_(None))
        .values(used_at=func.now())
    )
    chosen = row.purpose == LinkPurpose.INVITATION
    action = "account.invitation_accepted" if chosen else "account.password_reset"
    accounts.set_password(tx, holder, password_hash, action)
    return holder


def _open(token: str) -> Select[AccountLink]:
    return select(AccountLink).where(
        AccountLink.token_hash == token_hash(token),
        AccountLink.used_at.is_(None),
        AccountLink.expires_at > func.now(),
    )
