"""Joins the parts of the Romanian catalogue and writes what Django reads."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

PLURAL_FORMS = "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2);"
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
Key = tuple[str, str]


def key(message: Message) -> Key:
    """What makes an entry unique: its context and its (singular) text."""
    return message.context or "", message.id[0] if isinstance(message.id, tuple | list) else message.id


def parts(root: Path) -> list[Path]:
    """The parts, in the order of their names."""
    return sorted((root / "locale/ro/parts").glob("*.po"))


def empty(locale: str) -> Catalog:
    """A catalogue with a header that never changes by itself, so that builds are repeatable."""
    catalogue = Catalog(
        locale=locale,
        project="promotori",
        header_comment="# Built from locale/ro/parts by scripts/messages.py; change the parts.",
        creation_date=BUILT,
        revision_date=BUILT,
        fuzzy=False,
    )
    catalogue.mime_headers = [
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Language", locale),
        ("Plural-Forms", PLURAL_FORMS if locale == "ro" else "nplurals=2; plural=(n != 1);"),
    ]
    return catalogue


def read_part(path: Path) -> Catalog:
    """One part, as Romanian whatever its header says; a malformed one raises PoFileError with its line."""
    with path.open("rb") as file:
        return read_po(file, locale="ro", charset="utf-8", abort_invalid=True)


def merge(root: Path) -> tuple[Catalog, list[str]]:
    """All parts as one catalogue, and a line for each text that two parts translate differently.

    The first part wins, so the portal still starts; the conflict is a fault for people to settle.
    """
    merged = empty("ro")
    origin: dict[Key, tuple[Path, object]] = {}
    faults = []
    for path in parts(root):
        try:
            part = read_part(path)
        except PoFileError as error:
            faults.append(f"{path.relative_to(root)}: {error}")
            continue
        for message in part:
            if not message.id or not any(_strings(message)):
                continue
            seen = origin.setdefault(key(message), (path, message.string))
            if seen[1] == message.string and seen[0] == path:
                merged.add(message.id, message.string, context=message.context, flags=message.flags)
            elif seen[1] != message.string:
                faults.append(
                    f"{path.name}: “{key(message)[1]}” is “{_strings(message)[0]}” here "
                    f"but “{_first(seen[1])}” in {seen[0].name}"
                )
    return merged, faults


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def _first(string: object) -> str:
    return str(string[0]) if isinstance(string, tuple | list) else str(string)


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as text, sorted, without lines that would change with every build."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=False, sort_output=True)
    return buffer.getvalue()


def write(root: Path, merged: Catalog) -> bool:
    """Write django.po and django.mo for Romanian and an empty django.mo for English (its texts are the
    message ids). A running server never sees a half-written file. Returns whether anything changed."""
    compiled = {"ro/LC_MESSAGES/django.po": as_po(merged)}
    for locale, catalogue in (("ro", merged), ("en", empty("en"))):
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        compiled[f"{locale}/LC_MESSAGES/django.mo"] = buffer.getvalue()
    changed = False
    for name, content in compiled.items():
        path = root / "locale" / name
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
        changed = True
    return changed
