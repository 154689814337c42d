"""A journey looks at the page it went to: after a bare click, the next thing said is something that waits."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

# What waits for its element, or for the page; a check or a picture asks whatever page stands there.
WAITS = {
    "expect",
    "follow",
    "click",
    "fill",
    "check",
    "select_option",
    "press_sequentially",
    "set_input_files",
}


def _called(statement: ast.stmt) -> set[str]:
    calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in calls}


def _hasty(source: str) -> Iterator[int]:
    """Lines of clicks after which nothing waits. Within `with` something else waits: a download, another window."""
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(body, list) or isinstance(node, ast.With):
            continue
        for statement, after in pairwise([*body, ast.Pass()]):
            if (
                isinstance(statement, ast.Expr)
                and "click" in _called(statement)
                and not _called(after) & WAITS
            ):
                yield statement.lineno


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_nothing_is_asked_right_after_a_click(path: Path) -> None:
    assert list(_hasty(path.read_text())) == []


def test_a_hasty_click_is_found() -> None:
    assert list(_hasty("def journey():\n    link.click()\n    assert violations(page) == []")) == [2]
    assert list(_hasty("def journey():\n    link.click()")) == [2]
    assert list(_hasty("def journey():\n    link.click()\n    expect(page).to_have_url('/')")) == []
