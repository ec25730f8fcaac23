"""What a mail about somebody's sign-in has to say."""

from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.accounts import Holder
from db.secrets import Secrets
from db.tables.access import Session as SessionRow
from db.tables.access import SignInCode
from db.tables.history import HistoryEntry


def code_of(tx: Session, keys: Secrets, session_id: int | None) -> tuple[int, str] | None:
    """Account and code of a half-finished sign-in; None when it is over."""
    row = tx.execute(
        select(SessionRow.account_id, SessionRow.token_hash)
        .join(SignInCode, SignInCode.session_id == SessionRow.id)
        .where(SessionRow.id == session_id, SignInCode.code_hash != b"")
    ).one_or_none()
    return (row.account_id, keys.code_of(row.token_hash)) if row else None


def sign_in_of(tx: Session, holder: Holder, session_id: int | None) -> dict[str, str]:
    """From where it was, also when that session was closed at once so that nobody hears of it."""
    entry = tx.scalar(
        select(HistoryEntry)
        .where(
            HistoryEntry.subject == "account",
            HistoryEntry.subject_id == str(holder.account_id),
            HistoryEntry.action == "account.signed_in",
            HistoryEntry.details["session"].as_integer() == session_id,
        )
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    if entry is None:
        return {"at": "?", "address": "?", "browser": "?"}
    return {
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "address": str(entry.details.get("address")),
        "browser": str(entry.details.get("user_agent") or "?"),
    }
