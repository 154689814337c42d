"""Columns of the calendar's files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.admin.resources import (
    ChoiceWidget,
    CodesWidget,
    CodeWidget,
    DayWidget,
    PortalResource,
    text_field,
)
from core.territory.models import Region
from meetings.choices import MeetingStatus, ParticipantLevel
from organisations.spreadsheets import organisation_widget
from programmes.spreadsheets import edition_widget
from videoconferences.choices import ConclusionKind, ConclusionStatus, FollowUp, ProposalStatus
from videoconferences.models import Conclusion, CoOrganiser, Theme, ThemeProposal, Videoconference


class VideoconferenceExport(PortalResource):
    """A videoconference a row; co-organisers as printed, parted by semicolons."""

    edition = Field(attribute="edition", column_name="Ediția (anul)", widget=edition_widget())
    number = Field(attribute="number", column_name="Nr.")
    title = Field(attribute="meeting__title", column_name="Titlu", readonly=True)
    on_date = Field(attribute="meeting__on_date", column_name="Data", widget=DayWidget(), readonly=True)
    begins = Field(column_name="Ora", readonly=True)
    status = Field(
        attribute="meeting__status", column_name="Stare", widget=ChoiceWidget(MeetingStatus), readonly=True
    )
    regions = Field(
        attribute="regions", column_name="Regiuni (adrese)", widget=CodesWidget(Region, "slug", "")
    )
    region_names = Field(column_name="Regiuni", readonly=True)
    co_organisers = Field(column_name="Coorganizatori", readonly=True)
    central_theme = text_field("central_theme", "Tema centrală")

    class Meta(PortalResource.Meta):
        abstract = False
        model = Videoconference
        fields = (
            "edition",
            "number",
            "title",
            "on_date",
            "begins",
            "status",
            "regions",
            "region_names",
            "co_organisers",
            "central_theme",
        )

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("edition", "meeting").prefetch_related(
            "regions", "co_organiser_links__organisation"
        )

    def dehydrate_begins(self, videoconference: Videoconference) -> str:
        start = videoconference.meeting.local_start
        return f"{start:%H:%M}" if start else ""

    def dehydrate_region_names(self, videoconference: Videoconference) -> str:
        return ", ".join(region.name for region in videoconference.regions.all())

    def dehydrate_co_organisers(self, videoconference: Videoconference) -> str:
        return "; ".join(str(link) for link in videoconference.co_organiser_links.all())


class CoOrganiserExport(PortalResource):
    """A co-organiser of a videoconference a row, with the name as the calendar prints it."""

    edition = Field(
        attribute="videoconference__edition", column_name="Ediția (anul)", widget=edition_widget()
    )
    number = Field(attribute="videoconference__number", column_name="Nr. videoconferință")
    organisation = Field(
        attribute="organisation", column_name="Organizația (adresa)", widget=organisation_widget()
    )
    name_as_printed = text_field("name_as_printed", "Denumirea din calendar")
    position = Field(attribute="position", column_name="Ordinea")

    class Meta(PortalResource.Meta):
        abstract = False
        model = CoOrganiser
        fields = ("edition", "number", "organisation", "name_as_printed", "position")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("videoconference__edition", "organisation")


def theme_widget() -> CodeWidget:
    """A theme of the vocabulary by its code."""
    return CodeWidget(Theme, "code", _("There is no theme with the code “%(code)s”."))


class ThemeProposalExport(PortalResource):
    """A proposed theme a row, with its points and what it was answered."""

    edition = Field(attribute="edition", column_name="Ediția (anul)", widget=edition_widget())
    organisation = Field(
        attribute="organisation", column_name="Organizația (adresa)", widget=organisation_widget()
    )
    organisation_name = Field(attribute="organisation__display_name", column_name="Organizația")
    title = text_field("title", "Tema propusă")
    why = text_field("why", "De ce contează")
    points = Field(column_name="Puncte", readonly=True)
    status = Field(attribute="status", column_name="Stare", widget=ChoiceWidget(ProposalStatus))
    theme = Field(attribute="theme", column_name="Preluată ca (cod)", widget=theme_widget())
    answer = text_field("answer", "Răspuns")

    class Meta(PortalResource.Meta):
        abstract = False
        model = ThemeProposal
        fields = (
            "edition",
            "organisation",
            "organisation_name",
            "title",
            "why",
            "points",
            "status",
            "theme",
            "answer",
        )

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("edition", "organisation", "theme")

    def dehydrate_points(self, proposal: Any) -> int:
        return int(getattr(proposal, "points_given", 0))


# What a file says of a conclusion itself, beside whose it is and its state.
CONCLUSION_COLUMNS = (
    "kind",
    "text",
    "theme",
    "level",
    "addressee",
    "follow_up_state",
    "follow_up",
    "position",
)


class ConclusionExport(PortalResource):
    """A conclusion a row; the number in the first column finds it again."""

    pk = Field(attribute="pk", column_name="Nr. concluzie")
    edition = Field(
        attribute="videoconference__edition", column_name="Ediția (anul)", widget=edition_widget()
    )
    number = Field(attribute="videoconference__number", column_name="Nr. videoconferință")
    kind = Field(attribute="kind", column_name="Fel (cod)", widget=ChoiceWidget(ConclusionKind))
    text = text_field("text", "Concluzia")
    theme = Field(attribute="theme", column_name="Tema (cod)", widget=theme_widget())
    level = Field(attribute="level", column_name="Nivel (cod)", widget=ChoiceWidget(ParticipantLevel))
    addressee = text_field("addressee", "Destinatar")
    follow_up_state = Field(
        attribute="follow_up_state", column_name="Urmare (cod)", widget=ChoiceWidget(FollowUp)
    )
    follow_up = text_field("follow_up", "Ce s-a făcut")
    position = Field(attribute="position", column_name="Ordinea")
    status = Field(
        attribute="status", column_name="Stare", widget=ChoiceWidget(ConclusionStatus), readonly=True
    )

    class Meta(PortalResource.Meta):
        abstract = False
        model = Conclusion
        fields = ("pk", "edition", "number", *CONCLUSION_COLUMNS, "status")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("videoconference__edition", "theme")
