"""Draws the mark, the country in 42 tiles, in the forms that browsers ask for; the results are committed.

``python scripts/pictures.py`` writes static/img/{emblem,emblem-dark,favicon}.svg, the icons and the link preview.
Needs what documents need (WeasyPrint with its fonts) and pdftoppm; it runs when the mark changes, not at set-up.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
COUNTIES = ROOT / "core" / "territory" / "data" / "counties.csv"
COLUMNS, ROWS = 8, 7
TILE, STEP, CORNER = 10, 12, 2
# Scattered so that each historical part of the country has one; the capital is among them.
SUNNY = ("B", "CT", "IS", "CJ", "TM")
BLUE, BLUE_DARK, BLUE_BOTH, SUN = "#1d4a8f", "#9dbcf0", "#3d6cb0", "#f5b700"


def tiles() -> list[tuple[str, int, int]]:
    """Code, column and row of each county, from the file that the territory is loaded from."""
    with COUNTIES.open(encoding="utf-8", newline="") as lines:
        return [(row["code"], int(row["tile_column"]), int(row["tile_row"])) for row in csv.DictReader(lines)]


def country(
    blue: str, *, dx: float = 0, dy: float = 0, step: int = STEP, size: int = TILE, corner: float = CORNER
) -> str:
    """The squares as two groups, blue ones and yellow ones."""
    groups = {blue: "", SUN: ""}
    for code, column, row in tiles():
        x, y = dx + column * step, dy + row * step
        corners = f' rx="{corner}"' if corner else ""
        groups[SUN if code in SUNNY else blue] += (
            f'<rect x="{x}" y="{y}" width="{size}" height="{size}"{corners}/>'
        )
    return "".join(f'<g fill="{colour}">{squares}</g>' for colour, squares in groups.items())


def svg(width: float, height: float, body: str) -> str:
    """A drawing with its own size, without a title: the words stand beside it in the page."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>\n'


def emblem(blue: str) -> str:
    return svg(COLUMNS * STEP - 2, ROWS * STEP - 2, country(blue))


def icon(*, ground: str = "") -> str:
    """The mark in a square, for browser tabs and telephones; a ground where the system would put black."""
    side = COLUMNS * STEP + (10 if ground else -2)
    shift = 6 if ground else 0
    square = f'<rect width="{side}" height="{side}" fill="{ground}"/>' if ground else ""
    return svg(
        side, side, square + country(BLUE if ground else BLUE_BOTH, dx=shift, dy=shift + 6, corner=1.5)
    )


PREVIEW = """<!doctype html><html lang="ro"><meta charset="utf-8"><title>Promotorii Voluntariatului</title><style>
@page {{ size: 1200px 630px; margin: 0 }}
body {{ margin: 0; background: #fbfaf6; color: #16202e; font-family: Inter }}
div {{ position: absolute; left: 80px; top: 178px; width: 560px }}
h1 {{ font-size: 66px; line-height: 1.08; letter-spacing: -1.5px; margin: 0 0 28px }}
p {{ font-size: 28px; line-height: 1.35; color: #4a5565; margin: 0 }}
img {{ position: absolute; right: 80px; top: 119px; width: 448px }}
hr {{ position: absolute; left: 0; bottom: 0; width: 1200px; height: 14px; margin: 0; border: 0; background: #f5b700 }}
</style><div><h1>Promotorii Voluntariatului</h1><p>Secretariatul General al Guvernului</p></div>
<img src="{emblem}" alt=""><hr></html>"""


def picture(html: str, target: Path, *, width: int, height: int, folder: Path) -> None:
    """Draws one page of HTML to a PNG of exactly this size, with a palette of 64 colours to stay small."""
    from weasyprint import HTML

    page = folder / "page.pdf"
    HTML(string=html, base_url=str(IMAGES)).write_pdf(page)
    size = ["-scale-to-x", str(width), "-scale-to-y", str(height)]
    subprocess.run(["pdftoppm", "-png", "-singlefile", *size, page, folder / "page"], check=True)
    with Image.open(folder / "page.png") as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> int:
    """Write all pictures; the same input gives the same drawing."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / "emblem.svg").write_text(emblem(BLUE), encoding="utf-8")
    (IMAGES / "emblem-dark.svg").write_text(emblem(BLUE_DARK), encoding="utf-8")
    (IMAGES / "favicon.svg").write_text(icon(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ground = folder / "icon.svg"
        for side in (32, 180, 512):
            ground.write_text(icon(ground="#ffffff"), encoding="utf-8")
            style = f"@page {{size: {side}px; margin: 0}} body {{margin: 0}} img {{width: {side}px; display: block}}"
            html = (
                f'<html lang="ro"><title>.</title><style>{style}</style><img src="{ground.as_uri()}" alt="">'
            )
            picture(html, IMAGES / f"favicon-{side}.png", width=side, height=side, folder=folder)
        page = PREVIEW.format(emblem=(IMAGES / "emblem.svg").as_uri())
        picture(page, IMAGES / "link-preview.png", width=1200, height=630, folder=folder)
    print("Drawn:", ", ".join(sorted(path.name for path in IMAGES.glob("*.*"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
