"""Uploaded pictures made anew: whatever else was in the file, only the picture stays."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.images import (
    ACCEPTED,
    LONGEST_SIDE,
    THUMBNAIL_SIDE,
    ImageNotAccepted,
    Picture,
    check_size,
    check_upload,
)

QUALITY = 85
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, ValueError, SyntaxError, EOFError, MemoryError)
"""What Pillow raises at files that only pretend."""


def make_picture(upload: bytes) -> Picture:
    """The content decides what it is; its size is known before anything is decoded."""
    check_upload(upload)
    try:
        with Image.open(BytesIO(upload), formats=ACCEPTED) as image:
            check_size(*image.size)
            return _kept(image)
    except UnidentifiedImageError:
        raise ImageNotAccepted("JPEG, PNG, WebP and GIF pictures are kept.") from None
    except BOMBS:
        raise ImageNotAccepted("This picture has far too many pixels.") from None
    except BROKEN:
        raise ImageNotAccepted("This picture is broken.") from None


def _kept(image: Image.Image) -> Picture:
    """Upright and small enough for a page, without what the camera wrote about place and time."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    content = _encoded(plain)
    width, height = plain.size
    plain.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(width, height, content, _encoded(plain))


def _encoded(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
