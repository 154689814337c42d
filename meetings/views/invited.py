"""The page on which an invitation is answered, by its signed address: come, do not come, register."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts.services.consents import current_text
from core.publicforms import public_form
from meetings.choices import ParticipantLevel, ParticipantType, Reply
from meetings.consents import REGISTRATION
from meetings.emails.invitations import inviter_of
from meetings.forms.public_registration import RegistrationForm
from meetings.homes import home_of
from meetings.links import invitation_path, invitee_from, registration_path
from meetings.models import Invitee
from meetings.selectors.invitations import why_not_now
from meetings.selectors.places import places_sentence
from meetings.selectors.window import registration_window
from meetings.services.inviting import InvitationRefusedError, answer_invitation, register_invited
from meetings.services.places import count_places
from meetings.services.registration import RegistrationClosedError, RegistrationEntry
from meetings.views.register import CHANGE, RECEIPT_SALT, SEND


def of_invitee(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view whom its signed address invites; 404 for any other words. The address is the key: no session."""

    @login_not_required
    @public_form
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        invitee = invitee_from(token)
        home = home_of(invitee.meeting) if invitee is not None else None
        if invitee is None or home is None or not home.is_public(invitee.meeting):
            raise Http404
        return view(request, invitee)

    return opened


@of_invitee
def invited(request: HttpRequest, invitee: Invitee) -> HttpResponse:
    """Who invites, to what, when; the answer is kept by a press and may be changed."""
    replies = {"da": Reply.COMING, "nu": Reply.NOT_COMING}
    if request.method != "POST":
        return render(request, "meetings/invitations/invited.html", _about(invitee))
    reply = replies.get(request.POST.get("raspuns", ""))
    if reply is None:
        return render(request, "meetings/invitations/invited.html", _about(invitee), status=422)
    try:
        answer_invitation(invitee=invitee, reply=reply)
    except InvitationRefusedError:
        return render(request, "meetings/invitations/invited.html", _about(invitee), status=409)
    is_open = registration_window(invitee.meeting).is_open
    if reply == Reply.COMING and is_open and not _is_registered(invitee):
        return redirect(invitation_path(invitee, "meetings:invited_register"))
    return redirect(f"{invitation_path(invitee)}?raspuns")


@of_invitee
def invited_register(request: HttpRequest, invitee: Invitee) -> HttpResponse:
    """The form of registration with what is known of the invited filled in."""
    window = registration_window(invitee.meeting)
    if not window.is_open:
        return _closed(request, invitee, window.sentence)
    action = request.POST.get("actiune", "")
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        request=request,
        text=current_text(REGISTRATION.key),
        person=None,
        is_sent=action == SEND,
        initial=known_of(invitee),
    )
    if request.method != "POST" or action == CHANGE:
        return render(request, "meetings/register.html", _form_context(invitee) | {"form": form})
    if not form.is_valid():
        status = 429 if form.is_refused_by_limit else 422
        return render(
            request, "meetings/register.html", _form_context(invitee) | {"form": form}, status=status
        )
    if action != SEND:
        form.offer_organisations()
        return render(request, "meetings/check.html", _form_context(invitee) | {"form": form})
    return _register(request, invitee, form)


def _register(request: HttpRequest, invitee: Invitee, form: RegistrationForm) -> HttpResponse:
    entry = RegistrationEntry(email=form.cleaned_data["email"], **form.said())
    is_full = count_places(invitee.meeting).is_full
    try:
        registration = register_invited(invitee=invitee, entry=entry, text=form.text)
    except RegistrationClosedError as closed:
        return _closed(request, invitee, str(closed))
    if registration.email == invitee.email:
        return redirect(f"{invitation_path(invitee)}?raspuns")
    return redirect("meetings:receipt", signing.dumps([invitee.meeting_id, not is_full], salt=RECEIPT_SALT))


def known_of(invitee: Invitee) -> dict[str, Any]:
    """What the invitation says of them, to begin the form with."""
    known: dict[str, Any] = {
        "email": invitee.email,
        "organisation_name": invitee.name,
        "county": invitee.county.code if invitee.county else "",
    }
    if invitee.organisation_id is not None:
        return known | {"participant_type": ParticipantType.NGO}
    level = ParticipantLevel.LOCAL if invitee.uat else ParticipantLevel.COUNTY
    known |= {"participant_type": ParticipantType.LOCAL_AUTHORITY, "level": level}
    return known | ({"locality": invitee.uat.name, "uat": invitee.uat.code} if invitee.uat else {})


def _is_registered(invitee: Invitee) -> bool:
    return invitee.registration is not None and invitee.registration.is_active


def _about(invitee: Invitee) -> dict[str, Any]:
    meeting = invitee.meeting
    home = home_of(meeting)
    registration = invitee.registration if _is_registered(invitee) else None
    # The page of a registration is its person's: only where the invited address is theirs does this one lead there.
    is_own = registration is not None and registration.email == invitee.email
    return {
        "invitee": invitee,
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "meeting_url": home.address(meeting) if home else "",
        "inviter": inviter_of(invitee.round),
        "words": invitee.round.words,
        "refused": why_not_now(meeting),
        "is_registered": registration is not None,
        "own_url": registration_path(registration) if registration is not None and is_own else "",
        "register_url": invitation_path(invitee, "meetings:invited_register"),
        "window": registration_window(meeting),
    }


def _form_context(invitee: Invitee) -> dict[str, Any]:
    places = count_places(invitee.meeting)
    return _about(invitee) | {
        "person": None,
        "standing": None,
        "is_full": places.is_full,
        "places": places_sentence(invitee.meeting, places.left, is_full=places.is_full),
    }


def _closed(request: HttpRequest, invitee: Invitee, sentence: str) -> HttpResponse:
    context = _about(invitee) | {"sentence": sentence}
    return render(request, "meetings/closed.html", context, status=409 if request.method == "POST" else 200)
