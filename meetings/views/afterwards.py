"""After a gathering: what the team keeps of it, what those who took part find, and what they thought of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.typedtext import survives_sign_out, typed_before
from core.uploads import serve_upload
from meetings.forms.afterwards import FeedbackForm, NewMaterialForm, RecordingForm
from meetings.homes import home_of
from meetings.links import registration_path
from meetings.models import Material, Meeting, Recording, Registration
from meetings.selectors.afterwards import feedback_results, took_part, why_no_feedback
from meetings.services.afterwards import (
    FeedbackRefusedError,
    Opinion,
    add_material,
    change_material,
    give_feedback,
    keep_recording,
    remove_material,
)
from meetings.teampages import team_address
from meetings.views.access import READ_AND_SEND, meeting_page
from meetings.views.own import own_registration


@survives_sign_out
@meeting_page("meetings.change_meeting", READ_AND_SEND)
def afterwards(request: HttpRequest, meeting: Meeting) -> HttpResponseBase:
    """Recording with transcript, materials, what people thought of it; a form for each."""
    stored = Recording.objects.filter(meeting=meeting).first()
    initial = {
        "url": stored.url if stored else "",
        "transcript": stored.transcript if stored else "",
        "recording_is_public": stored.is_public if stored else False,
    }
    action = request.POST.get("actiune", "") if request.method == "POST" else ""
    typed = typed_before(request) if request.method != "POST" else request.POST
    recording = RecordingForm(typed if typed and "transcript" in typed else None, initial=initial)
    material = NewMaterialForm(request.POST, request.FILES) if action == "material" else NewMaterialForm()
    status = 200
    if request.method == "POST":
        if _done(request, meeting, action, recording, material):
            return redirect("meetings:afterwards", meeting.pk)
        status = 422
    home = home_of(meeting)
    context = {
        "meeting": meeting,
        "heading": home.heading(meeting) if home else meeting.title,
        "back": team_address(meeting),
        "recording": recording,
        "material": material,
        "materials": Material.objects.filter(meeting=meeting),
        "results": feedback_results(meeting),
        "wrong": material if material.is_bound else recording,
    }
    return render(request, "meetings/after/team.html", context, status=status)


def _done(
    request: HttpRequest, meeting: Meeting, action: str, recording: RecordingForm, material: NewMaterialForm
) -> bool:
    """Does what was pressed; False when it was wrong, with the errors at the fields."""
    pk = request.POST.get("numar", "")
    number = int(pk) if pk.isdecimal() and len(pk) < 10 else 0
    if action == "sterge":
        remove_material(meeting=meeting, pk=number)
        messages.success(request, _("The material was taken away."))
    elif action in ("arata", "ascunde"):
        change_material(meeting=meeting, pk=number, is_public=action == "arata")
        messages.success(request, _("Saved."))
    elif action == "material":
        return material.is_valid() and _add(request, meeting, material)
    elif action == "inregistrare" and recording.is_valid():
        said = recording.cleaned_data
        keep_recording(
            meeting=meeting,
            url=said["url"],
            transcript=said["transcript"],
            is_public=said["recording_is_public"],
        )
        messages.success(request, _("Saved."))
    else:
        return False
    return True


def _add(request: HttpRequest, meeting: Meeting, material: NewMaterialForm) -> bool:
    said = material.cleaned_data
    try:
        add_material(
            meeting=meeting,
            title=said["title"],
            is_public=said["is_public"],
            url=said["address"],
            file=said["file"],
        )
    except ValidationError as fault:
        material.add_error(None, "; ".join(fault.messages))
        return False
    messages.success(request, _("The material was added."))
    return True


@meeting_page("meetings.change_meeting")
def team_material(request: HttpRequest, meeting: Meeting, material: int) -> FileResponse:
    """Any file of the gathering, for its team."""
    return _file(meeting, material)


@own_registration
@require_safe
def transcript(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The recording with its transcript, for whoever took part."""
    found = get_object_or_404(Recording, meeting=registration.meeting_id) if took_part(registration) else None
    if found is None:
        raise Http404
    context = _about(registration) | {"recording": found}
    return render(request, "meetings/after/recording.html", context)


@own_registration
@require_safe
def own_material(request: HttpRequest, registration: Registration, material: int) -> Any:
    """A file of the gathering, for whoever took part."""
    if not took_part(registration):
        raise Http404
    return _file(registration.meeting, material)


@own_registration
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Two marks and two texts; kept without the person."""
    refused = why_no_feedback(registration)
    form = FeedbackForm(request.POST if request.method == "POST" and not refused else None)
    if request.method == "POST" and not refused and form.is_valid():
        try:
            give_feedback(registration=registration, opinion=Opinion(**form.cleaned_data))
        except FeedbackRefusedError as error:
            refused = str(error)
        else:
            return redirect(f"{registration_path(registration)}?parere")
    status = 422 if form.errors else 409 if refused and request.method == "POST" else 200
    context = _about(registration) | {"form": form, "refused": refused}
    return render(request, "meetings/after/feedback.html", context, status=status)


def shown_material(meeting: Meeting, pk: int) -> FileResponse:
    """A file that the gathering's page shows; whoever calls this has asked whether the reader may see the page."""
    get_object_or_404(Material, pk=pk, meeting=meeting, is_public=True)
    return _file(meeting, pk)


def _file(meeting: Meeting, pk: int) -> FileResponse:
    found = get_object_or_404(Material.objects.exclude(file=""), pk=pk, meeting=meeting)
    return serve_upload(found.file, f"material-{meeting.pk}-{found.pk}")


def _about(registration: Registration) -> dict[str, object]:
    home = home_of(registration.meeting)
    return {
        "meeting": registration.meeting,
        "heading": home.heading(registration.meeting) if home else registration.meeting.title,
        "own_url": registration_path(registration),
    }
