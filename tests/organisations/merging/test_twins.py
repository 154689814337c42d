"""Questions and invitations that stood at both records: one of each goes on, and it is the one of use."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.accounts.choices import Role
from core.models import StateChange
from organisations.choices import MemberRole, ReconfirmationStatus
from organisations.models import Invitation, Membership, Reconfirmation
from organisations.services.merging import merge_organisations
from organisations.services.people import accept_invitation
from tests.admin.world import an_organisation
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
R = ReconfirmationStatus


def merge(kept, merged):
    actor = UserFactory(roles=[Role.ADMINISTRATOR])
    return merge_organisations(kept=kept, merged=merged, take={}, reason="Aceeași asociație", actor=actor)


def asked(organisation, day, status):
    confirmed = timezone.now() if status == R.CONFIRMED else None
    return Reconfirmation.objects.create(
        organisation=organisation, due_on=date(2026, 1, day), status=status, confirmed_at=confirmed
    )


@pytest.mark.parametrize(
    ("at_kept", "at_merged", "left"),
    [
        ([(1, R.OPEN)], [(2, R.OPEN)], {(1, R.OPEN), (2, R.CANCELLED)}),
        ([(1, R.OVERDUE)], [(2, R.OPEN)], {(1, R.OVERDUE), (2, R.CANCELLED)}),
        ([(2, R.OPEN)], [(1, R.OVERDUE)], {(2, R.OPEN), (1, R.CANCELLED)}),
        ([(1, R.OPEN)], [(1, R.OPEN)], {(1, R.OPEN)}),
        ([(1, R.OPEN)], [(1, R.CONFIRMED), (2, R.OVERDUE)], {(1, R.OPEN), (2, R.CANCELLED)}),
        ([(1, R.CONFIRMED)], [(1, R.LAPSED), (3, R.OPEN)], {(1, R.CONFIRMED), (3, R.OPEN)}),
        ([], [(1, R.CANCELLED), (2, R.OPEN)], {(1, R.CANCELLED), (2, R.OPEN)}),
    ],
)
def test_one_question_goes_on(at_kept, at_merged, left):
    kept, merged = an_organisation(1), an_organisation(2)
    for organisation, rows in ((kept, at_kept), (merged, at_merged)):
        for day, status in rows:
            asked(organisation, day, status)
    merge(kept, merged)

    found = {(each.due_on.day, each.status) for each in Reconfirmation.objects.all()}
    assert found == left
    cancelled = {day for day, status in left if status == R.CANCELLED} - {
        day for day, status in at_merged if status == R.CANCELLED
    }
    assert StateChange.objects.filter(transition="cancel").count() == len(cancelled)


@pytest.mark.parametrize("days", [(-1, 7), (7, -1), (3, 7), (7, 3)])
def test_the_invitation_that_holds_longer_stays(days):
    kept, merged = an_organisation(1), an_organisation(2)
    person = UserFactory(email="x@exemplu.invalid")
    now = timezone.now()
    sent = [
        Invitation.objects.create(
            organisation=organisation, email=person.email, role=role, expires_at=now + timedelta(days=number)
        )
        for organisation, role, number in zip(
            (kept, merged), (MemberRole.MEMBER, MemberRole.MANAGER), days, strict=True
        )
    ]
    merge(kept, merged)

    for invitation in sent:
        invitation.refresh_from_db()
    assert {each.organisation_id for each in sent} == {kept.pk}
    good = [each for each in sent if each.is_open]
    assert good == [sent[days.index(max(days))]]
    accept_invitation(invitation=good[0], user=person)
    # Whoever was invited as a manager, by a link that still held, becomes one.
    may_manage = days != (7, -1)
    role = Membership.objects.get(organisation=kept, user=person).role
    assert role == (MemberRole.MANAGER if may_manage else MemberRole.MEMBER)
