"""What imports and exports of every model share: normalised cells, known headers, errors as sentences.

Column names are Romanian in every language: a file that was exported can be corrected and imported by anybody.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, ManyToManyWidget, Widget

from core.sheets import unescape_cell
from core.text import normalise


class CodeWidget(Widget):
    """A record by its official code; an unknown code is an error that names it."""

    def __init__(self, model: type[models.Model], field: str, message: str | Promise, **fixed: Any) -> None:
        Widget.__init__(self)
        self.model, self.field, self.message, self.fixed = model, field, message, fixed
        self.known: dict[str, models.Model | None] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> models.Model | None:
        code = str(value or "").strip()
        if not code:
            return None
        if code not in self.known:
            self.known[code] = self._find(code)
        if self.known[code] is None:
            raise ValueError(str(self.message) % {"code": code[:60]})
        return self.known[code]

    def _find(self, code: str) -> models.Model | None:
        field = self.model._meta.get_field(self.field)
        try:
            value = field.to_python(code)
        except ValidationError:
            return None
        return self.model._default_manager.filter(**{self.field: value}, **self.fixed).first()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(getattr(value, self.field))


class CodesWidget(CodeWidget, ManyToManyWidget):
    """Several records by their codes, parted by commas or semicolons; saved after the record itself."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[models.Model]:  # type: ignore[override]
        codes = str(value or "").replace(";", ",").split(",")
        return [found for code in codes if code.strip() and (found := super(CodesWidget, self).clean(code))]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(sorted(str(getattr(record, self.field)) for record in value.all())) if value else ""


class ChoiceWidget(Widget):
    """One of a field's values, by its code or by its name in the reader's language."""

    def __init__(self, choices: Any) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = str(value or "").strip()
        if not text:
            return ""
        for code, label in self.choices.choices:
            if text == code or text.casefold() == str(label).casefold():
                return str(code)
        codes = ", ".join(str(code) for code in self.choices.values)
        raise ValueError(_t("“%(value)s” is not one of: %(codes)s.") % {"value": text[:60], "codes": codes})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class DayWidget(DateWidget):
    """A date as 2021-04-28 or 28.04.2021."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
        self.formats = ("%Y-%m-%d", "%d.%m.%Y")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except ValueError:
            raise ValueError(
                _t("“%(value)s” is not a date: write it as 2021-04-28 or 28.04.2021.")
                % {"value": str(value)[:60]}
            ) from None


class PortalResource(ModelResource):
    """Base of the portal's resources; ``key_help`` tells which column finds a record that exists."""

    class Meta:
        abstract = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True
        store_instance = True

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls._meta.model._meta.verbose_name_plural)

    def required_columns(self) -> list[str]:
        """Headers without which a file says nothing."""
        return [self.fields[name].column_name for name in self.get_import_id_fields() if name in self.fields]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuses a file whose headers are not ours, before any row is looked at."""
        headers = [str(header) for header in dataset.headers or []]
        missing = [name for name in self.required_columns() if name not in headers]
        if missing:
            raise ValidationError(
                _t("The file lacks the columns: %(names)s.") % {"names": ", ".join(missing)}
            )
        known = {field.column_name for field in self.fields.values()}
        unknown = [name for name in headers if name and name not in known]
        if unknown:
            raise ValidationError(
                _t("The file has columns that are not known: %(names)s. The known ones are: %(known)s.")
                % {"names": ", ".join(unknown[:10]), "known": ", ".join(sorted(known))}
            )
        repeated = {name for name in headers if headers.count(name) > 1}
        if repeated:
            raise ValidationError(
                _t("The file has columns twice: %(names)s.") % {"names": ", ".join(repeated)}
            )

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        for name, value in row.items():
            if isinstance(value, str):
                row[name] = unescape_cell(normalise(value).strip())
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                # A spreadsheet keeps 123 as a number; what is compared and stored is text.
                row[name] = str(int(value)) if float(value).is_integer() else str(value)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ``ValidationError`` by the file's own columns, not by our fields."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as error:
            columns = {field.attribute: field.column_name for field in self.fields.values()}
            faults = {columns.get(name, name): reasons for name, reasons in error.error_dict.items()}
            raise ValidationError(faults) from None

    def import_field(
        self, field: Field, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        """A column that the file leaves out, and an empty cell of a field that has a default, change nothing."""
        if field.column_name not in row:
            return
        if row[field.column_name] in (None, "") and self._has_default(field.attribute):
            return
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def _has_default(self, attribute: str | None) -> bool:
        stored = {known.name: known for known in self._meta.model._meta.concrete_fields}.get(attribute or "")
        return stored is not None and stored.has_default() and not stored.blank


def text_field(attribute: str, column: str, **options: Any) -> Field:
    """A column of text; an empty cell is an empty text."""
    return Field(attribute=attribute, column_name=column, default="", **options)
