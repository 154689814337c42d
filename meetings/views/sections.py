"""A part of a gathering's plan as a form: what others saved meanwhile and the mails are shown before it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.typedtext import forget_typed, typed_before
from meetings.forms.planning import MeetingPartForm
from meetings.forms.showing import ShownRow, differences, mark_of, rows_of
from meetings.models import Meeting
from meetings.services.telling import Telling, telling_of_change

Record = Any


@dataclass(frozen=True)
class PlanSection:
    """A part of the plan: ``word`` stands in its address, ``read`` gives what is stored, ``save`` writes it.

    ``needs`` is a permission beside that of the gathering: what only staff decide.
    """

    word: str
    label: str | Promise
    form: type[forms.Form]
    read: Callable[[Record], Any]
    save: Callable[[Record, Any, User], None]
    lead: str | Promise = ""
    template: str = "meetings/planning/section.html"
    needs: str = ""

    def rows(self, record: Record) -> list[ShownRow]:
        """What is stored, in words."""
        initial = self.read(record)
        return rows_of(self.form(initial=initial), initial)


def answer_section(
    request: HttpRequest,
    section: PlanSection,
    *,
    meeting: Meeting,
    record: Record,
    back: Callable[[], str],
    heading: str,
) -> HttpResponse:
    """The form, its faults, what another person saved meanwhile, the mails that would leave, or the way back."""
    visit = _Visit(request, section, meeting, record, back, heading)
    if request.method != "POST":
        typed = typed_before(request)
        return visit.show(section.form(typed, initial=visit.initial) if typed else visit.unbound())
    form = section.form(request.POST, initial=visit.initial)
    if request.POST.get("action") in ("more", "edit"):
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return visit.show(form)
    if not form.is_valid() or (isinstance(form, MeetingPartForm) and not form.check_with(meeting)):
        return visit.show(form, status=422)
    telling = telling_of_change(meeting, form.change(meeting)) if isinstance(form, MeetingPartForm) else None
    if visit.is_stale():
        return visit.show_conflict(form)
    if telling and telling.count and request.POST.get("mails") != telling.seal:
        return visit.show_mails(form, telling)
    return visit.save(form, telling)


@dataclass
class _Visit:
    request: HttpRequest
    section: PlanSection
    meeting: Meeting
    record: Record
    back: Callable[[], str]
    heading: str

    def __post_init__(self) -> None:
        self.initial = self.section.read(self.record)
        self.mark = mark_of(self.initial)

    def unbound(self) -> forms.Form:
        return self.section.form(initial=self.initial)

    def is_stale(self) -> bool:
        return self.request.POST.get("seen", "") != self.mark

    def save(self, form: forms.Form, telling: Telling | None) -> HttpResponse:
        """Saves under the lock of the gathering; what came in between is shown instead."""
        with transaction.atomic():
            Meeting.objects.select_for_update().get(pk=self.meeting.pk)
            self.record.refresh_from_db()
            self.initial = self.section.read(self.record)
            self.mark = mark_of(self.initial)
            stale = self.is_stale()
            if not stale:
                self.section.save(self.record, form, self.request.user)  # type: ignore[arg-type]
        if stale:
            return self.show_conflict(form)
        forget_typed(self.request)
        messages.success(self.request, _("Saved: %(section)s.") % {"section": self.section.label})
        if telling and telling.count:
            messages.info(self.request, telling.sentence)
        return redirect(self.back())

    def show_conflict(self, form: forms.Form) -> HttpResponse:
        found = differences(form, self.initial)
        if not found:
            # Both wrote the same.
            return redirect(self.back())
        return self.show(form, status=409, differences=found)

    def show_mails(self, form: forms.Form, telling: Telling) -> HttpResponse:
        typed = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in ("csrfmiddlewaretoken", "action", "mails")
            for value in values
        ]
        context = {
            "telling": telling,
            "typed": typed,
            "form": form,
            "differences": differences(form, self.initial),
        }
        return render(self.request, "meetings/planning/mails.html", self._context(context))

    def show(self, form: forms.Form, *, status: int = 200, **context: Any) -> HttpResponse:
        return render(
            self.request, self.section.template, self._context({"form": form, **context}), status=status
        )

    def _context(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "section": self.section,
            "meeting": self.meeting,
            "record": self.record,
            "back": self.back(),
            "heading": self.heading,
            "mark": self.mark,
            **context,
        }
