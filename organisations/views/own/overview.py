"""Where one comes in: the choice among one's organisations, and the overview of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisations.choices import RegisterStatus
from organisations.models import Organisation
from organisations.selectors.own import (
    completeness,
    has_enrolment_open,
    organisations_of,
    people_of,
    state_sentence,
    waiting_sentences,
)
from organisations.selectors.reconfirmation import asked_now, last_confirmed_on
from organisations.views.own.access import may, own_page, own_render


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """One organisation: its page. Several: which one. None: how to come to one."""
    memberships = list(organisations_of(request.user))
    if len(memberships) == 1:
        return redirect("organisations:own", memberships[0].organisation.slug)
    return render(request, "organisations/own/start.html", {"memberships": memberships})


@own_page()
def overview(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Where the record stands, what waits, what it lacks, and the next dates."""
    parts = completeness(organisation)
    asked = asked_now(organisation)
    return own_render(
        request,
        "organisations/own/overview.html",
        organisation,
        state=state_sentence(organisation),
        waiting=list(waiting_sentences(organisation, request.user, timezone.localdate())),  # type: ignore[arg-type]
        missing=[part for part in parts if not part.is_there],
        parts_done=sum(part.is_there for part in parts),
        parts_total=len(parts),
        asked=asked,
        confirmed_on=last_confirmed_on(organisation),
        people=people_of(organisation).count(),
        enrolment=has_enrolment_open(organisation),
        may_enrol=organisation.register_status == RegisterStatus.RECORDED
        and may(request, "change_identity", organisation),
        may_confirm=may(request, "confirm", organisation),
    )
