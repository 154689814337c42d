"""Two people change one record: the second is told once, loses nothing, and may save all the same."""

import re

import pytest

from core.accounts.choices import Role
from programmes.models import Announcement
from tests.factories.accounts import staff_client
from tests.factories.programmes import AnnouncementFactory

pytestmark = pytest.mark.django_db


def opened(client, address: str) -> dict[str, str]:
    """What the form would send unchanged, as far as an announcement goes."""
    page = client.get(address).text
    seen = re.search(r'name="seen_version" value="(\d+)"', page)
    return {"title": "Titlu", "slug": "titlu", "body": "Text", "seen_version": seen[1] if seen else ""}


def test_second_of_two_editors_is_told_and_may_save_again():
    announcement = AnnouncementFactory()
    address = f"/admin/programmes/announcement/{announcement.pk}/change/"
    first, second = staff_client(Role.EDITOR), staff_client(Role.EDITOR)
    of_first, of_second = opened(first, address), opened(second, address)

    assert first.post(address, {**of_first, "title": "De la prima"}).status_code == 302
    refused = second.post(address, {**of_second, "title": "De la a doua"})
    assert refused.status_code == 200
    assert "în timp ce o modificați" in refused.text
    assert 'value="De la a doua"' in refused.text
    announcement.refresh_from_db()
    assert announcement.title == "De la prima"

    again = re.search(r'name="seen_version" value="(\d+)"', refused.text)
    assert (
        second.post(address, {**of_second, "title": "De la a doua", "seen_version": again[1]}).status_code
        == 302
    )
    assert Announcement.objects.get(pk=announcement.pk).title == "De la a doua"


@pytest.mark.parametrize("seen", ["", "abc", "0", "9" * 40, "<b>"])
def test_damaged_number_never_fails(seen):
    announcement = AnnouncementFactory()
    address = f"/admin/programmes/announcement/{announcement.pk}/change/"
    client = staff_client(Role.EDITOR)

    assert client.post(address, {**opened(client, address), "seen_version": seen}).status_code in (200, 302)
