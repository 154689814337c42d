"""Joins the style sheets: static/css/portal.css for every page, working.css for pages on which people fill in or keep.

``python scripts/css.py`` writes both, ``python scripts/css.py --check`` says whether one is older than its parts.
Plain concatenation without comments and idle spaces, a line a part: nothing to install, and the parts stay readable.
"""

import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "static" / "css"


def sheets() -> dict[Path, list[Path]]:
    """Each joined sheet with its parts in order: tokens first, print last, components by name between.

    What only forms, the own area and pages of the team need stays out of what a reader loads first.
    """
    first = [CSS / "tokens.css", CSS / "base.css", CSS / "layout.css"]
    components = sorted((CSS / "components").glob("*.css"))
    return {
        CSS / "portal.css": [*first, *components, CSS / "print.css"],
        CSS / "working.css": sorted((CSS / "working").glob("*.css")),
    }


def joined(parts: list[Path]) -> str:
    """The text of a joined sheet as it should be now."""
    return "".join(f"{_on_one_line(part.read_text(encoding='utf-8'))}\n" for part in parts)


def _on_one_line(sheet: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    line = " ".join(line.strip() for line in bare.splitlines() if line.strip())
    # Spaces that only readers need; those inside values, selectors and texts mean something.
    bare = re.sub(r'"[^"]*"|(?<=[:;{}]) | (?=[{}])', lambda found: found[0] if found[0] != " " else "", line)
    return bare.replace(";}", "}")


def main() -> int:
    """Write the sheets, or with --check only compare; 1 when one is not as its parts."""
    old = 0
    for target, parts in sheets().items():
        text = joined(parts)
        current = target.exists() and target.read_text(encoding="utf-8") == text
        if "--check" in sys.argv[1:]:
            print(
                f"{target.name} is current" if current else f"{target.name} is old: run python scripts/css.py"
            )
            old += not current
        else:
            target.write_text(text, encoding="utf-8")
            print(f"{target.name}: {len(text)} bytes from {len(parts)} files")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
