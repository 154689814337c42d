"""Joins the style sheets into static/css/portal.css, the one file that pages link.

``python scripts/css.py`` writes it, ``python scripts/css.py --check`` says whether it is older than its parts.
Plain concatenation without comments and idle spaces, a line a part: nothing to install, and the parts stay readable.
"""

import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
TARGET = CSS / "portal.css"


def parts() -> list[Path]:
    """The sheets in their order: tokens first, print last, components by name between."""
    first = [CSS / "tokens.css", CSS / "base.css", CSS / "layout.css"]
    return [*first, *sorted((CSS / "components").glob("*.css")), CSS / "print.css"]


def joined() -> str:
    """The text of portal.css as it should be now."""
    return "".join(f"{_on_one_line(part.read_text(encoding='utf-8'))}\n" for part in parts())


def _on_one_line(sheet: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    line = " ".join(line.strip() for line in bare.splitlines() if line.strip())
    # Spaces that only readers need; those inside values and selectors mean something.
    return re.sub(r"(?<=[:;{}]) | (?=[{}])", "", line).replace(";}", "}")


def main() -> int:
    """Write the sheet, or with --check only compare; 1 when it is not as its parts."""
    text = joined()
    if "--check" in sys.argv[1:]:
        current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print("portal.css is current" if current else "portal.css is old: run python scripts/css.py")
        return 0 if current else 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"portal.css: {len(text)} bytes from {len(parts())} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
