"""What a file may change of the calendar: co-organisers and conclusions of videoconferences that exist."""

from typing import Any

from django.utils.translation import gettext as _t

from videoconferences.models import Conclusion, CoOrganiser, Videoconference
from videoconferences.spreadsheets import CONCLUSION_COLUMNS, ConclusionExport, CoOrganiserExport


class CoOrganiserImport(CoOrganiserExport):
    """Finds a row by edition, number and organisation."""

    class Meta(CoOrganiserExport.Meta):
        import_id_fields = ()

    def required_columns(self) -> list[str]:
        return [self.fields[name].column_name for name in ("edition", "number", "organisation")]

    def get_instance(self, instance_loader: Any, row: Any) -> CoOrganiser | None:
        videoconference = videoconference_of(self, row)
        organisation = self.fields["organisation"].clean(row)
        return CoOrganiser.objects.filter(videoconference=videoconference, organisation=organisation).first()

    def import_instance(self, instance: CoOrganiser, row: Any, **kwargs: Any) -> None:
        instance.videoconference = videoconference_of(self, row)
        for name in ("organisation", "name_as_printed", "position"):
            self.import_field(self.fields[name], instance, row)


class ConclusionImport(ConclusionExport):
    """New conclusions enter as drafts; one with its number is corrected, whatever its state, which no file changes."""

    class Meta(ConclusionExport.Meta):
        import_id_fields = ()

    def required_columns(self) -> list[str]:
        return [self.fields[name].column_name for name in ("edition", "number", "kind", "text")]

    def get_instance(self, instance_loader: Any, row: Any) -> Conclusion | None:
        text = str(row.get(self.fields["pk"].column_name) or "").strip()
        if not text:
            return None
        videoconference = videoconference_of(self, row)
        found = (
            Conclusion.objects.filter(pk=int(text), videoconference=videoconference).first()
            if text.isdecimal() and len(text) < 10
            else None
        )
        if found is None:
            raise ValueError(
                _t("Videoconference no. %(number)d has no conclusion with the number “%(text)s”.")
                % {"number": videoconference.number, "text": text[:20]}
            )
        return found

    def import_instance(self, instance: Conclusion, row: Any, **kwargs: Any) -> None:
        instance.videoconference = videoconference_of(self, row)
        for name in CONCLUSION_COLUMNS:
            self.import_field(self.fields[name], instance, row)


def videoconference_of(resource: Any, row: Any) -> Videoconference:
    """The videoconference of a row; raises ``ValueError`` for a number that the edition does not have."""
    edition = resource.fields["edition"].clean(row)
    text = str(row.get(resource.fields["number"].column_name) or "").strip()
    found = (
        Videoconference.objects.filter(edition=edition, number=int(text)).first()
        if edition and text.isdecimal() and len(text) < 5
        else None
    )
    if found is None:
        raise ValueError(
            _t("There is no videoconference with the number “%(number)s”.") % {"number": text[:20]}
        )
    return found
