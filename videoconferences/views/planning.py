"""The plan of the regional calendar: list of an edition, new, copy, series (staff; co-organisers their own events)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.typedtext import forget_typed, survives_sign_out, typed_before
from meetings.checks import day_warnings
from meetings.services.planning import PlanningError
from meetings.views.access import READ, READ_AND_SEND
from programmes.models import Edition
from videoconferences.forms.planning import (
    CopyForm,
    NewVideoconferenceForm,
    SeriesForm,
    chosen_regions,
    series_initial,
)
from videoconferences.models import Videoconference
from videoconferences.selectors.planning import plan_coverage, plan_rows
from videoconferences.services.planning import (
    copy_videoconference,
    create_videoconference,
    make_series,
    next_number,
)
from videoconferences.views.team import plan_url, planned, team_url

ADD = "videoconferences.add_videoconference"


@require_http_methods(READ)
def plan(request: HttpRequest) -> HttpResponse:
    """The videoconferences of one edition as their planners see them; for whoever plans none, nothing is here."""
    is_staff = request.user.has_perm("videoconferences.change_videoconference")  # type: ignore[union-attr]
    own = Videoconference.objects.planned_by(request.user)
    editions = list(
        Edition.objects.all() if is_staff else Edition.objects.filter(videoconferences__in=own).distinct()
    )
    if not editions and not is_staff:
        raise Http404
    wanted = request.GET.get("editie", "")
    edition = next((each for each in editions if str(each.year) == wanted), editions[0] if editions else None)
    rows = plan_rows(request.user, edition) if edition else []
    context = {
        "editions": editions,
        "edition": edition,
        "rows": rows,
        "coverage": plan_coverage(rows) if is_staff and edition else None,
        "may_add": request.user.has_perm(ADD),  # type: ignore[union-attr]
        "new_url": f"{reverse('videoconferences:plan_new')}?editie={edition.year}" if edition else "",
    }
    response = render(request, "videoconferences/planning/list.html", context)
    add_never_cache_headers(response)
    return response


@survives_sign_out
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """A draft with the least that it needs; the rest is written on its own page."""
    if not request.user.has_perm(ADD):  # type: ignore[union-attr]
        raise Http404
    form = NewVideoconferenceForm(_typed(request), initial=_first_values(request))
    if request.method != "POST" or not form.is_valid():
        return _answer(
            request, "videoconferences/planning/new.html", form, plan_url=reverse("videoconferences:plan")
        )
    cleaned = form.cleaned_data
    starts_at, ends_at = form.hours()
    try:
        made = create_videoconference(
            edition=cleaned["edition"],
            number=cleaned["number"],
            on_date=cleaned["on_date"],
            starts_at=starts_at,
            ends_at=ends_at,
            regions=chosen_regions(cleaned["regions"]),
            actor=request.user,  # type: ignore[arg-type]
        )
    except PlanningError as error:
        form.add_error("number", str(error))
        return _answer(
            request, "videoconferences/planning/new.html", form, plan_url=reverse("videoconferences:plan")
        )
    return _made(request, made)


@survives_sign_out
@planned(READ_AND_SEND)
def copy(request: HttpRequest, videoconference: Videoconference) -> HttpResponse:
    """All but the day, the number, the window of registration and the people, as a new draft."""
    form = CopyForm(_typed(request), source=videoconference)
    context = _about(videoconference)
    if request.method == "POST" and form.is_valid():
        try:
            made = copy_videoconference(source=videoconference, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except PlanningError as error:
            form.add_error("number", str(error))
        else:
            return _made(request, made)
    return _answer(request, "videoconferences/planning/copy.html", form, **context)


@survives_sign_out
@planned(READ_AND_SEND)
def series(request: HttpRequest, videoconference: Videoconference) -> HttpResponse:
    """Copies on many days; the days are shown before anything is made."""
    form = SeriesForm(_typed(request), initial=series_initial(videoconference))
    context = _about(videoconference)
    if request.method == "POST" and form.is_valid():
        days = form.days()
        shown = ",".join(day.day.isoformat() for day in days if not day.is_left_out)
        if request.POST.get("days") == shown and request.POST.get("action") == "make":
            made = make_series(
                source=videoconference,
                days=[day.day for day in days if not day.is_left_out],
                actor=request.user,  # type: ignore[arg-type]
            )
            forget_typed(request)
            messages.success(
                request,
                ngettext("%(number)d draft was made.", "%(number)d drafts were made.", len(made))
                % {"number": len(made)},
            )
            return redirect(plan_url(videoconference))
        context |= {"days": days, "shown": shown}
    return _answer(request, "videoconferences/planning/series.html", form, **context)


def _about(videoconference: Videoconference) -> dict[str, Any]:
    """What the pages of a copy and of a series say of their source."""
    return {
        "videoconference": videoconference,
        "back": team_url(videoconference),
        "next": next_number(videoconference.edition),
    }


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else typed_before(request)


def _first_values(request: HttpRequest) -> dict[str, Any]:
    """The edition of the list that one comes from, else the newest."""
    editions = Edition.objects.order_by("-year")
    year = request.GET.get("editie", "")
    known = (
        editions.filter(year=int(year)).first()
        if year.isascii() and year.isdigit() and len(year) == 4
        else None
    )
    return {"edition": known or editions.first()}


def _made(request: HttpRequest, made: Videoconference) -> HttpResponse:
    forget_typed(request)
    messages.success(request, _("The draft was made. Write what is missing, then publish it."))
    for sentence in day_warnings(made.meeting.on_date):
        messages.warning(request, sentence)
    return redirect(team_url(made))


def _answer(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    response = render(request, template, {"form": form, **context}, status=422 if wrong else 200)
    add_never_cache_headers(response)
    return response
