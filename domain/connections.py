"""The connections to providers, and what trying one can tell."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal


class NotConfigured(Refusal):
    """It cannot be switched on before it has all it needs."""


class Provider(StrEnum):
    YOOKASSA = "yookassa"
    CDEK = "cdek"
    SMTP = "smtp"
    TWILIO = "twilio"


class Hint(StrEnum):
    """Where to look when a trial fails."""

    KEYS = "keys"
    ADDRESS = "address"
    PROVIDER = "provider"
    WORKER = "worker"


@dataclass(frozen=True)
class TriedConnection:
    ok: bool
    took_ms: int
    message: str
    """The provider's words or ours, without anything secret."""
    hint: Hint | None = None
