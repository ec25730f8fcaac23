"""Passwords: kept as Argon2id hashes, refused when they are easily guessed."""

from collections.abc import Sequence
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

from domain.passwords import refuse_guessable, refuse_wrong_length

LOOKED_AT = 72
"""What comes after makes a password no weaker, and looking at it takes long."""
hasher = PasswordHasher()
_AT_ONCE = BoundedSemaphore(4)
"""Each takes 64 MiB and a processor: a crowd at the door must not fell the house."""


def hashed(password: str, words: Sequence[str]) -> str:
    """Refuses a weak one. `words`: what everybody would guess first of this person."""
    refuse_wrong_length(password)
    found = zxcvbn(password[:LOOKED_AT], [word for word in words if word], max_length=LOOKED_AT)
    feedback = found["feedback"]
    refuse_guessable(found["score"], feedback["warning"] or " ".join(feedback["suggestions"][:1]))
    with _AT_ONCE:
        return hasher.hash(password)


def verifies(stored: str | None, password: str) -> bool:
    """As much work where there is no account, or no password, as where there is one."""
    try:
        with _AT_ONCE:
            return hasher.verify(stored or _nobodys_password(), password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobodys_password() -> str:
    return hasher.hash("nobody has this password")
