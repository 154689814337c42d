"""All published conclusions by filters, and the same list as a file for staff."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from core.exports import log_export
from core.numerals import format_number
from core.pagecache import public_page
from videoconferences.exports import conclusion_file
from videoconferences.filters import CONCLUSION_PARAMETERS, ConclusionFilter
from videoconferences.models import Conclusion
from videoconferences.selectors.conclusions import public_conclusions

PER_PAGE = 25
WHAT = "Concluzii"


@method_decorator(public_page(parameters=(*CONCLUSION_PARAMETERS, "pagina"), typed=("q",)), name="dispatch")
class ConclusionList(ListView[Conclusion]):
    """Published conclusions of all editions; one address for each choice, with or without scripts."""

    template_name = "videoconferences/conclusions_list.html"
    context_object_name = "conclusions"
    paginate_by = PER_PAGE
    page_kwarg = "pagina"
    filter: ConclusionFilter

    def get_queryset(self) -> QuerySet[Conclusion]:
        self.filter = ConclusionFilter(self.request.GET, public_conclusions())
        return self.filter.qs

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[Paginator[Conclusion], Page[Conclusion], Any, bool]:
        """As Django's, but a page that does not exist is the nearest that does."""
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        total = context["paginator"].count
        words = ngettext("%(number)s conclusion", "%(number)s conclusions", total)
        list_url = reverse("videoconferences:conclusion_list")
        chosen = self.filter.chosen
        query = chosen.urlencode()
        export_url = reverse("videoconferences:conclusion_export")
        context.update(
            filter=self.filter,
            count_text=words % {"number": format_number(total, get_language() or "ro")},
            chips=[
                {"label": label, "url": f"{list_url}{_without(chosen, name, code)}"}
                for name, code, label in self.filter.labels()
            ],
            list_url=list_url,
            text=chosen.get("q", ""),
            exports=[
                (kind.upper(), f"{export_url}?{query}{'&' if query else ''}format={kind}")
                for kind in ("xlsx", "csv")
            ]
            if self.request.user.has_perm("videoconferences.view_conclusion")
            else [],
        )
        return context


@never_cache
@require_safe
def conclusion_export(request: HttpRequest) -> HttpResponse:
    """The list as CSV or XLSX, for staff; who took it is written down."""
    if not request.user.has_perm("videoconferences.view_conclusion"):
        raise Http404
    found = ConclusionFilter(request.GET, public_conclusions())
    rows = list(found.qs)
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    filters = {name: ", ".join(found.chosen.getlist(name)) for name in found.chosen}
    log_export(request.user, WHAT, filters, len(rows), file_format=kind)  # type: ignore[arg-type]
    content, content_type = conclusion_file(rows, kind)
    response = HttpResponse(content, content_type=content_type)
    name = f"concluzii-{timezone.localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _without(chosen: QueryDict, name: str, code: str) -> str:
    """The query without one of its choices."""
    rest = chosen.copy()
    rest.setlist(name, [value for value in rest.getlist(name) if value != code])
    return f"?{rest.urlencode()}" if rest.urlencode() else ""
