"""The benchmark's times of a document."""

from core.documents.timing import measure_document
from tests.documents.samples import sample


def test_times_are_measured_and_the_kept_document_is_the_quickest():
    times = measure_document(lambda: sample("<h1>Probă</h1><p>text</p>" * 3), repeats=1)
    assert 0 < times.kept < times.drawn
    assert times.bare > 0
    assert "by WeasyPrint alone" in str(times)
