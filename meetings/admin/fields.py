"""Date, hour, link and place of a meeting as fields of the form of what has the meeting."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminSingleTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
    UnfoldBooleanSwitchWidget,
)

from core.admin.step_form import ShownMail
from core.text import normalise
from core.workflow import Transition
from meetings.checks import comes_twice, is_skipped, moment
from meetings.choices import MeetingKind
from meetings.models import BUCHAREST, Meeting
from meetings.services.planning import MeetingChange, change_meeting, check_change, make_step
from meetings.services.telling import telling_of_change, telling_of_step
from meetings.teampages import team_address

MEETING_FIELDSETS = (
    (
        _("When"),
        {
            "fields": ("on_date", ("begins", "ends")),
            "description": _("Hours are those of Bucharest. They may stay open until publication."),
        },
    ),
    (
        _("Where"),
        {
            "fields": ("is_online", ("platform", "join_url"), "place", "capacity"),
            "description": _("The join link is never shown on a public page."),
        },
    ),
)


class WithMeetingForm(forms.ModelForm):
    """One form for two records; ``kind`` and ``default_title`` are the form's own."""

    kind: MeetingKind
    stored_hours: Mapping[str, datetime | None] = {}

    title = forms.CharField(
        label=_("title"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Left empty, it is made from the number."),
    )
    on_date = forms.DateField(label=_("date"), widget=UnfoldAdminSingleDateWidget)
    begins = forms.TimeField(label=_("begins at"), required=False, widget=UnfoldAdminSingleTimeWidget)
    ends = forms.TimeField(label=_("ends at"), required=False, widget=UnfoldAdminSingleTimeWidget)
    is_online = forms.BooleanField(
        label=_("online"), required=False, initial=True, widget=UnfoldBooleanSwitchWidget
    )
    platform = forms.CharField(
        label=_("platform"),
        max_length=60,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Zoom, Webex…",
    )
    join_url = forms.URLField(
        label=_("join link"),
        required=False,
        max_length=200,
        widget=UnfoldAdminURLInputWidget,
        assume_scheme="https",
    )
    place = forms.CharField(
        label=_("place"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Only when it is not online."),
    )
    capacity = forms.IntegerField(
        label=_("places"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    summary = forms.CharField(
        label=_("what it is about"), required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.meeting_id:
            kwargs["initial"] = {**_initial(instance.meeting), **(kwargs.get("initial") or {})}
            meeting = instance.meeting
            self.stored_hours = {"begins": meeting.starts_at, "ends": meeting.ends_at}
        super().__init__(*args, **kwargs)

    def default_title(self, cleaned: dict[str, Any]) -> str:
        """The title of a meeting to which nobody gave one."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if ends and not begins and "begins" not in self.errors:
            self.add_error("begins", _t("Write also the hour at which it begins."))
        elif begins and ends and ends <= begins:
            self.add_error("ends", _t("The end comes before the beginning."))
        for name, hour in (("begins", begins), ("ends", ends)):
            if hour and cleaned.get("on_date"):
                self._check_hour(name, cleaned["on_date"], hour)
        if not self.errors:
            self._clean_meeting(cleaned)
        return cleaned

    def _check_hour(self, name: str, day: date, hour: time) -> None:
        """On the nights when the clocks change an hour is missing, or comes twice: the team's page asks which."""
        if is_skipped(day, hour):
            self.add_error(
                name,
                _t("That night the clocks are put forward and this hour does not exist: write another."),
            )
        elif comes_twice(day, hour) and not self._is_stored(name, day, hour):
            self.add_error(
                name,
                _t(
                    "That night this hour comes twice: write it on the page of the team, which asks which one."
                ),
            )

    def _is_stored(self, name: str, day: date, hour: time) -> bool:
        old = self._stored(name)
        return old is not None and old.astimezone(BUCHAREST).replace(tzinfo=None, fold=0) == datetime.combine(
            day, hour
        )

    def _stored(self, name: str) -> datetime | None:
        """The moment as it was when the form was made."""
        return self.stored_hours.get(name)

    def _clean_meeting(self, cleaned: dict[str, Any]) -> None:
        meeting = self._meeting(cleaned)
        try:
            if meeting.pk:
                check_change(Meeting.objects.get(pk=meeting.pk), MeetingChange.of(meeting))
                self._leave_mails_to_the_team(meeting)
            else:
                meeting.full_clean()
        except forms.ValidationError as error:
            fields = {"starts_at": "begins", "ends_at": "ends"}
            for name, faults in error.error_dict.items():
                known = fields.get(name, name)
                self.add_error(known if known in self.fields else NON_FIELD_ERRORS, faults)

    def _leave_mails_to_the_team(self, meeting: Meeting) -> None:
        """What people are told of is changed where the mail is shown before it leaves."""
        stored = Meeting.objects.get(pk=meeting.pk)
        telling = telling_of_change(stored, MeetingChange.of(meeting))
        if telling and telling.count:
            words = _t(
                "People have registered (%(people)s) and would be told of this change. Make it on the page of the "
                "team, which shows the mail before it leaves: %(address)s"
            )
            self.add_error(None, words % {"people": telling.recipients, "address": team_address(stored)})

    def _meeting(self, cleaned: dict[str, Any]) -> Meeting:
        meeting = self.instance.meeting if self.instance.meeting_id else Meeting(kind=self.kind)
        day, begins, ends = cleaned["on_date"], cleaned.get("begins"), cleaned.get("ends")
        meeting.title = normalise(cleaned.get("title") or "").strip() or self.default_title(cleaned)
        meeting.on_date = day
        meeting.starts_at = self._moment("begins", day, begins)
        meeting.ends_at = self._moment("ends", day, ends)
        for name in ("is_online", "platform", "join_url", "place", "capacity", "summary"):
            value = cleaned.get(name)
            setattr(meeting, name, normalise(value) if isinstance(value, str) else value)
        return meeting

    def _moment(self, name: str, day: date, hour: time | None) -> datetime | None:
        if hour is None:
            return None
        return self._stored(name) if self._is_stored(name, day, hour) else moment(day, hour)

    def save_meeting(self, actor: Any = None) -> Meeting:
        """The meeting as typed, saved; a published one gets a new version of its calendar entry."""
        meeting = self._meeting(self.cleaned_data)
        if meeting.pk:
            change_meeting(meeting=meeting, change=MeetingChange.of(meeting), actor=actor)
        else:
            meeting.save()
        return meeting


def _initial(meeting: Meeting) -> dict[str, Any]:
    names = ("title", "on_date", "is_online", "platform", "join_url", "place", "capacity", "summary")
    local = {
        "begins": meeting.starts_at and meeting.starts_at.astimezone(BUCHAREST).time(),
        "ends": meeting.ends_at and meeting.ends_at.astimezone(BUCHAREST).time(),
    }
    return {**{name: getattr(meeting, name) for name in names}, **local}


class MeetingStepsMixin:
    """Steps of a gathering made by the services that the pages of the team use too, the mail shown before."""

    def workflow_record(self, obj: Any) -> Meeting:
        meeting: Meeting = obj
        return meeting

    def perform_step(self, request: HttpRequest, obj: Any, step: Transition, reason: str) -> Meeting:
        meeting = self.workflow_record(obj)
        return make_step(meeting=meeting, name=step.name, actor=request.user, reason=reason)  # type: ignore[arg-type]

    def step_mails(self, obj: Any, step: Transition, reason: str) -> list[ShownMail] | None:
        telling = telling_of_step(self.workflow_record(obj), step.name)
        if telling is None:
            return None
        return [ShownMail(telling.recipients, telling.subject, telling.text)] if telling.count else []


class WithMeetingMixin(MeetingStepsMixin):
    """An admin page whose record has a meeting: saved before it, deleted after it, told in one history."""

    def save_model(self, request: HttpRequest, obj: Any, form: WithMeetingForm, change: bool) -> None:
        obj.meeting = form.save_meeting(actor=request.user)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        meeting = obj.meeting
        super().delete_model(request, obj)  # type: ignore[misc]
        meeting.delete()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        meetings = list(queryset.values_list("meeting", flat=True))
        super().delete_queryset(request, queryset)  # type: ignore[misc]
        Meeting.objects.filter(pk__in=meetings).delete()

    def workflow_record(self, obj: Any) -> Meeting:
        meeting: Meeting = obj.meeting
        return meeting

    def history_records(self, obj: Any) -> list[Any]:
        return [obj, obj.meeting]
