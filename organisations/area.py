"""What organisations add to the own area: their line of the menu, and what waits for their people."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.area import Waiting, menu_entry, waiting_for_me
from core.accounts.models import User
from organisations.choices import SubmissionKind, SubmissionStatus
from organisations.emails.enrolment import name_for_applicant
from organisations.models import Invitation
from organisations.selectors.enrolment import drafts_of
from organisations.selectors.own import organisations_of, waiting_sentences
from organisations.services.people import confirmed_addresses, invitation_token

menu_entry(gettext_lazy("My organisations"), "organisations:own_start", order=20)


@waiting_for_me
def invitations(user: User) -> Iterator[Waiting]:
    """Open invitations to an address that the person has confirmed."""
    found = Invitation.objects.open().filter(email__in=confirmed_addresses(user))
    for invitation in found.select_related("organisation"):
        yield Waiting(
            _("You are invited to act for %(organisation)s.") % {"organisation": invitation.organisation},
            reverse("organisations:invitation", args=[invitation_token(invitation)]),
        )


@waiting_for_me
def organisations(user: User) -> Iterator[Waiting]:
    """What each of the person's organisations asks of them."""
    today = timezone.localdate()
    for membership in organisations_of(user):
        for sentence, url in waiting_sentences(membership.organisation, user, today):
            yield Waiting(sentence, url)


@waiting_for_me
def requests(user: User) -> Iterator[Waiting]:
    """Requests that the person has begun, or that the team sent back; those of an organisation are told with it."""
    for each in drafts_of(user).exclude(kind=SubmissionKind.CHANGE):
        if each.enrols_a_record:
            continue
        name = name_for_applicant(each) or _("Draft without a name")
        if each.status == SubmissionStatus.RETURNED:
            sentence = _("%(name)s: the team asks for changes in your request.") % {"name": name}
        else:
            sentence = _("%(name)s: you have begun a request and not lodged it yet.") % {"name": name}
        yield Waiting(sentence, each.get_absolute_url())
