"""All that the portal keeps about a person, as that person takes it away: one archive, for people and for programs."""

import json
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.models import User
from core.accounts.personal_data import Exporter, Section, sections
from core.dates import long_datetime, plain_date

# Beyond this an archive is written to the disk while it is made.
IN_MEMORY = 5 * 1024 * 1024
Line = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """A section as a person reads it: a list of records, each a list of label and value; ``more`` are not shown."""

    title: str
    why: str
    kept: str
    correct: str
    records: list[list[Line]]
    more: int = 0


def told(
    user: User, language: str, *, without: Collection[Exporter] = (), shown: int | None = None
) -> list[Told]:
    """Every section that holds something, in the words of one language; empty values are left out."""
    with override(language):
        return [
            _told(section, records, language, shown)
            for section, records in _kept(user)
            if section.facts not in without
        ]


def personal_archive(user: User) -> IO[bytes]:
    """A ZIP with ``data.json`` (labels in English, whatever the language) and a page in the person's language.

    Holds what the registered exporters give and nothing else. Made at once; the caller closes it.
    """
    now = timezone.localtime()
    archive: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("data.json", _as_json(user, now))
        parts.writestr(f"{_page_name(user.language)}.html", _as_page(user, now))
    archive.seek(0)
    return archive


def _kept(user: User) -> Iterable[tuple[Section, list[Mapping[Any, Any]]]]:
    for section in sections():
        facts = section.facts(user)
        records = [facts] if isinstance(facts, Mapping) else list(facts)
        if any(records):
            yield section, records


def _told(section: Section, records: list[Mapping[Any, Any]], language: str, shown: int | None) -> Told:
    lines = [
        [(str(label), _words(value, language)) for label, value in record.items() if value not in (None, "")]
        for record in records[:shown]
    ]
    return Told(
        title=str(section.title),
        why=str(section.why),
        kept=str(section.kept),
        correct=section.correct,
        records=[line for line in lines if line],
        more=max(0, len(records) - shown) if shown is not None else 0,
    )


def _words(value: Any, language: str) -> str:
    """A value as people read it; a moment in the time of Bucharest."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return long_datetime(timezone.localtime(value), language)
    if isinstance(value, date):
        return plain_date(value, language)
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {_words(each, language)}" for label, each in value.items())
    if isinstance(value, list | tuple | set):
        return ", ".join(_words(each, language) for each in value)
    return str(value)


def _as_json(user: User, now: datetime) -> str:
    with override("en"):
        content = {
            "made_at": now.isoformat(timespec="seconds"),
            "portal": settings.SITE_URL,
            "sections": [
                {
                    "title": str(section.title),
                    "why": str(section.why),
                    "kept": str(section.kept),
                    "records": [_plain(record) for record in records],
                }
                for section, records in _kept(user)
            ],
        }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    """A value as JSON has it; words in the language that is active."""
    if isinstance(value, Mapping):
        return {str(label): _plain(each) for label, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def _as_page(user: User, now: datetime) -> str:
    with override(user.language):
        context = {
            "language": user.language,
            "sections": told(user, user.language),
            "made_at": long_datetime(now, user.language),
            "site_url": settings.SITE_URL,
        }
        return render_to_string("account/documents/my_data.html", context)


def _page_name(language: str) -> str:
    with override(language):
        # Translators: the name of a file, so letters and hyphens only.
        return str(_("my-data"))
