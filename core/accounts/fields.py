"""E-mail address stored and looked up in lower case."""

from typing import Any

from django.db import models


class LowerCaseEmailField(models.EmailField[str, str]):
    """Guarantees that two spellings of one address by case are one value, in rows, lookups and forms."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
