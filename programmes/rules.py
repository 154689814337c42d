"""Who may keep the editions and what they publish."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.permissions import grant_editorial, list_relations

grant_editorial(
    "programmes",
    "edition",
    "editionphase",
    "editionpart",
    "statedfigure",
    "mandate",
    "editionpartner",
    "activity",
    "calendartext",
    "closingevent",
    "promotersmeeting",
    "announcement",
    "editiondocument",
)


@list_relations
def coverage_pages(user: Any) -> Iterator[str]:
    """A link for each structure that the person speaks for, to what the editions reach among its members."""
    for representative in user.represented_structures.select_related("structure"):
        yield format_html(
            '<a href="{}">{}</a>',
            reverse("programmes:structure_coverage", args=[representative.structure.slug]),
            _("Coverage among the members of %(structure)s")
            % {"structure": representative.structure.acronym},
        )
