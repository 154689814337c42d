"""Writing to those who registered: the form, the mail as it will leave, what was sent."""

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from core.typedtext import forget_typed, survives_sign_out, typed_before
from meetings.emails.to_registrants import preview_written
from meetings.forms.mailing import RegistrantMailForm
from meetings.homes import home_of
from meetings.models import Meeting
from meetings.selectors.mailing import group_numbers, registrations_in, sent_mails
from meetings.services.mailing import start_mail
from meetings.teampages import team_address
from meetings.views.access import READ_AND_SEND, meeting_page
from meetings.views.inviting import seal_of


@survives_sign_out
@meeting_page("meetings.write_to_registrants_meeting", READ_AND_SEND)
@csp_update({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type, untyped-decorator]
def write_to_registrants(request: HttpRequest, meeting: Meeting) -> HttpResponseBase:
    """Sent is only what was shown: the same mail, to as many."""
    numbers = group_numbers(meeting)
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = RegistrantMailForm(typed, numbers=numbers)
    home = home_of(meeting)
    context = {
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "back": team_address(meeting),
        "here": reverse("meetings:write", args=[meeting.pk]),
        "form": form,
        "sent": sent_mails(meeting),
    }
    action = request.POST.get("actiune")
    if request.method != "POST" or action == "schimba":
        return render(request, "meetings/mail/write.html", context)
    if not form.is_valid():
        return render(request, "meetings/mail/write.html", context, status=422)
    said = form.cleaned_data
    count = registrations_in(meeting, said["groups"]).count()
    mail = preview_written(meeting, said["subject"], said["text"])
    seal = seal_of(count, mail.subject, mail.text)
    if action == "trimite" and count and request.POST.get("mesaj") == seal:
        _mail, job = start_mail(meeting=meeting, actor=request.user, **said)  # type: ignore[arg-type]
        forget_typed(request)
        return redirect(job.get_absolute_url() if job else request.path)
    context |= {"mail": mail, "seal": seal, "count": count, "is_changed": action == "trimite"}
    return render(request, "meetings/mail/preview.html", context, status=409 if action == "trimite" else 200)
