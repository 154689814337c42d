"""Extracting, joining and reviewing translations."""

import gettext
from pathlib import Path

import pytest

from scripts.catalogues import merging, review, sources

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    f'"Plural-Forms: {merging.PLURAL_FORMS}\\n"\n\n'
)


@pytest.fixture
def project(tmp_path):
    """A project with one module and one template."""
    (tmp_path / "locale/ro/parts").mkdir(parents=True)
    (tmp_path / "app/templates").mkdir(parents=True)
    (tmp_path / "app/views.py").write_text('title = _("Calendar")\nnote = pgettext("month", "May")\n')
    (tmp_path / "app/templates/page.html").write_text(
        "<div>\n      {% translate 'Search' %}\n  {% blocktranslate trimmed count n=number %}\n    one promoter\n"
        "  {% plural %}\n    {{ n }} promoters\n  {% endblocktranslate %}\n</div>"
    )
    return tmp_path


def part(project: Path, name: str, text: str) -> None:
    (project / f"locale/ro/parts/{name}.po").write_text(HEADER + text, encoding="utf-8")


def faults(project: Path) -> list[str]:
    merged, conflicts = merging.merge(project)
    return conflicts + review.faults(sources.extract(project), merged)


COMPLETE = """
msgid "Calendar"
msgstr "Calendar"

msgctxt "month"
msgid "May"
msgstr "mai"

msgid "Search"
msgstr "Căutați"

msgid "one promoter"
msgid_plural "%(n)s promoters"
msgstr[0] "un promotor"
msgstr[1] "%(n)s promotori"
msgstr[2] "%(n)s de promotori"
"""


def test_texts_of_modules_and_templates_are_found(project):
    found = {merging.key(message): message.id for message in sources.extract(project) if message.id}
    assert found == {
        ("", "Calendar"): "Calendar",
        ("month", "May"): "May",
        ("", "Search"): "Search",
        ("", "one promoter"): ("one promoter", "%(n)s promoters"),
    }


def test_complete_catalogue_has_no_fault_and_compiles(project):
    part(project, "all", COMPLETE)
    assert faults(project) == []
    assert review.obsolete(project) == []
    assert merging.write(project, merging.merge(project)[0]) is True
    assert merging.write(project, merging.merge(project)[0]) is False
    with (project / "locale/ro/LC_MESSAGES/django.mo").open("rb") as file:
        romanian = gettext.GNUTranslations(file)
    assert [romanian.ngettext("one promoter", "%(n)s promoters", n) for n in (1, 2, 19, 20, 101)] == [
        "un promotor",
        "%(n)s promotori",
        "%(n)s promotori",
        "%(n)s de promotori",
        "%(n)s promotori",
    ]
    assert romanian.pgettext("month", "May") == "mai"


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('msgid "Search"\nmsgstr "Căutați"\n', "", "no Romanian for “Search”"),
        ("Căutați", "", "no Romanian for “Search”"),
        ("Căutați", "Căutaţi", "cedilla"),
        ("%(n)s de promotori", "", "all three plural forms"),
        ("%(n)s de promotori", "de promotori", "expected %(n)s"),
        ("%(n)s de promotori", "%(m)s de promotori", "%(m)s"),
        ('msgid "Search"', '#, fuzzy\nmsgid "Search"', "fuzzy"),
    ],
)
def test_faulty_catalogue_is_reported(project, right, wrong, fault):
    assert right in COMPLETE
    part(project, "all", COMPLETE.replace(right, wrong))
    assert any(fault in line for line in faults(project)), faults(project)


def test_parts_that_disagree_are_reported(project):
    part(project, "all", COMPLETE)
    part(project, "other", 'msgid "Search"\nmsgstr "Caută"\n')
    assert faults(project) == ["other.po: “Search” is “Caută” here but “Căutați” in all.po"]


def test_text_that_nothing_uses_is_reported_but_for_installed_packages(project):
    part(project, "all", COMPLETE + '\nmsgid "Gone"\nmsgstr "Dus"\n')
    part(project, "vendor-admin", 'msgid "Save and add another"\nmsgstr "Salvați și adăugați alta"\n')
    assert review.obsolete(project) == ["all.po: “Gone” is used nowhere"]
