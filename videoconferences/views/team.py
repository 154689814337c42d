"""The page of a videoconference's team, and the parts of its plan that no other gathering has."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.typedtext import survives_sign_out
from meetings.views.access import READ, READ_AND_SEND
from meetings.views.sections import PlanSection, answer_section
from meetings.views.team import team_context
from videoconferences.forms.planning import AreaForm, CoOrganisersForm, NumberForm, ThemesForm
from videoconferences.models import Videoconference
from videoconferences.selectors.planning import plan_row
from videoconferences.services import planning as services

STAFF = "videoconferences.change_videoconference"
View = Callable[..., HttpResponse]


def planned(
    methods: tuple[str, ...] = READ, permission: str = "meetings.change_meeting"
) -> Callable[[View], View]:
    """Gives the view the videoconference of the address; for whoever is not of its team there is nothing there."""

    def decorate(view: View) -> View:
        @require_http_methods(list(methods))
        @wraps(view)
        def page(request: HttpRequest, year: int, number: int, *args: Any, **kwargs: Any) -> HttpResponse:
            found = get_object_or_404(
                Videoconference.objects.select_related("edition", "meeting"),
                edition__year=year,
                number=number,
            )
            if not request.user.has_perm(permission, found.meeting):  # type: ignore[union-attr]
                raise Http404
            response = view(request, found, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return page

    return decorate


def team_url(videoconference: Videoconference) -> str:
    return reverse("videoconferences:team", args=[videoconference.edition.year, videoconference.number])


def plan_url(videoconference: Videoconference) -> str:
    """The plan of its edition."""
    return f"{reverse('videoconferences:plan')}?editie={videoconference.edition.year}"


def _save_number(record: Videoconference, form: Any, actor: User) -> None:
    names = ("number", "part", "central_theme")
    values = {name: form.cleaned_data[name] for name in names}
    services.renumber(videoconference=record, actor=actor, **values)


def _save_area(record: Videoconference, form: AreaForm, actor: User) -> None:
    services.change_area(
        videoconference=record,
        regions=form.chosen_regions(),
        counties=form.chosen_counties(),
        regions_as_printed=form.cleaned_data["regions_as_printed"],
        actor=actor,
    )


def _save_co_organisers(record: Videoconference, form: CoOrganisersForm, actor: User) -> None:
    services.write_co_organisers(videoconference=record, rows=form.pairs(), actor=actor)


def _save_themes(record: Videoconference, form: Any, actor: User) -> None:
    services.write_themes(videoconference=record, rows=form.cleaned_data["rows"], actor=actor)


SECTIONS = {
    section.word: section
    for section in (
        PlanSection("zona", gettext_lazy("Regions and counties"), AreaForm, AreaForm.read, _save_area),
        PlanSection(
            "co-organizatori",
            gettext_lazy("Co-organisers"),
            CoOrganisersForm,
            CoOrganisersForm.read,
            _save_co_organisers,
            lead=gettext_lazy("Their people keep this videoconference too. Empty a row to take it out."),
            template="meetings/planning/rows.html",
            needs=STAFF,
        ),
        PlanSection(
            "teme",
            gettext_lazy("Themes"),
            ThemesForm,
            ThemesForm.read,
            _save_themes,
            lead=gettext_lazy("Empty a row to take it out."),
            template="meetings/planning/rows.html",
        ),
        PlanSection(
            "numar",
            gettext_lazy("Number and central theme"),
            NumberForm,
            NumberForm.read,
            _save_number,
            needs=STAFF,
        ),
    )
}


@planned(READ, "meetings.see_registrants_meeting")
def team(request: HttpRequest, videoconference: Videoconference) -> HttpResponse:
    """Facts, numbers, what is missing, warnings that never block, links to the pages of the team."""
    context = team_context(request, videoconference.meeting)
    place = [videoconference.edition.year, videoconference.number]
    own = [
        {
            "label": section.label,
            "url": reverse("videoconferences:plan_section", args=[*place, section.word])
            if not section.needs or request.user.has_perm(section.needs)  # type: ignore[union-attr]
            else "",
            "rows": section.rows(videoconference),
        }
        for section in SECTIONS.values()
    ]
    context["sections"] = [*context["sections"][:2], *own, *context["sections"][2:]]
    context |= {
        "videoconference": videoconference,
        "row": plan_row(request.user, videoconference),
        "plan_url": plan_url(videoconference),
    }
    return render(request, "videoconferences/planning/team.html", context)


@survives_sign_out
@planned(READ_AND_SEND)
def plan_section(request: HttpRequest, videoconference: Videoconference, section: str) -> HttpResponse:
    """One part of the plan that only videoconferences have."""
    found = SECTIONS.get(section)
    if found is None or (found.needs and not request.user.has_perm(found.needs)):  # type: ignore[union-attr]
        raise Http404
    return answer_section(
        request,
        found,
        meeting=videoconference.meeting,
        record=videoconference,
        back=lambda: team_url(videoconference),
        heading=videoconference.meeting.title,
    )
