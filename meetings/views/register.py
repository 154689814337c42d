"""Registering for a gathering: the form, the check of what was typed, the receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.models import User
from core.accounts.services.consents import current_text
from core.publicforms import public_form
from meetings.consents import REGISTRATION
from meetings.forms.public_registration import RegistrationForm
from meetings.homes import home_of
from meetings.links import registration_path
from meetings.models import Meeting
from meetings.selectors.mine import registration_of
from meetings.selectors.places import places_sentence
from meetings.selectors.window import registration_window
from meetings.services.places import count_places
from meetings.services.registration import (
    RegistrationClosedError,
    RegistrationEntry,
    receive_registration,
)

RECEIPT_SALT: Final = "meetings.receipt"
RECEIPT_SECONDS: Final = 24 * 3600
# What the buttons of the two pages send; without one, what was typed is checked.
CHANGE, SEND = "schimba", "trimite"


def registration_view(find: Callable[..., Meeting]) -> Callable[..., HttpResponse]:
    """The public view of one kind of gathering; ``find`` gives the meeting of its address or raises Http404.

    No session is needed. Whoever is signed in acts as themselves, so there the form carries a CSRF token.
    """

    @login_not_required
    @public_form
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(find)
    def register(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        meeting = find(request, *args, **kwargs)
        answer = csrf_protect(_answer) if request.user.is_authenticated else _answer
        return answer(request, meeting)

    return register


def _answer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    window = registration_window(meeting)
    if not window.is_open:
        return _closed(request, meeting, window.sentence)
    person = request.user if isinstance(request.user, User) else None
    action = request.POST.get("actiune", "")
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        request=request,
        text=current_text(REGISTRATION.key),
        person=person,
        is_sent=action == SEND,
    )
    if request.method != "POST" or action == CHANGE:
        return _form(request, meeting, form)
    if not form.is_valid():
        return _form(request, meeting, form, status=429 if form.is_refused_by_limit else 422)
    if action == SEND:
        return _receive(request, meeting, form, person)
    form.offer_organisations()
    return render(request, "meetings/check.html", _about(meeting) | {"form": form, "person": person})


def _receive(
    request: HttpRequest, meeting: Meeting, form: RegistrationForm, person: User | None
) -> HttpResponse:
    email = person.email if person is not None else form.cleaned_data["email"]
    entry = RegistrationEntry(email=email, **form.said())
    try:
        has_place = receive_registration(meeting=meeting, entry=entry, user=person, text=form.text)
    except RegistrationClosedError as closed:
        return _closed(request, meeting, str(closed))
    return redirect("meetings:receipt", signing.dumps([meeting.pk, has_place], salt=RECEIPT_SALT))


def _form(
    request: HttpRequest, meeting: Meeting, form: RegistrationForm, *, status: int = 200
) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    context = _about(meeting) | {
        "form": form,
        "person": person,
        "standing": registration_of(person, meeting) if person else None,
    }
    if context["standing"]:
        context["standing_url"] = registration_path(context["standing"])
    return render(request, "meetings/register.html", context, status=status)


def _closed(request: HttpRequest, meeting: Meeting, sentence: str) -> HttpResponse:
    context = _about(meeting) | {"sentence": sentence}
    return render(request, "meetings/closed.html", context, status=409 if request.method == "POST" else 200)


def _about(meeting: Meeting) -> dict[str, Any]:
    home = home_of(meeting)
    places = count_places(meeting)
    return {
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "meeting_url": home.address(meeting) if home else "",
        "window": registration_window(meeting),
        "is_full": places.is_full,
        "places": places_sentence(meeting, places.left, is_full=places.is_full),
    }


@login_not_required
@require_safe
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The same for an address that is new and for one that was registered before; for a day, 404 for other tokens."""
    try:
        number, has_place = signing.loads(token, salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    meeting = get_object_or_404(Meeting.objects.public(), pk=number)
    standing = registration_of(request.user, meeting) if request.user.is_authenticated else None
    context = _about(meeting) | {
        "has_place": has_place,
        "own_url": registration_path(standing) if standing else "",
        "standing": standing,
    }
    return render(request, "meetings/receipt.html", context)
