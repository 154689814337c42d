"""What waits for people of organisations, and what is kept of them until they go."""

from datetime import timedelta

from django.utils import timezone

from core.accounts.area import waiting_for
from organisations.models import Invitation, Reconfirmation
from organisations.services import people, reconfirmation
from organisations.services.forgetting import forget_person
from tests.factories.accounts import UserFactory


def test_what_waits_is_told_to_whom_it_concerns(own):
    newcomer = UserFactory(email="nou@exemplu.test")
    people.invite_person(
        organisation=own.organisation, email="nou@exemplu.test", role="member", language="ro", actor=own.manager
    )  # fmt: skip
    assert [str(each.sentence) for each in waiting_for(newcomer)] == [
        "Sunteți invitat(ă) să reprezentați Asociația Mâini Întinse."
    ]
    assert waiting_for(own.manager) == []
    question = reconfirmation.open_reconfirmation(
        organisation=own.organisation, due_on=timezone.localdate() + timedelta(days=20)
    )
    assert [each.url for each in waiting_for(own.manager)] == [own.page("own_confirm")]
    assert waiting_for(own.member) == []
    Reconfirmation.objects.filter(pk=question.pk).update(due_on=timezone.localdate() + timedelta(days=200))
    assert waiting_for(own.manager) == []
    Invitation.objects.update(expires_at=timezone.now())
    assert waiting_for(newcomer) == []


def test_people_go_and_their_organisation_can_still_be_read(own):
    own.as_manager.post(own.page("own_section", "nume"), {"names": "Mâini"})
    forget_person(user=own.manager)
    own.manager.delete()
    seen = own.as_member.get(own.page("own_history")).content.decode()
    assert "Maria Manager" not in seen
    assert "o persoană care a părăsit portalul" in seen
    assert own.as_member.get(own.page("own_people")).status_code == 200
