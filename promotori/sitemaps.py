"""What search engines may find: every public page, each with its address in the other language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from core.territory.models import County
from organisations.models import AssociativeStructure, Organisation
from programmes.models import Edition
from programmes.selectors.publications import public_announcements
from videoconferences.models import Videoconference
from videoconferences.selectors.conclusions import videoconferences_concluded

PAGES = (
    "home",
    "programmes:edition_list",
    "programmes:announcement_list",
    "organisations:list",
    "organisations:map",
    "organisations:enrolment",
    "organisations:legal",
    "organisations:structure_list",
    "videoconferences:list",
    "videoconferences:board",
    "videoconferences:conclusion_list",
    "pages:accessibility",
    "pages:privacy",
    "pages:contact",
)


class BilingualSitemap(Sitemap):  # type: ignore[type-arg]
    """Each page in both languages, with its alternates."""

    i18n = True
    alternates = True
    x_default = True
    # A section of a thousand pages in two languages is made in a second or so; robots ask for them one by one.
    limit = 1000


class PageSitemap(BilingualSitemap):
    def items(self) -> Iterable[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class CountySitemap(BilingualSitemap):
    def items(self) -> list[str]:
        return list(County.objects.current().in_country("RO").order_by("code").values_list("slug", flat=True))

    def location(self, item: str) -> str:
        return reverse("organisations:county", args=[item])


class OrganisationSitemap(BilingualSitemap):
    """Plain rows, not records: there may be a hundred thousand."""

    def items(self) -> list[tuple[str, datetime]]:
        return list(Organisation.objects.public().order_by("pk").values_list("slug", "updated_at"))

    def location(self, item: tuple[str, datetime]) -> str:
        return reverse("organisations:detail", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database; Django would look at every row for the index."""
        latest: datetime | None = Organisation.objects.public().aggregate(latest=Max("updated_at"))["latest"]
        return latest


class RecordSitemap(BilingualSitemap):
    """Records that know their own address; few of each."""

    def items(self) -> list[Any]:
        return [
            *Edition.objects.public().filter(is_example=False).order_by("pk"),
            *public_announcements(),
            *AssociativeStructure.objects.order_by("pk"),
            *Videoconference.objects.public()
            .filter(edition__is_example=False)
            .select_related("edition")
            .order_by("pk"),
        ]


class ConclusionSitemap(BilingualSitemap):
    """Videoconferences that concluded something public."""

    def items(self) -> list[Videoconference]:
        return list(videoconferences_concluded())

    def location(self, item: Videoconference) -> str:
        return reverse("videoconferences:conclusions", args=[item.edition.year, item.number])


SITEMAPS = {
    "pagini": PageSitemap,
    "judete": CountySitemap,
    "program": RecordSitemap,
    "concluzii": ConclusionSitemap,
    "organizatii": OrganisationSitemap,
}
