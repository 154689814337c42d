"""Finds every text that goes through gettext, in Python modules and in templates."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as babel_extract
from django.utils.translation.template import templatize

from scripts.catalogues.merging import empty, key

# Function name to the places of its texts; "c" marks the context.
KEYWORDS: dict[str, Any] = {
    "_": None,
    # gettext beside gettext_lazy in one module.
    "_t": None,
    "now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg", ".webmanifest"}
# Folders at the root that hold no text for users.
SKIPPED_ROOTS = {"tests", "scripts", "docs", "locale", "static", "var", "compose", "node_modules"}
SKIPPED_ANYWHERE = {"migrations", "__pycache__"}


def extract(root: Path) -> Catalog:
    """Every text of the portal with the places where it stands; texts of installed packages are not ours."""
    catalogue = empty("ro")
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        for line, texts, context in _texts(path):
            catalogue.add(texts, None, locations=[(name, line)], context=context)
    return catalogue


def without_translation(found: Catalog, translated: Catalog) -> Catalog:
    """The texts of the first catalogue that the second does not have."""
    known = {key(message) for message in translated if message.id}
    missing = empty("ro")
    for message in found:
        if message.id and key(message) not in known:
            missing.add(message.id, message.string, locations=message.locations, context=message.context)
    return missing


def _files(root: Path) -> Iterator[Path]:
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in SKIPPED_ROOTS:
            for path in sorted(folder.rglob("*")):
                skipped = SKIPPED_ANYWHERE.intersection(path.relative_to(root).parts)
                if not skipped and path.is_file() and (path.suffix == ".py" or _is_template(path)):
                    yield path


def _is_template(path: Path) -> bool:
    return path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts


def _texts(path: Path) -> Iterable[tuple[int, str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # templatize keeps the lines; their indentation means nothing to a template but all to Python.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.lstrip() for line in lines)
    for line, texts, _comments, context in babel_extract(
        "python", io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        yield line, texts, context
