"""What planning asks of any gathering: when, where, who may come, what is sent, what is on the agenda."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meetings.checks import comes_twice, is_second, is_skipped, moment
from meetings.forms.rows import PlanForm, RowsForm
from meetings.models import BUCHAREST, AgendaItem, Meeting
from meetings.services.planning import MeetingChange, check_change

FIRST, SECOND = "first", "second"
# The programme began in 2019; editions are numbered until 2100.
_EARLIEST, _LATEST = date(2019, 1, 1), date(2100, 12, 31)
_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
_HOUR_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label,
        widget=widget,
        input_formats=_DAY_FORMATS,
        validators=[MinValueValidator(_EARLIEST), MaxValueValidator(_LATEST)],
        **options,
    )


def hour_field(label: Any, **options: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, input_formats=_HOUR_FORMATS, required=False, **options)


class HoursMixin(forms.Form):
    """Day and hours of Bucharest as fields; ``hours()`` gives them as moments.

    An hour that does not exist is refused; one that comes twice is asked about, since only people know which.
    """

    on_date = day_field(_("Date"))
    begins = hour_field(_("Begins at"), help_text=_("Hour of Bucharest. It may stay open until publication."))
    ends = hour_field(_("Ends at"))
    which_hour = forms.ChoiceField(
        label=_("Which of the two hours?"),
        help_text=_("That night the clocks are put back and the hour between 3.00 and 4.00 comes twice."),
        choices=[
            (FIRST, _("the first one (summer time, UTC+3)")),
            (SECOND, _("the second one (winter time, UTC+2)")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    @property
    def asks_which_hour(self) -> bool:
        """Whether the question of the doubled hour is shown at all."""
        return "which_hour" in self.errors or bool(self["which_hour"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, begins, ends = cleaned.get("on_date"), cleaned.get("begins"), cleaned.get("ends")
        if ends and not begins and "begins" not in self.errors:
            self.add_error("begins", _t("Write also the hour at which it begins."))
        if not day:
            return cleaned
        for name, hour in (("begins", begins), ("ends", ends)):
            if hour and is_skipped(day, hour):
                self.add_error(
                    name,
                    _t(
                        "That night the clocks are put forward from 3.00 to 4.00 and this hour does not exist: "
                        "write another."
                    ),
                )
        doubled = [hour for hour in (begins, ends) if hour and comes_twice(day, hour)]
        if doubled and not cleaned.get("which_hour"):
            self.add_error("which_hour", _t("This hour comes twice that night: choose which one you mean."))
        if not self.errors and begins and ends:
            starts_at, ends_at = self.hours()
            if starts_at and ends_at and ends_at <= starts_at:
                self.add_error("ends", _t("The end comes before the beginning."))
        return cleaned

    def hours(self) -> tuple[datetime | None, datetime | None]:
        """Beginning and end as moments in UTC; of hours that come twice, the one that was chosen."""
        cleaned = self.cleaned_data
        second = cleaned.get("which_hour") == SECOND
        begins, ends = (
            moment(cleaned["on_date"], hour, second=second and comes_twice(cleaned["on_date"], hour))
            if (hour := cleaned.get(name))
            else None
            for name in ("begins", "ends")
        )
        return begins, ends


def hours_initial(meeting: Meeting) -> dict[str, Any]:
    """The hours of a meeting as the fields show them."""
    known = [each for each in (meeting.starts_at, meeting.ends_at) if each]
    local = [each.astimezone(BUCHAREST) for each in known]
    doubled = any(comes_twice(each.date(), each.time().replace(fold=0)) for each in local)
    return {
        "on_date": meeting.on_date,
        "begins": local[0].time().replace(fold=0) if local else None,
        "ends": local[1].time().replace(fold=0) if len(local) > 1 else None,
        "which_hour": (SECOND if any(map(is_second, known)) else FIRST) if doubled else "",
    }


class MeetingPartForm(PlanForm):
    """A form over some fields of a meeting; what the meeting itself refuses is said at those fields."""

    # Fields of the meeting that stand in the form under another name.
    renamed = {"starts_at": "begins", "ends_at": "ends"}

    @classmethod
    def read(cls, meeting: Meeting) -> dict[str, Any]:
        """The values that the form begins with."""
        return {name: getattr(meeting, name) for name in cls.base_fields}

    def change(self, meeting: Meeting) -> MeetingChange:
        """The meeting as this form would have it."""
        return replace(MeetingChange.of(meeting), **{name: self.cleaned_data[name] for name in self.fields})

    def check_with(self, meeting: Meeting) -> bool:
        """Whether the meeting can be as typed; else errors stand at the fields."""
        try:
            check_change(meeting, self.change(meeting))
        except ValidationError as error:
            for name, faults in error.error_dict.items():
                known = self.renamed.get(name, name)
                self.add_error(known if known in self.fields else NON_FIELD_ERRORS, faults)
        return not self.errors


class TimePlaceForm(HoursMixin, MeetingPartForm):
    is_online = forms.TypedChoiceField(
        label=_("Where is it held?"),
        choices=[("online", _("Online")), ("place", _("At a place"))],
        coerce=lambda value: value == "online",
        widget=forms.RadioSelect,
    )
    platform = forms.CharField(
        label=_("Platform"), max_length=60, required=False, help_text="Zoom, Webex, Teams…"
    )
    join_url = forms.URLField(
        label=_("Join link"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("Only participants with a confirmed place see it, on their own page."),
    )
    place = forms.CharField(
        label=_("Place"), max_length=300, required=False, help_text=_("Building, street and town.")
    )

    @classmethod
    def read(cls, meeting: Meeting) -> dict[str, Any]:
        return {
            **hours_initial(meeting),
            "is_online": "online" if meeting.is_online else "place",
            **{name: getattr(meeting, name) for name in ("platform", "join_url", "place")},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_online") is False and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _t("Write the place."))
        return cleaned

    def change(self, meeting: Meeting) -> MeetingChange:
        starts_at, ends_at = self.hours()
        names = ("on_date", "is_online", "platform", "join_url", "place")
        return replace(
            MeetingChange.of(meeting),
            starts_at=starts_at,
            ends_at=ends_at,
            **{name: self.cleaned_data[name] for name in names},
        )


class DescriptionForm(MeetingPartForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences for whoever thinks of coming."),
    )


class RegistrationPlanForm(MeetingPartForm):
    takes_registrations = forms.BooleanField(label=_("People register on the portal"), required=False)
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: as many as come. When all are taken, those who register wait in line."),
    )
    registration_opens_at = forms.DateTimeField(
        label=_("Registration opens"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("Empty: when the gathering is published."),
    )
    registration_closes_at = forms.DateTimeField(
        label=_("Registration closes"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("Empty: when it begins."),
    )
    reminds_week_before = forms.BooleanField(label=_("Reminder 7 days before"), required=False)
    reminds_day_before = forms.BooleanField(label=_("Reminder a day before"), required=False)
    reminds_hour_before = forms.BooleanField(label=_("Reminder an hour before"), required=False)
    follows_up = forms.BooleanField(label=_("Message after it"), required=False)

    def change(self, meeting: Meeting) -> MeetingChange:
        """Hours to the minute, as typed; one that was not touched keeps its seconds."""
        change = super().change(meeting)
        kept = {}
        for name in ("registration_opens_at", "registration_closes_at"):
            stored, typed = getattr(meeting, name), getattr(change, name)
            if stored and typed and abs((typed - stored).total_seconds()) < 60:
                kept[name] = stored
        return replace(change, **kept)


class AgendaForm(RowsForm):
    """Points of the agenda with who speaks."""

    key_field = "title"
    row_label = _("Point")
    row_fields = {
        "order": forms.IntegerField(label=_("Order"), min_value=1, max_value=999),
        "starts_at": hour_field(_("Hour")),
        "title": forms.CharField(label=_("Point of the agenda"), max_length=300),
        "speaker": forms.CharField(label=_("Speaker"), max_length=200),
        "speaker_role": forms.CharField(label=_("Speaker's role or organisation"), max_length=200),
    }

    @classmethod
    def read(cls, meeting: Meeting) -> list[dict[str, Any]]:
        return [
            {
                "order": number,
                **{name: getattr(item, name) for name in ("starts_at", "title", "speaker", "speaker_role")},
            }
            for number, item in enumerate(meeting.agenda.all(), start=1)
        ]

    def items(self) -> list[AgendaItem]:
        """The agenda as typed, not saved."""
        return [
            AgendaItem(position=number, **{name: value for name, value in row.items() if name != "order"})
            for number, row in enumerate(self.cleaned_data["rows"], start=1)
        ]
