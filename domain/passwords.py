"""Which passwords are good enough."""

from domain.errors import Refusal

SHORTEST, LONGEST = 12, 200
GOOD_SCORE = 3
"""Of zxcvbn's four: not found by 10^8 guesses of somebody who has stolen the hash."""


class WeakPassword(Refusal):
    """Too short, too long, or too easily guessed."""


def refuse_wrong_length(password: str) -> None:
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password has at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise WeakPassword(f"A password has at most {LONGEST} characters.")


def refuse_guessable(score: int, hint: str) -> None:
    if score < GOOD_SCORE:
        raise WeakPassword(f"This password is easily guessed. {hint}".strip())
