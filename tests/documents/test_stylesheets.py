"""The style of paper and the style of the screen are one: same colours, few families, no rule that does nothing."""

import re

import pytest

from core.documents.fonts import FAMILIES
from core.documents.resources import locate, read_static

SHEETS = sorted(path.name for path in locate("static:css/pdf/tokens.css").parent.glob("*.css"))
OWN_TO_PAPER = {"--serif", "--sans"}


def tokens(css: str) -> dict[str, str]:
    """Custom properties by name; the first of each name, which on the screen is the light theme's."""
    found: dict[str, str] = {}
    for name, value in re.findall(r"(--[a-z0-9-]+):\s*([^;]+);", css):
        found.setdefault(name, value.strip().lower())
    return found


def test_colours_of_paper_are_those_of_the_light_screen():
    paper, screen = tokens(read_static("css/pdf/tokens.css")), tokens(read_static("css/tokens.css"))
    assert {name: value for name, value in paper.items() if name not in OWN_TO_PAPER} == {
        name: screen[name] for name in paper if name not in OWN_TO_PAPER
    }


@pytest.mark.parametrize("sheet", [name for name in SHEETS if name != "tokens.css"])
def test_sheets_name_colours_by_token_only(sheet):
    css = read_static(f"css/pdf/{sheet}")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", css)
    assert set(re.findall(r"var\((--[a-z0-9-]+)", css)) <= set(tokens(read_static("css/pdf/tokens.css")))


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_name_the_projects_families_only(sheet):
    named = set(re.findall(r'"([A-Z][A-Za-z ]+)"', read_static(f"css/pdf/{sheet}")))
    assert named <= {family.name for family in FAMILIES}


def test_emblem_has_a_tile_for_each_county():
    assert read_static("img/emblem.svg").count("<rect") == 42
