"""Telling people something: e-mail and SMS."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Email:
    notice_id: UUID
    to: str
    subject: str
    text: str
    html: str | None = None


@dataclass(frozen=True)
class Sms:
    notice_id: UUID
    to: str
    """E.164."""
    text: str


class EmailSender(Protocol):
    def send(self, email: Email) -> str:
        """The Message-ID, made from the notice's id so that receivers can drop a repeat."""
        ...

    def check(self) -> str: ...


class SmsSender(Protocol):
    def send(self, sms: Sms) -> str:
        """The provider's reference."""
        ...

    def find(self, sms: Sms, since: datetime) -> str | None:
        """The reference of the same text to the same number sent since then, where the answer
        was lost; None when there is none."""
        ...

    def check(self) -> str: ...
