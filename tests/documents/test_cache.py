"""Drawn documents are kept by content and drawn once for all who ask at once."""

import threading
from dataclasses import replace

import pytest
from django.core.cache import cache

from core.documents import cache as documents_cache
from core.documents import rendering
from core.documents.cache import cached_pdf
from tests.documents.samples import sample


@pytest.fixture
def drawings(monkeypatch):
    """Titles drawn, in order; a drawing beside others takes long enough for them to arrive."""
    titles: list[str] = []
    draw = documents_cache.draw_document

    def noted(document):
        titles.append(document.title)
        if threading.current_thread() is not threading.main_thread():
            threading.Event().wait(0.3)
        return draw(document)

    monkeypatch.setattr(documents_cache, "draw_document", noted)
    return titles


def ask_together(document, times):
    answers: list[bytes] = []
    start = threading.Barrier(times)

    def ask():
        start.wait()
        answers.append(cached_pdf(document))

    threads = [threading.Thread(target=ask) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_second_request_is_not_drawn(drawings):
    first = cached_pdf(sample("<h1>Probă</h1>"))
    assert cached_pdf(sample("<h1>Probă</h1>")) == first
    assert drawings == ["Document de probă"]


def test_simultaneous_requests_are_drawn_once(drawings):
    answers = ask_together(sample("<h1>Împreună</h1>"), 6)
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert len(drawings) == 1


def test_changed_text_or_style_is_drawn_anew(drawings):
    document = sample("<h1>Probă</h1>")
    cached_pdf(document)
    cached_pdf(sample("<h1>Probă schimbată</h1>"))
    cached_pdf(replace(document, stylesheets=(*document.stylesheets, "h1 { color: #000 }")))
    assert len(drawings) == 3


def test_failed_drawing_keeps_nothing_and_frees_the_lock(drawings, monkeypatch):
    document = sample("<h1>Probă</h1>")
    with monkeypatch.context() as broken:
        broken.setattr(documents_cache, "draw_document", lambda document: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cached_pdf(document)
    assert cached_pdf(document).startswith(b"%PDF")


def test_lock_of_a_dead_process_ends_by_itself(drawings):
    document = sample("<h1>Probă</h1>")
    cache.set(f"document:{document.fingerprint}:drawing", "of a process that was killed", 1)
    assert cached_pdf(document).startswith(b"%PDF")


def test_lock_that_became_anothers_is_left_alone(monkeypatch):
    document = sample("<h1>Probă</h1>")
    lock = f"document:{document.fingerprint}:drawing"
    draw = documents_cache.draw_document

    def slow(document):
        cache.set(lock, "of the next process", 30)
        return draw(document)

    monkeypatch.setattr(documents_cache, "draw_document", slow)
    cached_pdf(document)
    assert cache.get(lock) == "of the next process"


def test_kept_document_needs_no_weasyprint(monkeypatch):
    document = sample("<h1>Probă</h1>")
    first = cached_pdf(document)

    def refuse():
        raise AssertionError("WeasyPrint was loaded for a kept document")

    monkeypatch.setattr(rendering, "load_engine", refuse)
    assert cached_pdf(sample("<h1>Probă</h1>")) == first
