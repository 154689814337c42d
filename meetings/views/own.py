"""The page of one registration, for whoever has its signed address: see, confirm, change, withdraw."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.publicforms import public_form
from core.text import fold
from core.workflow import TransitionRefusedError
from meetings.choices import MeetingStatus, RegistrationStatus
from meetings.forms.registration import ParticipantForm, answers_of
from meetings.homes import home_of
from meetings.invites import FILE_NAME, calendar_content
from meetings.links import registration_from, registration_path, registration_token
from meetings.models import Registration
from meetings.selectors.afterwards import remains_for, why_no_feedback
from meetings.selectors.door import own_day
from meetings.selectors.entry import organisations_meant
from meetings.selectors.window import registration_window
from meetings.services.registration import (
    RegistrationClosedError,
    RegistrationEntry,
    change_registration,
    confirm_address,
    register_again,
    withdraw,
)

# Without a known end, and for those who come late, the link to join stays this long after the beginning.
JOIN_LINK_STAYS: Final = timedelta(hours=6)
# What was done just now, as the address says it after the redirect.
DONE: Final = frozenset({"confirmata", "schimbata", "retrasa", "reluata", "parere"})


def own_registration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the registration of its signed address instead of the token; 404 for any other words.

    The address is the person's key: no session, no cookie, no CSRF token; forms from other sites are refused.
    """

    @login_not_required
    @public_form
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        registration: Registration | None = registration_from(token)
        if registration is None:
            raise Http404
        return view(request, registration, **more)

    return opened


@own_registration
@require_safe
def own(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the person has, where they join, and what they can do."""
    return _page(request, registration)


@own_registration
@require_POST
def confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Place or turn are the person's; the page says so."""
    try:
        confirm_address(registration=registration)
    except RegistrationClosedError as refused:
        return _page(request, registration, refused=str(refused))
    return _back(registration, "confirmata")


@own_registration
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The answers as they are, to be changed; the address stays."""
    if not _may_change(registration):
        return _page(request, registration, refused=_("This registration can no longer be changed."))
    form = ParticipantForm(
        request.POST if request.method == "POST" else None, initial=answers_of(registration)
    )
    if request.method == "POST" and form.is_valid():
        said = form.said() | {"organisation": _organisation(registration, form)}
        try:
            entry = RegistrationEntry(email=registration.email, **said)
            changed = change_registration(registration=registration, entry=entry)
        except RegistrationClosedError as refused:
            return _page(request, registration, refused=str(refused))
        return _back(changed, "schimbata")
    context = _facts(registration) | {"form": form}
    return render(request, "meetings/change.html", context, status=422 if form.errors else 200)


def _organisation(registration: Registration, form: ParticipantForm) -> Any:
    """The same record as long as the name is the same; another name is looked for, and linked when it is that name."""
    name = fold(form.cleaned_data["organisation_name"])
    if name == fold(registration.organisation_name):
        return registration.organisation
    found = organisations_meant(form.cleaned_data["organisation_name"])
    same = [each for each in found if name in (fold(each.display_name), fold(each.legal_name))]
    return same[0] if len(same) == 1 else None


@own_registration
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Asks first; the place goes to who waits."""
    if request.method != "POST":
        return render(request, "meetings/withdraw.html", _facts(registration))
    try:
        withdraw(registration=registration)
    except TransitionRefusedError as refused:
        return _page(request, registration, refused=str(refused))
    return _back(registration, "retrasa")


@own_registration
@require_POST
def again(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Whoever withdrew, or confirmed too late, comes back at the end, with what they said before."""
    try:
        renewed = register_again(registration=registration)
    except RegistrationClosedError as refused:
        return _page(request, registration, refused=str(refused))
    return _back(renewed, "reluata")


@own_registration
@require_safe
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The entry for the calendar of whoever has a place; 404 for others."""
    if not _has_place(registration) or registration.meeting.status != MeetingStatus.SCHEDULED:
        raise Http404
    content = calendar_content(meeting=registration.meeting, registration=registration, method="REQUEST")
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=REQUEST")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _back(registration: Registration, done: str) -> HttpResponse:
    return redirect(f"{registration_path(registration)}?{done}")


def _page(request: HttpRequest, registration: Registration, *, refused: str = "") -> HttpResponse:
    done = next((word for word in request.GET if word in DONE), "")
    context = _facts(registration) | {"refused": refused, "done": done}
    return render(request, "meetings/own.html", context, status=409 if refused else 200)


def _facts(registration: Registration) -> dict[str, Any]:
    meeting = registration.meeting
    home = home_of(meeting)
    has_place = _has_place(registration)
    return {
        "registration": registration,
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "meeting_url": home.address(meeting) if home else "",
        "own_url": registration_path(registration),
        "urls": {
            name: registration_path(registration, f"meetings:{name}")
            for name in ("confirm", "change", "cancel", "again", "calendar")
        },
        "waits_for_address": registration.is_active and registration.address_confirmed_at is None,
        "has_place": has_place,
        "day": own_day(registration)
        | {
            "check_in_url": registration_path(registration, "meetings:check_in_own"),
            "questions_url": registration_path(registration, "meetings:own_questions"),
        },
        "join_url": meeting.join_url if has_place and _is_joined_by_link(registration) else "",
        "may_change": _may_change(registration),
        "remains": remains_for(registration),
        "may_give_feedback": not why_no_feedback(registration),
        "token": registration_token(registration),
        "remains_urls": {
            "recording": registration_path(registration, "meetings:recording"),
            "feedback": registration_path(registration, "meetings:feedback"),
        },
        "may_come_back": not registration.is_active and registration_window(meeting).is_open,
    }


def _has_place(registration: Registration) -> bool:
    """A place of an address that is known: only then is the link to join shown."""
    return (
        registration.status == RegistrationStatus.CONFIRMED and registration.address_confirmed_at is not None
    )


def _is_joined_by_link(registration: Registration) -> bool:
    meeting = registration.meeting
    until = max(filter(None, (meeting.ends_at, meeting.begins_at + JOIN_LINK_STAYS)))
    return meeting.status == MeetingStatus.SCHEDULED and timezone.now() < until


def _may_change(registration: Registration) -> bool:
    return registration.is_active and timezone.now() < registration.meeting.begins_at
