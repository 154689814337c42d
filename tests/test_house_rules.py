"""The rules of docs/architecture.md that no other tool checks."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ("core", "meetings", "organisations", "programmes", "promotori", "videoconferences")
CODE = {".py", ".html", ".css", ".js"}
LONGEST = 400
INLINE = re.compile(
    r"""<[^>]*\s(style|on[a-z]+)\s*=\s*["']|<script(?![^>]*\bsrc=)|<style\b|javascript:""", re.I
)
THIRD_PARTY = re.compile(r"""(?:src|href|action|url)\s*=\s*["']?(?:https?:)?//(?!www\.w3\.org)""", re.I)


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository, new ones too, that match the patterns."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_too_long() -> None:
    files = [path for path in tracked() if path.suffix in CODE and "migrations" not in path.parts]

    assert {named(path) for path in files if len(path.read_text().splitlines()) > LONGEST} == set()


def test_no_module_is_called_utils() -> None:
    assert [
        named(path) for path in tracked("*.py") if path.stem in {"utils", "helpers", "misc", "common"}
    ] == []


def test_every_module_says_what_it_is_for() -> None:
    bare = [
        named(path)
        for path in tracked("*.py")
        if "migrations" not in path.parts
        and path.read_text().strip()
        and not re.match(r'(#!.*\n)?"""\S', path.read_text())
    ]

    assert bare == []


@pytest.mark.parametrize("room", ["services", "selectors", "workflow", "rules", "models"])
def test_lower_rooms_never_see_a_request(room: str) -> None:
    files = [
        p for p in tracked("*.py") if p.parts[len(ROOT.parts)] in APPS and room in {p.stem, *p.parts[:-1]}
    ]
    seeing = [named(p) for p in files if re.search(r"\bHttpRequest\b|\brequest\s*[:,)]", p.read_text())]

    assert seeing == []


DELIVERY = [f"core/messaging/services/{name}.py" for name in ("concluding", "delivery", "erasing", "holding")]


def test_models_and_views_do_not_set_states() -> None:
    """A state changes through core.workflow; loaders of past editions enter records in their state instead.

    Delivery of mails moves its queue by a table of its own, docs/decisions/0011-outbox.md.
    """
    name = "(?:register_status|status)"
    setting = re.compile(rf"\.{name}\s*=(?!=)|update\([^)]*\b{name}=|\bSET {name}\s*=")
    rooms = {"views", "models", "services", "tasks", "admin"}
    files = [p for p in tracked("*.py") if p.parts[len(ROOT.parts)] in APPS and rooms & {p.stem, *p.parts}]

    assert [named(p) for p in files if setting.search(p.read_text())] == DELIVERY


def web_templates() -> list[Path]:
    """Templates of pages; mails and documents are read elsewhere, where styles may be inline."""
    return [
        p for p in tracked("templates/*.html") if not {"mail", "mail.html", "pdf", "documents"} & set(p.parts)
    ]


def test_templates_hold_nothing_inline() -> None:
    assert {
        named(p): INLINE.findall(p.read_text()) for p in web_templates() if INLINE.search(p.read_text())
    } == {}


def test_templates_ask_no_third_party() -> None:
    linking = re.compile(r"<(?:script|link|img|iframe|source|video)\b[^>]*>", re.I)
    asking = {
        named(p): [tag for tag in linking.findall(p.read_text()) if THIRD_PARTY.search(tag)]
        for p in web_templates()
    }

    assert {name: tags for name, tags in asking.items() if tags} == {}


def test_stylesheets_and_scripts_ask_no_third_party() -> None:
    files = tracked("static/*.css", "static/*.js")

    assert files
    assert [
        named(p) for p in files if re.search(r"https?://(?!www\.w3\.org)|@import\s+url\(", p.read_text())
    ] == []


def test_every_template_is_used() -> None:
    """A template is named in code or in another template; those that Django and allauth find by name are exempt."""
    found_by_name = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
    by_library = (
        *("account", "mfa", "socialaccount", "usersessions"),
        *("allauth", "admin", "unfold", "registration", "django"),
    )
    text = "\n".join(p.read_text() for p in tracked("*.py", "*.html"))
    unused = [
        named(p)
        for p in tracked("templates/*")
        if p.name not in found_by_name
        and p.relative_to(ROOT / "templates").parts[0] not in by_library
        and str(p.relative_to(ROOT / "templates")) not in text
        and not (p.parent.name == "components" and re.search(rf"\b{p.stem}\b", text))
        and not re.search(rf"template_name\s*=.*{re.escape(p.stem)}", text)
    ]

    assert unused == []


def test_no_cedilla_where_a_comma_belongs() -> None:
    """Romanian letters have a comma below; cedillas stand only where text is folded or tested."""
    allowed = {"core/text.py", "core/migrations/0001_text_functions.py", "scripts/catalogues/review.py"}
    files = [
        p for p in tracked("*.py", "*.html", "*.po", "*.yaml", "*.md", "*.csv") if "tests" not in p.parts
    ]

    assert [named(p) for p in files if re.search("[şţŞŢ]", p.read_text()) and named(p) not in allowed] == []


def test_lock_files_name_no_host() -> None:
    for lock in tracked("requirements*.txt"):
        assert "--hash=sha256:" in lock.read_text()
        assert not re.search(r"https?://|--index-url|--find-links|file:", lock.read_text())


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    stated = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=!~ ]", each)[0].lower() for each in stated}
    page = (ROOT / "docs/dependencies.md").read_text().lower()
    rows = {name.strip() for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for name in row.split(",")}

    assert names - rows == set()
    assert rows - names == {"package"}


def test_decisions_are_numbered_listed_and_found() -> None:
    folder = ROOT / "docs/decisions"
    pages = sorted(path.name for path in tracked("docs/decisions/*.md") if path.name != "README.md")
    text = "\n".join(p.read_text() for p in tracked("*.py", "*.html", "*.md") if p.parent != folder)

    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    assert re.findall(r"\]\((\d{4}-[^)]+)\)", (folder / "README.md").read_text()) == pages
    assert set(re.findall(r"docs/decisions/([\w-]+\.md)", text)) <= set(pages)
