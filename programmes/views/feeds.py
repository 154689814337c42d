"""The Atom feed of announcements, with absolute addresses from SITE_URL."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.markdown import render_markdown
from core.pagecache import public_page
from core.text import normalise
from programmes.models import Announcement
from programmes.selectors.publications import public_announcements

NEWEST = 30


class PortalAtomFeed(Atom1Feed):
    """Atom whose addresses begin with SITE_URL, whatever host the request named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["link"] = settings.SITE_URL + reverse("programmes:announcement_list")
        kwargs["feed_url"] = settings.SITE_URL + reverse("programmes:announcement_feed")
        super().__init__(*args, **kwargs)

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        kwargs["link"] = settings.SITE_URL + kwargs["item_path"]
        # Stable for ever, whatever becomes of the address.
        kwargs["unique_id"] = kwargs.pop("item_id")
        super().add_item(*args, **kwargs)


class AnnouncementFeed(Feed):
    """The newest announcements in full."""

    feed_type = PortalAtomFeed

    def title(self) -> str:
        return _("Promoters of Volunteering – announcements")

    def subtitle(self) -> str:
        return _("Announcements of the programme Promoters of Volunteering in Romania")

    def link(self) -> str:
        return reverse("programmes:announcement_list")

    def language(self) -> str:  # type: ignore[override]
        return get_language() or "ro"

    def items(self) -> list[Announcement]:
        return list(public_announcements()[:NEWEST])

    def item_title(self, item: Announcement) -> str:
        # XML has no place for control characters, however they got into a title.
        return normalise(item.title)

    def item_description(self, item: Announcement) -> str:
        return normalise(render_markdown(item.body))

    def item_pubdate(self, item: Announcement) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Announcement) -> datetime:
        return item.updated_at

    def item_extra_kwargs(self, item: Announcement) -> dict[str, Any]:
        host = settings.SITE_URL.partition("://")[2]
        return {
            "item_path": item.get_absolute_url(),
            "item_id": f"tag:{host.partition(':')[0]},2026:anunt/{item.pk}",
        }


@public_page
def announcement_feed(request: HttpRequest) -> HttpResponse:
    return AnnouncementFeed()(request)
