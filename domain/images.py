"""Pictures of products: what is accepted, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.errors import Refusal

LARGEST_UPLOAD = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""Decoded, a pixel takes four bytes: this much fits into memory while others are served."""
LONGEST_SIDE = 2000
THUMBNAIL_SIDE = 320
ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF")
KEPT_AS = "image/webp"
LONGEST_TEXT = 300

ImageTexts = Mapping[UUID, Mapping[str, str]]
"""By picture and language: what it shows, for those who cannot see it."""


class ImageNotAccepted(Refusal):
    """No picture, a broken one, or one that is too large."""


class ImageUnknown(Refusal):
    """There is no such picture, or it belongs to another product."""


@dataclass(frozen=True)
class Picture:
    """As it is kept: made anew from what came, so that nothing but the picture is in it."""

    width: int
    height: int
    content: bytes
    thumbnail: bytes


def check_upload(content: bytes) -> None:
    if not content:
        raise ImageNotAccepted("The file is empty.")
    if len(content) > LARGEST_UPLOAD:
        raise ImageNotAccepted(f"A picture may have {LARGEST_UPLOAD // 1024 // 1024} MiB at most.")


def check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ImageNotAccepted(
            f"A picture may have {MOST_PIXELS // 1_000_000} megapixels at most, "
            f"not {width} x {height}."
        )
