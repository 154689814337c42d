"""What the invited answered: counts, list, file; and the structures' own list of gatherings."""

import io
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.exports import log_export
from core.sheets import write_csv, write_xlsx
from core.territory.selectors import counties
from core.text import normalise
from meetings.homes import home_of
from meetings.models import Meeting
from meetings.selectors.replies import (
    STATES,
    ReplyQuestion,
    awaited,
    invitees,
    replies,
    state_label,
)
from meetings.selectors.scopes import Scope, scope_among, scope_of, structures_of
from meetings.spreadsheets import FORMATS, XLSX_TYPE
from meetings.views.inviting import about, inviting_page, of_scope

PER_PAGE = 50


@inviting_page()
def reply_list(request: HttpRequest, meeting: Meeting, scope: Scope) -> HttpResponse:
    """How many are where, by county and structure, and each by name."""
    question = read_question(request.GET)
    page = Paginator(invitees(meeting, scope, question), PER_PAGE).get_page(request.GET.get("pagina"))
    context = about(meeting, scope) | {
        "question": question,
        "replies": replies(meeting, scope),
        "states": STATES,
        "counties": counties(),
        "page_obj": page,
        "rows": [(each, state_label(each.state)) for each in page.object_list],  # type: ignore[attr-defined]
        "awaited": awaited(meeting, scope).count(),
        "query": query_of(question, scope),
        "is_asked": question != ReplyQuestion(),
    }
    return render(request, "meetings/invitations/replies.html", context)


@inviting_page(("POST",))
def reply_file(request: HttpRequest, meeting: Meeting, scope: Scope) -> HttpResponse:
    """The list as a file; who took it, when and chosen by what is written down."""
    kind = request.POST.get("format", "")
    if kind not in FORMATS:
        raise Http404
    question = read_question(request.GET)
    found = list(invitees(meeting, scope, question))
    said = {"meeting": meeting.pk, "title": meeting.title, "state": question.state, "county": question.county}
    said |= {"q": question.words, "structure": scope.structure.acronym if scope.structure else ""}
    log_export(
        request.user,  # type: ignore[arg-type]
        "meetings.invitations",
        {name: value for name, value in said.items() if value},
        len(found),
        file_format=kind,
    )
    headers = {
        "Content-Disposition": f'attachment; filename="raspunsuri-{meeting.pk}.{kind}"',
        "X-Content-Type-Options": "nosniff",
    }
    if kind == "xlsx":
        file = io.BytesIO()
        write_xlsx(_lines(found), file)
        return HttpResponse(file.getvalue(), content_type=XLSX_TYPE, headers=headers)
    content = b"".join(write_csv(_lines(found)))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(found: list[Any]) -> Iterator[list[Any]]:
    yield [
        _("Name"),
        _("E-mail address"),
        _("County"),
        _("Structure"),
        _("Answer"),
        _("Answered"),
        _("Written"),
    ]
    for each in found:
        yield [
            each.name,
            each.email,
            each.county.name if each.county else "",
            each.structure or "",
            str(state_label(each.state)),
            f"{localtime(each.replied_at):%Y-%m-%d %H:%M}" if each.replied_at else "",
            f"{localtime(each.message.created_at):%Y-%m-%d %H:%M}" if each.message else "",
        ]


def read_question(query: QueryDict) -> ReplyQuestion:
    """The question of an address; whatever makes no sense is left aside."""
    state, county = query.get("stare", ""), query.get("judet", "")
    return ReplyQuestion(
        state=state if state in STATES else "",
        county=county if county in {each.code for each in counties()} else "",
        words=normalise(query.get("q", "")[:100]).strip(),
    )


def query_of(question: ReplyQuestion, scope: Scope) -> str:
    query = QueryDict(mutable=True)
    said = [("structura", scope.structure.slug if scope.structure else "")]
    said += [("q", question.words), ("stare", question.state), ("judet", question.county)]
    for name, value in said:
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else ""


@require_safe
@never_cache
def of_structures(request: HttpRequest) -> HttpResponse:
    """The gatherings to come to which a structure's representative may ask its members; 404 for anybody else."""
    scope = scope_among(structures_of(request.user), request.GET.get("structura", ""))
    if scope is None or scope.structure is None:
        raise Http404
    found = Meeting.objects.public().upcoming(today=timezone.localdate()).order_by("on_date", "pk")[:100]
    rows = []
    for meeting in found:
        home = home_of(meeting)
        if home is not None and scope_of(request.user, meeting, scope.structure.slug) is not None:
            url = reverse("meetings:invitations", args=[meeting.pk]) + of_scope(scope)
            whole = replies(meeting, scope).whole
            rows.append({"meeting": meeting, "heading": home.heading(meeting), "whole": whole, "url": url})
    context = {"scope": scope, "structure": scope.structure, "rows": rows}
    return render(request, "meetings/invitations/of_structure.html", context)
