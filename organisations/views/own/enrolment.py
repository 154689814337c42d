"""A record that the programme's documents made is enrolled by its own people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from organisations.models import Organisation
from organisations.questions import steps_of
from organisations.services.own_enrolment import enrol_record
from organisations.views.own.access import own_page


@own_page("change_identity", ("POST",))
def enrol(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begins the enrolment, or leads to the one that is under way."""
    try:
        asked, is_new = enrol_record(organisation=organisation, actor=request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("organisations:own", organisation.slug)
    if is_new:
        return redirect("organisations:submission_step", asked.pk, steps_of(asked.kind)[0].word)
    return redirect("organisations:submission", asked.pk)
