"""The language of a passage: ``lang`` inside the text reaches the tags, so that it is read with the right voice.

WeasyPrint 70 writes the language of the whole document only, and offers no place to add to a tag. PDF/UA-1
(ISO 14289-1, 7.2) wants changes of language marked; a Romanian name in an English document is one. This wraps
the function that makes the tags. The version is pinned, and a test fails when a newer one no longer fits.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any


def mark_languages_of_passages() -> None:
    """Make WeasyPrint write ``/Lang`` on the tag of every element that has ``lang``; once a process is enough."""
    tags: Any = import_module("weasyprint.pdf.tags")
    make_string: Any = import_module("pydyf").String
    original = tags._build_box_tree
    if getattr(original, "marks_languages", False):
        return

    def with_language(box: Any, *context: Any) -> Iterator[Any]:
        element = getattr(getattr(box, "_box", box), "element", None)
        # The root's language is the whole document's, written by WeasyPrint itself.
        if element is None or element.tag in {"html", "body"}:
            yield from original(box, *context)
            return
        language = element.attrib.get("lang")
        for tag in original(box, *context):
            if language:
                tag["Lang"] = make_string(language)
            yield tag

    with_language.marks_languages = True  # type: ignore[attr-defined]
    tags._build_box_tree = with_language
