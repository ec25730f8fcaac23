"""What somebody may have meant who typed one letter wrong."""

from collections.abc import Iterable

SHORTEST, LONGEST = 4, 40
"""Letters of a word that may be mistyped: in a shorter one every other word is near."""


def may_be_mistyped(word: str) -> bool:
    """Codes and numbers are meant as they are."""
    return SHORTEST <= len(word) <= LONGEST and not any(map(str.isdigit, word))


def shortened(word: str) -> set[str]:
    """The word, and what is left of it with any one letter left out. Two words are one typing
    error apart only if they have one of these in common."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def near(word: str, known: Iterable[str]) -> list[str]:
    """Those that one typing error lies between."""
    return sorted(other for other in known if is_one_error_apart(word, other))


def is_one_error_apart(one: str, other: str) -> bool:
    """One letter wrong, missing or too many, or two neighbours swapped."""
    if one == other:
        return False
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    swapped = len(left) == 2 and left == right[::-1]
    return swapped or max(len(left), len(right)) == 1


def _common(one: str, other: str) -> int:
    """How many letters they begin with together."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
