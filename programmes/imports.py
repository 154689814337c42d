"""What a file may change of the mandates."""

from programmes.spreadsheets import MandateExport


class MandateImport(MandateExport):
    """Finds a mandate by edition and organisation."""

    class Meta(MandateExport.Meta):
        pass

    def required_columns(self) -> list[str]:
        return [*super().required_columns(), self.fields["source"].column_name]
