"""Signing in: how often one may try, how long things are good for, and the refusals."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from math import ceil

from domain.errors import Refusal

CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
RESEND_AFTER = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(days=1)
"""Failures longer ago do not count any more."""
DEVICE_KNOWN_FOR = timedelta(days=180)
"""Since it was last used to sign in."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Realm(StrEnum):
    """Each has logins, sessions and cookies of its own."""

    STAFF = "staff"
    CUSTOMER = "customer"


class SecondFactor(StrEnum):
    EMAIL = "email"
    AUTHENTICATOR = "authenticator"


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=7) if self is LinkPurpose.INVITATION else timedelta(minutes=30)


class WrongCode(Refusal):
    """The second factor is not this one; a few tries are left."""


class WrongPassword(Refusal):
    """Whoever is signed in already could not say their password again."""


class AuthenticatorState(Refusal):
    """An authenticator app is set up already, or is not."""


class TooManyAttempts(Refusal):
    """Says nothing about whether the last one was right, or the login exists."""

    def __init__(self, wait: timedelta) -> None:
        self.retry_after = max(1, ceil(wait.total_seconds()))
        super().__init__(f"Too many attempts: try again in {self.retry_after} s.")


@dataclass(frozen=True)
class Allowance:
    """So many tries at once; then a pause that doubles with each further one."""

    free: int
    first: timedelta
    longest: timedelta = timedelta(minutes=15)

    def pause(self, tries: int) -> timedelta:
        if tries < self.free:
            return timedelta(0)
        doubled: int = 2 ** min(tries - self.free, 30)
        return min(self.first * doubled, self.longest)


PERSON = Allowance(free=5, first=timedelta(seconds=2))
ADDRESS = Allowance(free=50, first=timedelta(seconds=2))
"""A whole office may sit behind one."""
MAIL = Allowance(free=3, first=RESEND_AFTER)


@dataclass(frozen=True)
class Gate:
    """What is counted together: an account, a device, an address."""

    name: str
    allowance: Allowance


def account_gate(realm: str, login: str) -> Gate:
    """By what was typed, so that logins nobody has are counted like all others."""
    return Gate(f"account:{realm}:{login.strip().lower()}", PERSON)


def device_gate(account_id: int, device_hash: bytes) -> Gate:
    """A known device has its own, so that strangers cannot lock its owner out."""
    return Gate(f"device:{account_id}:{device_hash.hex()}", PERSON)


def address_gate(address: str) -> Gate:
    return Gate(f"address:{network_of(address)}", ADDRESS)


def mail_gate(kind: str, gate: Gate) -> Gate:
    """For those that make us send mail of a kind, beside the gate they came through."""
    return Gate(f"{kind}:{gate.name}", MAIL)


def network_of(address: str) -> str:
    """One customer of a provider has a whole /64 of IPv6 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ip_network((parsed, 64), strict=False))


@dataclass(frozen=True)
class Throttle:
    """Tries through one gate. A try counts before it is known to fail, so that a thousand at once
    are no more than a thousand in a row; a right one is given back."""

    tries: int = 0
    last_at: datetime = _NEVER
    blocked_until: datetime | None = None

    def take(self, now: datetime, allowance: Allowance) -> "Throttle":
        if self.blocked_until and now < self.blocked_until:
            raise TooManyAttempts(self.blocked_until - now)
        tries = 1 if now - self.last_at > FORGOTTEN_AFTER else self.tries + 1
        pause = allowance.pause(tries)
        return Throttle(tries, now, now + pause if pause else None)

    def give_back(self) -> "Throttle":
        return Throttle(max(self.tries - 1, 0), self.last_at)
