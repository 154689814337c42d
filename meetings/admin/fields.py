"""Date, hour, link and place of a meeting as fields of the form of what has the meeting."""

from datetime import UTC, datetime
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

from core.text import normalise
from meetings.choices import MeetingKind
from meetings.models import BUCHAREST, Meeting

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
# A change of these after publication is a new version of the calendar entry that people hold (RFC 5545).
ANNOUNCED = {"title", "on_date", "begins", "ends", "place", "is_online"}


class WithMeetingForm(forms.ModelForm):
    """One form for two records; ``kind`` and ``default_title`` are the form's own."""

    kind: MeetingKind

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
            if hour and cleaned.get("on_date") and _is_skipped(datetime.combine(cleaned["on_date"], hour)):
                self.add_error(
                    name,
                    _t("That night the clocks are put forward and this hour does not exist: write another."),
                )
        if not self.errors:
            self._clean_meeting(cleaned)
        return cleaned

    def _clean_meeting(self, cleaned: dict[str, Any]) -> None:
        meeting = self._meeting(cleaned)
        try:
            meeting.full_clean()
        except forms.ValidationError as error:
            fields = {"starts_at": "begins", "ends_at": "ends"}
            for name, faults in error.error_dict.items():
                known = fields.get(name, name)
                self.add_error(known if known in self.fields else NON_FIELD_ERRORS, faults)

    def _meeting(self, cleaned: dict[str, Any]) -> Meeting:
        meeting = self.instance.meeting if self.instance.meeting_id else Meeting(kind=self.kind)
        day, begins, ends = cleaned["on_date"], cleaned.get("begins"), cleaned.get("ends")
        meeting.title = normalise(cleaned.get("title") or "").strip() or self.default_title(cleaned)
        meeting.on_date = day
        meeting.starts_at = datetime.combine(day, begins, BUCHAREST) if begins else None
        meeting.ends_at = datetime.combine(day, ends, BUCHAREST) if ends else None
        for name in ("is_online", "platform", "join_url", "place", "capacity", "summary"):
            value = cleaned.get(name)
            setattr(meeting, name, normalise(value) if isinstance(value, str) else value)
        return meeting

    def save_meeting(self) -> Meeting:
        """The meeting as typed, saved; a published one gets a new version of its calendar entry."""
        meeting = self._meeting(self.cleaned_data)
        if meeting.pk and meeting.is_public and not ANNOUNCED.isdisjoint(self.changed_data):
            meeting.sequence += 1
        meeting.save()
        return meeting


def _is_skipped(moment: datetime) -> bool:
    """Whether no clock in Bucharest shows this moment: the hour after 3.00 of the last Sunday of March."""
    there = moment.replace(tzinfo=BUCHAREST).astimezone(UTC).astimezone(BUCHAREST)
    return there.replace(tzinfo=None) != moment


def _initial(meeting: Meeting) -> dict[str, Any]:
    names = ("title", "on_date", "is_online", "platform", "join_url", "place", "capacity", "summary")
    local = {
        "begins": meeting.starts_at and meeting.starts_at.astimezone(BUCHAREST).time(),
        "ends": meeting.ends_at and meeting.ends_at.astimezone(BUCHAREST).time(),
    }
    return {**{name: getattr(meeting, name) for name in names}, **local}


class WithMeetingMixin:
    """An admin page whose record has a meeting: saved before it, deleted after it, told in one history."""

    def save_model(self, request: HttpRequest, obj: Any, form: WithMeetingForm, change: bool) -> None:
        obj.meeting = form.save_meeting()
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
