"""Every colour that carries text or a border is readable in both themes; one file holds the colours."""

import re

import pytest

from tests.look.stylesheets import CSS, ROOT, contrast, tokens

TEXT_ON_GROUND = [
    ("ink", ground) for ground in ("paper", "surface", "blue-wash", "sun-wash", "red-wash", "green-wash")
] + [
    ("ink-2", "paper"),
    ("ink-2", "surface"),
    ("ink-2", "blue-wash"),
    ("ink-2", "sun-wash"),
    ("blue", "paper"),
    ("blue", "surface"),
    ("blue", "blue-wash"),
    ("blue", "sun-wash"),
    ("blue-strong", "blue-wash"),
    ("on-blue", "blue"),
    ("on-blue", "blue-strong"),
    ("on-blue", "red"),
    ("on-blue", "red-strong"),
    ("red", "paper"),
    ("red", "red-wash"),
    ("green", "paper"),
    ("green", "green-wash"),
    *((f"on-step-{step}", f"step-{step}") for step in range(1, 6)),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_contrast_reaches_aa(theme, text, ground):
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_edge_of_controls_and_focus_ring_stand_out(theme, ground):
    """1.4.11 and 2.4.13: the ring is sun with ink around it, so that one of both is seen on any ground."""
    colours = tokens(theme)
    assert contrast(colours["edge"], colours[ground]) >= 3
    assert max(contrast(colours[part], colours[ground]) for part in ("sun", "ink")) >= 3
    ring = (CSS / "base.css").read_text(encoding="utf-8")
    assert "outline: 3px solid var(--sun)" in ring
    assert "0 0 0 5px var(--ink)" in ring


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_steps_of_blue_differ_one_from_the_next(theme):
    colours = tokens(theme)
    for step in range(1, 5):
        assert contrast(colours[f"step-{step}"], colours[f"step-{step + 1}"]) >= 1.18


def test_sun_is_never_the_colour_of_text():
    for sheet in CSS.rglob("*.css"):
        assert not re.search(r"(?<![-\w])color:\s*var\(--sun\)", sheet.read_text(encoding="utf-8")), (
            sheet.name
        )


def test_colours_are_written_in_the_tokens_only():
    """print.css is the one exception: paper has no theme."""
    for sheet in [CSS / "base.css", CSS / "layout.css", *(CSS / "components").glob("*.css")]:
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", sheet.read_text(encoding="utf-8")), sheet.name


@pytest.mark.parametrize(
    "path",
    ["templates/mail/layout.html", "core/messaging/styles.py", "static/css/pdf/tokens.css"],
)
def test_mails_and_documents_use_the_same_colours(path):
    # Mails have both themes; paper has one.
    themes = ["light"] if "pdf" in path else ["light", "dark"]
    known = {colour for theme in themes for colour in tokens(theme).values()}
    used = set(re.findall(r"#[0-9a-f]{6}\b", (ROOT / path).read_text(encoding="utf-8")))
    assert used, "no colour found: the test reads the wrong file"
    assert used <= known
