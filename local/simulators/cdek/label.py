"""A parcel's label as a PDF page: the number large, and as a bar code that scans."""

from dataclasses import dataclass

from local.simulators.cdek.code128 import widths

_MM = 72 / 25.4
_PAGES = {"A4": (210, 297), "A5": (148, 210), "A6": (105, 148), "A7": (74, 105)}
_MARGIN = 6 * _MM


@dataclass(frozen=True)
class Line:
    text: str
    size: float


def pdf(pages: list[tuple[str, list[Line]]], page_format: str) -> bytes:
    """One page each: a bar code of the first, lines of the second. Letters outside Latin-1 turn
    into question marks: the fonts every reader has know no others."""
    width, height = (side * _MM for side in _PAGES[page_format])
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>")
    kids = []
    for code, lines in pages:
        stream = (_bars(code, width, height) + _text(lines, height)).encode("latin-1", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(_page(width, height, len(objects)))
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _page(width: float, height: float, content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
        f"/Contents {content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    ).encode()


def _bars(code: str, width: float, height: float) -> str:
    modules = widths(code)
    module = (width - 2 * _MARGIN) / sum(modules)
    bar_height, left, drawn = height * 0.25, _MARGIN, []
    bottom = height - _MARGIN - bar_height
    for place, count in enumerate(modules):
        if place % 2 == 0:
            drawn.append(f"{left:.3f} {bottom:.2f} {count * module:.3f} {bar_height:.2f} re f")
        left += count * module
    return "\n".join(drawn) + "\n"


def _text(lines: list[Line], height: float) -> str:
    top, drawn = height * 0.75 - 2 * _MARGIN, []
    for line in lines:
        top -= line.size * 1.4
        drawn.append(f"BT /F1 {line.size} Tf {_MARGIN:.2f} {top:.2f} Td ({_safe(line.text)}) Tj ET")
    return "\n".join(drawn)


def _safe(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[bytes]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\n" % size
        + b"startxref\n%d\n%%%%EOF\n" % len(content)
    )
