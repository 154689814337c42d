"""What a file may change of the calendar: co-organisers of videoconferences that exist."""

from typing import Any

from django.utils.translation import gettext as _t

from videoconferences.models import CoOrganiser, Videoconference
from videoconferences.spreadsheets import CoOrganiserExport


class CoOrganiserImport(CoOrganiserExport):
    """Finds a row by edition, number and organisation."""

    class Meta(CoOrganiserExport.Meta):
        import_id_fields = ()

    def required_columns(self) -> list[str]:
        return [self.fields[name].column_name for name in ("edition", "number", "organisation")]

    def get_instance(self, instance_loader: Any, row: Any) -> CoOrganiser | None:
        videoconference = self._videoconference(row)
        organisation = self.fields["organisation"].clean(row)
        return CoOrganiser.objects.filter(videoconference=videoconference, organisation=organisation).first()

    def import_instance(self, instance: CoOrganiser, row: Any, **kwargs: Any) -> None:
        instance.videoconference = self._videoconference(row)
        for name in ("organisation", "name_as_printed", "position"):
            self.import_field(self.fields[name], instance, row)

    def _videoconference(self, row: Any) -> Videoconference:
        edition = self.fields["edition"].clean(row)
        text = str(row.get(self.fields["number"].column_name) or "").strip()
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
