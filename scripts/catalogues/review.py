"""Reads the Romanian catalogue as a reviewer would: complete, same placeholders, right letters."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from scripts.catalogues import merging, sources

# %(name)s, %s, {name}: what a program puts into the text.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CEDILLA = re.compile("[şţŞŢ]")
# Parts that begin so translate texts of installed packages, which are not found in our sources.
VENDOR_PREFIX = "vendor"


def faults(found: Catalog, translated: Catalog) -> list[str]:
    """One line a fault: a text without Romanian, an incomplete plural, placeholders that do not agree,
    a fuzzy entry, letters with a cedilla where Romanian has a comma below."""
    lines = []
    for message in found:
        if message.id:
            entry = translated.get(merging.key(message)[1], message.context)
            place = ":".join(map(str, message.locations[0])) if message.locations else ""
            if entry is None:
                lines.append(f"{place}: no Romanian for “{merging.key(message)[1]}”")
            elif isinstance(message.id, tuple | list) and not isinstance(entry.id, tuple | list):
                lines.append(f"{place}: the Romanian of “{message.id[0]}” has no plural forms")
    for entry in translated:
        if entry.id:
            lines.extend(f"“{merging.key(entry)[1]}”: {fault}" for fault in _entry_faults(entry))
    return lines


def obsolete(root: Path) -> list[str]:
    """One line for each entry of a part whose text no source has any more."""
    known = {merging.key(message) for message in sources.extract(root)}
    lines = []
    for path in merging.parts(root):
        if not path.name.startswith(VENDOR_PREFIX):
            for message in merging.read_part(path):
                if message.id and merging.key(message) not in known:
                    lines.append(f"{path.name}: “{merging.key(message)[1]}” is used nowhere")
    return lines


def _entry_faults(entry: Message) -> Iterator[str]:
    plural = isinstance(entry.id, tuple | list)
    forms = list(entry.string) if isinstance(entry.string, tuple | list) else [entry.string or ""]
    if entry.fuzzy:
        yield "is marked fuzzy"
    if plural and (len(forms) != 3 or not all(forms)):
        yield "needs all three plural forms"
        return
    if any(CEDILLA.search(form) for form in forms):
        yield "has ş or ţ with a cedilla; Romanian has ș and ț with a comma below"
    wanted = set(PLACEHOLDER.findall(entry.id if isinstance(entry.id, str) else entry.id[1]))
    for number, form in enumerate(forms):
        got = set(PLACEHOLDER.findall(form))
        # „o organizație” may leave the number out.
        if got != wanted and not (plural and number == 0 and got <= wanted):
            yield f"has {_names(got)} in “{form}”, expected {_names(wanted)}"


def _names(placeholders: set[str]) -> str:
    return ", ".join(sorted(placeholders)) or "no placeholder"
