"""Announcements and documents: lists, pages, files."""

from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from core.markdown import render_markdown
from core.pagecache import public_page
from core.uploads import serve_upload
from programmes.selectors.publications import public_announcements, public_documents

PER_PAGE = 20


@method_decorator(public_page(parameters=("pagina",)), name="dispatch")
class AnnouncementList(ListView):
    """Announcements, newest first; a page number that makes no sense shows the nearest page."""

    template_name = "programmes/announcement_list.html"
    context_object_name = "announcements"
    paginate_by = PER_PAGE
    page_kwarg = "pagina"

    def get_queryset(self) -> Any:
        return public_announcements().defer("body")

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg, "")[:9])
        return paginator, page, page.object_list, page.has_other_pages()


@public_page
def announcement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    announcement = get_object_or_404(public_announcements(), slug=slug)
    context = {"announcement": announcement, "body": render_markdown(announcement.body)}
    return render(request, "programmes/announcement_detail.html", context)


@public_page
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a document is, where it can be had, and its words where they are known."""
    document = get_object_or_404(public_documents(), slug=slug)
    context = {
        "document": document,
        "text": render_markdown(document.text),
        "file_kind": PurePath(document.file.name or "").suffix.lstrip(".").upper() if document.file else "",
    }
    return render(request, "programmes/document_detail.html", context)


@login_not_required
@require_safe
def document_file(request: HttpRequest, slug: str) -> FileResponse:
    """The file of a public document; what was uploaded never runs on the portal's address."""
    document = get_object_or_404(public_documents(), slug=slug)
    return serve_upload(document.file, document.slug)
