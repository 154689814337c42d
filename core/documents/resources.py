"""What a document may load: pictures and style sheets of the project and uploaded pictures, nothing else.

Addresses are ``static:img/emblem.svg`` and ``media:logos/a.png``; ``file:``, ``http:``, ``data:`` and all other
schemes are refused, so that no text of a user can read the machine's files or call another one.
"""

import mimetypes
import re
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_ADDRESS = re.compile(r"(static|media):([A-Za-z0-9_][A-Za-z0-9_./-]*)")
# Uploaded SVG could itself ask for more; only pictures made of pixels are taken from there.
_UPLOADED_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}


class RefusedResourceError(ValueError):
    """The address is not one that a document may load, or nothing is there."""


def locate(address: str) -> Path:
    """The file behind a ``static:`` or ``media:`` address; raises ``RefusedResourceError`` for any other."""
    match = _ADDRESS.fullmatch(address)
    if match is None or ".." in Path(match[2]).parts:
        raise RefusedResourceError(f"Documents load only static: and media: addresses, not {address[:200]!r}")
    scheme, name = match.groups()
    path = _static_file(name) if scheme == "static" else _uploaded_picture(name)
    if path is None or not path.is_file():
        raise RefusedResourceError(f"There is no file for {address[:200]!r}")
    return path


def read_static(name: str) -> str:
    """The text of a static file, such as ``css/pdf/base.css``."""
    return locate(f"static:{name}").read_text(encoding="utf-8")


def content_type(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def digest_of_resources(*texts: str) -> str:
    """Digest of the files that the texts name, so that a changed picture makes another document."""
    addresses = {match[0] for text in texts for match in _ADDRESS.finditer(text)}
    digest = sha256()
    for address in sorted(addresses):
        try:
            content = locate(address).read_bytes()
        except RefusedResourceError:
            content = b""
        digest.update(address.encode() + b"\0" + sha256(content).digest())
    return digest.hexdigest()


def _static_file(name: str) -> Path | None:
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None


def _uploaded_picture(name: str) -> Path | None:
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    return path if path.is_relative_to(root) and path.suffix.lower() in _UPLOADED_SUFFIXES else None
