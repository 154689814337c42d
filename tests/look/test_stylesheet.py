"""One joined sheet, current and small; a file a component; the mark drawn from the county file."""

import json
import re

import pytest
from PIL import Image

from scripts import css, pictures
from tests.look.stylesheets import CSS, ROOT

IMAGES = ROOT / "static" / "img"


PORTAL = CSS / "portal.css"


@pytest.mark.parametrize(
    ("target", "parts"), css.sheets().items(), ids=lambda each: getattr(each, "name", "")
)
def test_joined_sheet_is_as_its_parts(target, parts):
    assert target.read_text(encoding="utf-8") == css.joined(parts), "run: python scripts/css.py"


def test_what_every_reader_loads_stays_small():
    assert PORTAL.stat().st_size < 30_000


def test_texts_keep_their_spaces():
    labels = next(
        line
        for line in css.joined([CSS / "components" / "table.css"]).split("}")
        if "attr(data-label)" in line
    )
    assert 'content:attr(data-label) ": "' in labels


def test_joined_sheet_begins_with_tokens_and_ends_with_print():
    names = [part.name for part in css.sheets()[PORTAL]]
    assert names[0] == "tokens.css"
    assert names[-1] == "print.css"


def test_each_part_is_joined_once():
    joined = [part for parts in css.sheets().values() for part in parts]
    ours = [each for each in CSS.rglob("*.css") if each.parent.name in {"components", "working"}]
    assert len(joined) == len(set(joined))
    assert set(ours) <= set(joined)


def test_each_component_sheet_is_for_a_class_that_templates_use():
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    sheets = [*(CSS / "components").glob("*.css"), *(CSS / "working").glob("*.css")]
    names = [sheet.stem.replace("_", "-") for sheet in sheets]
    assert [name for name in names if not re.search(rf'class="[^"]*\b{name}\b', templates)] == []


def test_no_sheet_asks_another_address():
    for parts in css.sheets().values():
        assert "url(" not in css.joined(parts)
        assert "@import" not in css.joined(parts)


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
