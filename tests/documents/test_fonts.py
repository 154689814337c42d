"""Missing fonts and libraries: one line that says what to install, before anything is drawn."""

import pytest

from core.documents import checks, engine, fonts
from core.documents.errors import DocumentError, MissingSystemPartsError
from core.documents.rendering import render_pdf
from scripts.places import ROOT


@pytest.fixture
def without_vollkorn(monkeypatch):
    faces = {family: files for family, files in fonts.installed_faces().items() if family != "Vollkorn"}
    monkeypatch.setattr(fonts, "installed_faces", lambda: faces)
    engine.load_engine.cache_clear()
    yield
    engine.load_engine.cache_clear()


@pytest.fixture
def without_pango(monkeypatch):
    def refuse(name: str) -> None:
        raise OSError(f"cannot load library for {name}")

    monkeypatch.setattr(fonts, "import_module", refuse)
    engine.load_engine.cache_clear()
    yield
    engine.load_engine.cache_clear()


def test_families_are_installed_with_upright_bold_and_italic():
    faces = fonts.installed_faces()
    for family in fonts.FAMILIES:
        assert len(faces[family.name]) >= 4


def test_missing_family_is_named_before_drawing(without_vollkorn):
    with pytest.raises(MissingSystemPartsError) as error:
        render_pdf(template="documents/base.html", context={}, stylesheets=(), title="Probă")
    assert "Missing fonts: Vollkorn." in error.value.remedy
    assert "fonts-vollkorn" in error.value.remedy
    assert "\n" not in error.value.remedy
    # Whoever asked for the document is told nothing of packages.
    assert "fonts" not in str(error.value)


def test_missing_pango_is_named_before_drawing(without_pango):
    with pytest.raises(DocumentError) as error:
        engine.load_engine()
    assert "apt-get install libpangoft2-1.0-0" in error.value.remedy


def test_missing_family_is_reported_by_the_deployment_check(without_vollkorn):
    (warning,) = checks.documents_can_be_drawn()
    assert warning.id == "documents.W001"
    assert "apt-get install" in warning.msg


def test_complete_machine_passes_the_deployment_check():
    assert checks.documents_can_be_drawn() == []


def test_packages_are_those_that_set_up_installs():
    lines = (ROOT / "scripts" / "system_packages.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    assert {*fonts.LIBRARIES, *(family.apt_package for family in fonts.FAMILIES)} <= listed


def test_missing_subset_library_is_reported_by_the_deployment_check(monkeypatch):
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    (warning,) = checks.documents_can_be_drawn()
    assert warning.id == "documents.W002"
    assert "libharfbuzz-subset0" in warning.hint
