"""The caught mails in one SQLite file; the oldest go when there are too many."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

KEPT = 2000
SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT, received_at TEXT NOT NULL, sender TEXT NOT NULL,
    recipients TEXT NOT NULL, subject TEXT NOT NULL, raw BLOB NOT NULL)
"""


class NoSuchMail(Exception):
    """It was deleted, or never came."""


@dataclass(frozen=True)
class Summary:
    """`recipients` are those of the envelope: blind copies too."""

    id: int
    received_at: str
    sender: str
    recipients: list[str]
    subject: str


@dataclass(frozen=True)
class Mail(Summary):
    text: str
    html: str
    attachments: list[str]


class Mailbox:
    def __init__(self, file: Path) -> None:
        self._file = file
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode = wal")
            connection.execute(SCHEMA)

    def add(self, sender: str, recipients: list[str], raw: bytes) -> None:
        received_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        values = (received_at, sender, json.dumps(recipients), _subject(raw), raw)
        with self._open() as connection:
            insert = "INSERT INTO mails (received_at, sender, recipients, subject, raw) "
            connection.execute(insert + "VALUES (?, ?, ?, ?, ?)", values)
            connection.execute(
                "DELETE FROM mails WHERE id <= (SELECT max(id) FROM mails) - ?", (KEPT,)
            )

    def newest(self, recipient: str | None = None, limit: int = 200) -> list[Summary]:
        """`recipient` is compared without case, as people write addresses."""
        statement = """
            SELECT id, received_at, sender, recipients, subject FROM mails
            WHERE ?1 IS NULL
               OR EXISTS (SELECT 1 FROM json_each(recipients) WHERE lower(value) = lower(?1))
            ORDER BY id DESC LIMIT ?2
        """
        with self._open() as connection:
            rows = connection.execute(statement, (recipient, limit)).fetchall()
        return [Summary(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in rows]

    def raw(self, mail_id: int) -> bytes:
        raw: bytes = self._row("raw", mail_id)[0]
        return raw

    def read(self, mail_id: int) -> Mail:
        row = self._row("id, received_at, sender, recipients, subject, raw", mail_id)
        message = _parse(row[5])
        attachments = [part.get_filename("unnamed") for part in message.iter_attachments()]
        text, html = _body(message, "plain"), _body(message, "html")
        return Mail(row[0], row[1], row[2], json.loads(row[3]), row[4], text, html, attachments)

    def empty(self) -> None:
        with self._open() as connection:
            connection.execute("DELETE FROM mails")

    def _row(self, columns: str, mail_id: int) -> tuple[Any, ...]:
        with self._open() as connection:
            statement = f"SELECT {columns} FROM mails WHERE id = ?"
            row: tuple[Any, ...] | None = connection.execute(statement, (mail_id,)).fetchone()
        if row is None:
            raise NoSuchMail(mail_id)
        return row

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection each time: the web pages read on other threads."""
        connection = sqlite3.connect(self._file, timeout=10)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _parse(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def _subject(raw: bytes) -> str:
    return str(_parse(raw)["Subject"] or "(no subject)")


def _body(message: EmailMessage, kind: str) -> str:
    """A mail may claim a character set that does not exist; it is shown all the same."""
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except LookupError:
        payload = part.get_payload(decode=True)
        return payload.decode(errors="replace") if isinstance(payload, bytes) else str(payload)
