"""Checking in: by the gathering's short link, or by one press on the page of one's own registration."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts.models import User
from core.accounts.services.consents import current_text
from core.publicforms import public_form
from meetings.consents import REGISTRATION
from meetings.doorcode import door_code, meeting_of_code
from meetings.forms.day import CheckInForm, OnTheDayForm
from meetings.homes import home_of
from meetings.links import registration_path
from meetings.models import Meeting, Registration
from meetings.selectors.door import door, takes_newcomers
from meetings.selectors.mine import registration_of
from meetings.services.checkin import check_in_address, check_in_newcomer, check_in_registration
from meetings.services.registration import RegistrationEntry
from meetings.views.own import own_registration

DONE = "confirmata"


def at_the_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the gathering of the code; 404 for any other words, and a sentence while the door is closed.

    Whoever is signed in acts as themselves, so there the form carries a CSRF token.
    """

    @login_not_required
    @public_form
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, code: str) -> HttpResponse:
        meeting = meeting_of_code(code)
        if meeting is None or not meeting.is_public:
            raise Http404
        now = door(meeting)
        if not now.is_open and DONE not in request.GET:
            status = 409 if request.method == "POST" else 200
            return render(
                request, "meetings/day/door_closed.html", _about(meeting) | {"door": now}, status=status
            )
        answer = csrf_protect(view) if request.user.is_authenticated else view
        return answer(request, meeting)

    return opened


@at_the_door
def check_in(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The same answer for an address that is registered and for one that is not."""
    if DONE in request.GET:
        return render(request, "meetings/day/checked_in.html", _about(meeting))
    person = request.user if isinstance(request.user, User) else None
    standing = registration_of(person, meeting) if person else None
    if request.method == "POST" and standing is not None and "eu" in request.POST:
        check_in_registration(registration=standing)
        return redirect(registration_path(standing))
    form = CheckInForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        check_in_address(meeting=meeting, email=form.cleaned_data["email"])
        return _done(meeting)
    context = _about(meeting) | {"form": form, "standing": standing}
    return render(request, "meetings/day/check_in.html", context, status=_status(form, form.is_throttled))


@at_the_door
def newcomer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who did not register says who they are; an address that is registered is checked in, and nothing else."""
    if not takes_newcomers(meeting):
        raise Http404
    person = request.user if isinstance(request.user, User) else None
    form = OnTheDayForm(
        request.POST if request.method == "POST" else None,
        request=request,
        text=current_text(REGISTRATION.key),
        person=person,
    )
    if request.method == "POST" and form.is_valid():
        email = person.email if person is not None else form.cleaned_data["email"]
        entry = RegistrationEntry(email=email, **form.said())
        check_in_newcomer(meeting=meeting, entry=entry, user=person, text=form.text)
        return _done(meeting)
    context = _about(meeting) | {"form": form, "person": person}
    status = _status(form, form.is_refused_by_limit)
    return render(request, "meetings/day/newcomer.html", context, status=status)


@own_registration
@require_POST
def check_in_own(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One press on the page of one's own registration; outside the window, or without a place, nothing happens."""
    if door(registration.meeting).is_open and registration.is_active:
        check_in_registration(registration=registration)
    return redirect(registration_path(registration))


def _done(meeting: Meeting) -> HttpResponse:
    response = redirect("meetings:check_in", door_code(meeting))
    response["Location"] += f"?{DONE}"
    return response


def _status(form: Any, is_throttled: bool) -> int:
    return 429 if is_throttled else 422 if form.errors else 200


def _about(meeting: Meeting) -> dict[str, Any]:
    home = home_of(meeting)
    return {
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "meeting_url": home.address(meeting) if home and home.is_public(meeting) else "",
        "code": door_code(meeting),
        "takes_newcomers": takes_newcomers(meeting),
    }
