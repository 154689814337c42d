"""Files that staff upload: accepted by what they hold, not by their name, and handed out so that none runs."""

from pathlib import PurePath
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

# The proxy in front takes 12 MB of a request (compose/Caddyfile).
MAX_MEGABYTES: Final = 10
# What a file of each Office kind must have inside.
_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_OPEN_DOCUMENTS: Final = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_TEXTS: Final = ("csv", "txt")
KINDS: Final = ("pdf", *_PARTS, *_OPEN_DOCUMENTS, *_TEXTS)


def validate_document(file: FieldFile) -> None:
    """Refuses, in words, a new file that is too large, of another kind, or not what its name says.

    A file that was stored before is not read again.
    """
    if getattr(file, "_committed", True):
        return
    if (file.size or 0) > MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(
            _(
                "The file has %(size)d MB; at most %(most)d MB can be kept. Make it smaller or give an address."
            )
            % {"size": -(-file.size // 1024**2), "most": MAX_MEGABYTES}
        )
    kind = _kind(file)
    if kind not in KINDS:
        raise ValidationError(
            _("Files of this kind are not kept. Give one of these: %(kinds)s.") % {"kinds": ", ".join(KINDS)}
        )
    content = file.open("rb")
    try:
        is_so = _holds(kind, content)
    finally:
        content.seek(0)
    if not is_so:
        raise ValidationError(
            _("The file is not what its name says (.%(kind)s), or holds macros.") % {"kind": kind}
            if kind not in _TEXTS
            else _("The file is not text in UTF-8. Save it again with this encoding.")
        )


def serve_upload(file: FieldFile, name: str) -> FileResponse:
    """The stored file under another name, never guessed at: a PDF in the browser, all others as downloads.

    Raises ``Http404`` when there is no file, or when it is gone from the disk.
    """
    try:
        content = file.open("rb") if file else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404
    kind = _kind(file)
    response = FileResponse(content, as_attachment=kind != "pdf", filename=f"{name}.{kind}".rstrip("."))
    if kind != "pdf":
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _kind(file: FieldFile) -> str:
    return PurePath(file.name or "").suffix.lower().removeprefix(".")


def _holds(kind: str, content: IO[Any]) -> bool:
    """Whether the content is of the kind."""
    if kind == "pdf":
        return bool(content.read(5) == b"%PDF-")
    if kind in _TEXTS:
        return _is_text(content.read())
    try:
        with ZipFile(content) as archive:
            names = set(archive.namelist())
            if kind in _PARTS:
                has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return {"[Content_Types].xml", _PARTS[kind]} <= names and not has_macros
            with archive.open("mimetype") as told:
                return told.read(100).strip() == _OPEN_DOCUMENTS[kind]
    except (BadZipFile, KeyError, RuntimeError, NotImplementedError):
        # No archive, one without the part, one under a password, one packed in a way that nobody uses.
        return False


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
