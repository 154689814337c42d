"""Pictures that people send: taken by what they hold, drawn again, so that nothing but the picture is kept.

What comes out was written by the portal: no metadata, no script, no second file behind the picture.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_MEGABYTES: Final = 2
LONGEST_SIDE: Final = 800
# 6,000 x 6,000: more than any logo has, and 144 MB in memory at most.
MOST_PIXELS: Final = 36_000_000
FORMATS: Final = ("PNG", "JPEG", "WEBP")
_TYPES: Final = {"png": "image/png", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture as the portal drew it: ``kind`` is "png" or "webp"."""

    content: bytes
    kind: str
    width: int
    height: int


def redraw(file: IO[bytes], *, size: int) -> Picture:
    """The picture of a PNG, JPEG or WebP file, at most 800 pixels on its longer side, turned as it is meant.

    Raises ``ValidationError`` in words for a file that is too large, of another kind (SVG among them), damaged, cut
    short, moving, or of more pixels than a logo can have.
    """
    if size > MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(
            _(
                "The picture has %(size)d MB; at most %(most)d MB can be taken. Save it smaller and send it again."
            )
            % {"size": -(-size // 1024**2), "most": MAX_MEGABYTES}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            content = file.read(size)
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                if not _is_whole(content, str(opened.format)):
                    raise OSError
                return _drawn(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_too_many_pixels()) from None
    except Image.UnidentifiedImageError:
        raise ValidationError(
            _(
                "This is not a PNG, JPEG or WebP picture. Other kinds, such as SVG or PDF, are not taken: save it as "
                "PNG."
            )
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise ValidationError(_("The picture is damaged or cut short. Save it again and send it.")) from None


def _is_whole(content: bytes, kind: str) -> bool:
    """Whether the file has its end. WeasyPrint tells Pillow, for the whole process, to fill up what is cut short."""
    if kind == "PNG":
        return content.rfind(b"IEND") > content.rfind(b"IDAT")
    if kind == "JPEG":
        # The end of the picture comes after its last scan; a thumbnail in front has an end of its own.
        return content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
    return len(content) >= int.from_bytes(content[4:8], "little") + 8


def _drawn(opened: Image.Image) -> Picture:
    # The size stands in the header: nothing is unpacked before it is known to be sensible.
    if opened.width * opened.height > MOST_PIXELS:
        raise ValidationError(_too_many_pixels())
    if getattr(opened, "n_frames", 1) > 1:
        raise ValidationError(_("The picture moves. Send one that stands still."))
    opened.load()
    picture = ImageOps.exif_transpose(opened) or opened
    is_photo = opened.format == "JPEG"
    picture = picture.convert("RGB" if is_photo else "RGBA")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A picture of its own, so that nothing the file carried along (profiles, comments) is written.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    written = BytesIO()
    if is_photo:
        clean.save(written, "WEBP", quality=88)
    else:
        clean.save(written, "PNG", optimize=True)
    return Picture(written.getvalue(), "webp" if is_photo else "png", clean.width, clean.height)


def _too_many_pixels() -> str:
    return _("The picture has too many pixels. Save it at 800 by 800 pixels at most.")


def serve_picture(file: FieldFile, *, public: bool) -> FileResponse:
    """The kept picture by its own type, never guessed at; kept by browsers for an hour when it is public.

    Raises ``Http404`` when there is none, it is gone from the disk, or it is not one that the portal drew.
    """
    kind = PurePath(file.name or "").suffix.removeprefix(".")
    if not file or kind not in _TYPES:
        raise Http404
    try:
        content: Any = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=_TYPES[kind])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return response
