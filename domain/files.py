"""Files people attach: recognised by their content, never by what they call themselves."""

import re
from dataclasses import dataclass

from domain.errors import Refusal

LARGEST_FILE = 10 * 1024 * 1024
_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"PK\x03\x04": "application/zip",
}
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}


class FileNotAccepted(Refusal):
    """Empty, too large, or of a kind that is not kept."""


@dataclass(frozen=True)
class FileKind:
    name: str
    media_type: str


def check_file(name: str, content: bytes) -> FileKind:
    if not content:
        raise FileNotAccepted("The file is empty.")
    if len(content) > LARGEST_FILE:
        raise FileNotAccepted(f"A file may have {LARGEST_FILE // 1024 // 1024} MiB at most.")
    name = re.sub(r'[\x00-\x1f"/\\]', "_", name).strip()[-150:] or "file"
    return FileKind(name, _media_type(name, content))


def _media_type(name: str, content: bytes) -> str:
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            ending = name[name.rfind(".") :].lower()
            return _OFFICE.get(ending, media_type) if media_type.endswith("zip") else media_type
    if _is_text(content):
        return "text/plain"
    raise FileNotAccepted("Pictures, PDF, office documents, archives and plain text are kept.")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
