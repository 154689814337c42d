"""Staff see which reminders were written and what became of each, and change none."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from core.accounts.choices import Role
from meetings.choices import MeetingKind
from meetings.models import Reminder
from meetings.services.reminders import write_due_reminders
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.meetings import MeetingFactory, RegistrationFactory


@pytest.mark.django_db
def test_staff_see_reminders_and_change_none(client):
    start = datetime(2027, 2, 17, 8, 0, tzinfo=UTC)
    meeting = MeetingFactory(kind=MeetingKind.TRAINING, starts_at=start, on_date=start.date())
    told, moved = (
        RegistrationFactory(meeting=meeting, confirmed_at=start - timedelta(days=30)) for _ in "ab"
    )
    Reminder.objects.create(registration=moved, kind="week", for_start=start)
    write_due_reminders(now=start - timedelta(days=7))
    sign_in(client, UserFactory(roles=[Role.EDITOR]))

    page = client.get(reverse("admin:meetings_reminder_changelist"), {"q": "participant"})
    words = page.content.decode()
    assert told.email in words
    assert moved.email in words
    assert "Așteaptă trimiterea" in words
    assert "niciunul: a anunțat schimbarea datei" in words
    address = reverse("admin:meetings_reminder_change", args=[told.reminders.get().pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"kind": "hour"}).status_code == 403
    assert client.post(reverse("admin:meetings_reminder_delete", args=[1])).status_code in (403, 404)
