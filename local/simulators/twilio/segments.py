"""How many SMS a text takes."""

_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = set("^{}\\[~]|€")


def segments(text: str) -> int:
    """160 letters in one, 153 in each of several; 70 and 67 where the text needs UCS-2."""
    if set(text) <= _GSM | _GSM_DOUBLE:
        return _parts(len(text) + sum(letter in _GSM_DOUBLE for letter in text), 160, 153)
    return _parts(len(text.encode("utf-16-be")) // 2, 70, 67)


def _parts(length: int, single: int, multiple: int) -> int:
    return 1 if length <= single else -(-length // multiple)
