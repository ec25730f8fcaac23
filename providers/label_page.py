"""A label to stick on a parcel: one A6 page of PDF with a number and its Code 128 barcode."""

from collections.abc import Iterator

from providers.outcomes import ProviderRefused

_WIDTH, _HEIGHT = 298, 420  # A6 in points
_MARGIN, _BARS_AT, _BARS_HIGH = 20, 220, 120
_QUIET = 10  # modules of white that a scanner needs on both sides
# Widths of bars and gaps in turn, by symbol: 0-95 are the characters from the space on.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232 2331112"
)
_SYMBOLS = _WIDTHS.split()
_START_B, _STOP = 104, 106


def label_page(number: str) -> bytes:
    """Raises ProviderRefused for what has no place in the barcode."""
    if not number or not (number.isascii() and number.isprintable()) or len(number) > 40:
        raise ProviderRefused("The number cannot be printed as a barcode.", "number")
    return _document("\n".join([*_bars(number), _caption(number)]).encode("ascii"))


def _bars(number: str) -> Iterator[str]:
    widths = [int(width) for symbol in _code_128(number) for width in _SYMBOLS[symbol]]
    module = (_WIDTH - 2 * _MARGIN) / (sum(widths) + 2 * _QUIET)
    at = _MARGIN + _QUIET * module
    for place, width in enumerate(widths):
        if place % 2 == 0:
            yield f"{at:.3f} {_BARS_AT} {width * module:.3f} {_BARS_HIGH} re f"
        at += width * module


def _code_128(number: str) -> list[int]:
    symbols = [_START_B, *(ord(sign) - 32 for sign in number)]
    check = sum(max(place, 1) * symbol for place, symbol in enumerate(symbols)) % 103
    return [*symbols, check, _STOP]


def _caption(number: str) -> str:
    """Courier, because all its signs are 0.6 of the height wide."""
    height = min(24.0, (_WIDTH - 2 * _MARGIN) / (0.6 * len(number)))
    left = (_WIDTH - 0.6 * height * len(number)) / 2
    text = number.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F {height:.2f} Tf {left:.2f} {_BARS_AT - 40} Td ({text}) Tj ET"


def _document(drawing: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>" % (_WIDTH, _HEIGHT),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>",
    ]
    page, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return bytes(page) + _table(places, len(page))


def _table(places: list[int], at: int) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at)
    return b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, rows, trailer)
