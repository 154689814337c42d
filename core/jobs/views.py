"""The page of a piece of long work: how far it is, what came out, a way to stop. Its owner's alone."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.jobs.models import Job
from core.jobs.services import ask_to_stop
from core.uploads import serve_upload
from core.workflow import TransitionRefusedError

if TYPE_CHECKING:
    from core.accounts.models import User

PER_PAGE = 25


def _own(request: HttpRequest, pk: object) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user), pk=pk)


@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    """What the person asked for in the last 30 days, the newest first."""
    jobs = Paginator(Job.objects.visible_to(request.user), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "jobs/list.html", {"page_obj": jobs})


@require_safe
@never_cache
def detail(request: HttpRequest, pk: object) -> HttpResponse:
    """The job now; to htmx the part that changes alone, and a word to load the page anew when the job has ended."""
    job = _own(request, pk)
    if not getattr(request, "htmx", False):
        return render(request, "jobs/detail.html", {"job": job})
    answer = render(request, "jobs/state.html", {"job": job})
    if not job.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def stop(request: HttpRequest, pk: object) -> HttpResponse:
    """Asks the worker to stop, and says so."""
    job = _own(request, pk)
    try:
        ask_to_stop(job=job, actor=cast("User", request.user))
    except TransitionRefusedError:
        messages.info(request, _("The work had already ended."))
    else:
        messages.success(request, _("The work stops at its next step. What is done stays done."))
    return redirect(job)


@require_safe
@never_cache
def result_file(request: HttpRequest, pk: object) -> FileResponse:
    """The file that came out; 404 for anybody but the owner, and when it was erased."""
    job = _own(request, pk)
    name = str(job.result.get("file_name") or "rezultat")
    return serve_upload(job.result_file, name.rpartition(".")[0] or name)
