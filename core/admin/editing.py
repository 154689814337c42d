"""Two people at one record: whoever saves second is told, loses nothing typed, and decides."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from core.dates import long_datetime

FIELD = "seen_version"


class EditingMixin:
    """Refuses a save once when the record was saved by somebody after this form was opened.

    The form carries the number of the record's last history row. The refused form comes back with everything that
    was typed and with the new number, so that saving again keeps this version. Records without history are not
    guarded.
    """

    change_form_after_template = "admin/core/seen_version.html"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        seen = request.POST.get(FIELD, "") if change and obj is not None else ""
        last = last_version(obj) if seen else None
        if last is None or seen == str(last.pk):
            return form

        class GuardedForm(form):
            def clean(self) -> Any:
                cleaned = super().clean() or self.cleaned_data
                self.add_error(None, _saved_meanwhile(last))
                return cleaned

        return GuardedForm

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        last = last_version(obj) if obj is not None and obj.pk is not None else None
        context["seen_version"] = last.pk if last else ""
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return page


def last_version(record: models.Model) -> Any:
    """The newest history row of a record, None where no history is kept."""
    manager = getattr(record, "history", None)
    if manager is None or not hasattr(manager, "model") or not hasattr(manager.model, "history_date"):
        return None
    return manager.select_related("history_user").order_by("-history_id").first()


def _saved_meanwhile(version: Any) -> str:
    return _t(
        "%(person)s saved this record on %(moment)s, while you were changing it. Nothing of yours is lost: look at the "
        "history, put in what should stay, and save again to keep what you see here."
    ) % {
        "person": version.history_user or _t("Somebody"),
        "moment": long_datetime(timezone.localtime(version.history_date), get_language() or "ro"),
    }
