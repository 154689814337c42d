"""One joined sheet, current and small; a file a component; the mark drawn from the county file."""

import json
import re

import pytest
from PIL import Image

from scripts import css, pictures
from tests.look.stylesheets import CSS, ROOT

IMAGES = ROOT / "static" / "img"


def test_joined_sheet_is_as_its_parts():
    assert css.TARGET.read_text(encoding="utf-8") == css.joined(), "run: python scripts/css.py"


def test_joined_sheet_stays_small():
    assert len(css.joined().encode()) < 30_000


def test_joined_sheet_begins_with_tokens_and_ends_with_print():
    names = [part.name for part in css.parts()]
    assert names[0] == "tokens.css"
    assert names[-1] == "print.css"
    assert len(names) == len(set(names))


def test_each_component_sheet_is_for_a_class_that_templates_use():
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    names = [sheet.stem.replace("_", "-") for sheet in (CSS / "components").glob("*.css")]
    assert [name for name in names if not re.search(rf'class="[^"]*\b{name}\b', templates)] == []


def test_no_sheet_asks_another_address():
    assert "url(" not in css.joined()
    assert "@import" not in css.joined()


def test_emblem_is_drawn_from_the_counties():
    assert len(pictures.tiles()) == 42
    assert (IMAGES / "emblem.svg").read_text(encoding="utf-8") == pictures.emblem(pictures.BLUE)
    assert (IMAGES / "emblem-dark.svg").read_text(encoding="utf-8") == pictures.emblem(pictures.BLUE_DARK)
    assert (IMAGES / "emblem.svg").read_text(encoding="utf-8").count("<rect") == 42


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("favicon-32", (32, 32)),
        ("favicon-180", (180, 180)),
        ("favicon-512", (512, 512)),
        ("link-preview", (1200, 630)),
    ],
)
def test_pictures_have_their_size_and_are_light(name, size):
    path = IMAGES / f"{name}.png"
    with Image.open(path) as image:
        assert image.size == size
    assert path.stat().st_size < 30_000


def test_manifest_names_pictures_that_exist():
    manifest = json.loads((ROOT / "static" / "site.webmanifest").read_text(encoding="utf-8"))
    assert [icon for icon in manifest["icons"] if not (ROOT / "static" / icon["src"]).exists()] == []
