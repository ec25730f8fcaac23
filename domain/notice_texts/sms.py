"""What fits into an SMS: the GSM 7-bit alphabet, and how many messages a text costs."""

from math import ceil

_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
)


def plain(text: str) -> str:
    """Without the typographic signs that force a whole message out of the 7-bit alphabet."""
    return text.translate(_PLAIN).replace("…", "...")


def segments(text: str) -> int:
    """How many messages the text costs."""
    if all(sign in _ALPHABET or sign in _EXTENSION for sign in text):
        return _parts(len(text) + sum(sign in _EXTENSION for sign in text), 160, 153)
    return _parts(len(text.encode("utf-16-le")) // 2, 70, 67)


def _parts(length: int, alone: int, joined: int) -> int:
    return 1 if length <= alone else ceil(length / joined)
