"""The font families of documents: which they are, where they come from, which letters they draw.

The list is short on purpose: a document drawn with whatever the machine has would look different on each.
Both families have every Romanian, Hungarian, German, Serbian, Ukrainian and Polish letter.
"""

from dataclasses import dataclass
from functools import cache, reduce
from importlib import import_module
from pathlib import Path

from core.documents.errors import MissingSystemPartsError


@dataclass(frozen=True)
class Family:
    """A font family, with its package on Debian and Ubuntu and its cask in Homebrew."""

    name: str
    apt_package: str
    brew_cask: str


SERIF = Family("Vollkorn", "fonts-vollkorn", "font-vollkorn")
SANS = Family("Inter", "fonts-inter", "font-inter")
FAMILIES = (SERIF, SANS)
# Pango (with glib, fontconfig and HarfBuzz behind it) and the library that cuts fonts to the letters used.
LIBRARIES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")


def installation_line() -> str:
    """One line that says how to install all that documents need."""
    apt = " ".join([*LIBRARIES, *(family.apt_package for family in FAMILIES)])
    casks = " ".join(family.brew_cask for family in FAMILIES)
    return f"apt-get install {apt}   (macOS: brew install pango && brew install --cask {casks})"


def installed_faces() -> dict[str, list[Path]]:
    """Font files that fontconfig knows, by family; asked of the very library that will draw.

    Raises ``MissingSystemPartsError`` when Pango or fontconfig is not there.
    """
    try:
        native = import_module("weasyprint.text.ffi")
    except OSError as error:
        raise MissingSystemPartsError(f"Pango is missing. Run: {installation_line()}") from error
    ffi, fontconfig = native.ffi, native.fontconfig
    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    answer = ffi.new("FcChar8 **")

    def read(pattern: object, key: bytes) -> str:
        if fontconfig.FcPatternGetString(pattern, key, 0, answer) != fontconfig.FcResultMatch:
            return ""
        return bytes(ffi.string(ffi.cast("char *", answer[0]))).decode(errors="replace")

    faces: dict[str, list[Path]] = {}
    for index in range(fonts.nfont if fonts != ffi.NULL else 0):
        pattern = fonts.fonts[index]
        faces.setdefault(read(pattern, b"family"), []).append(Path(read(pattern, b"file")))
    return {family: sorted(files) for family, files in faces.items()}


def require_families() -> None:
    """Raises ``MissingSystemPartsError`` naming the families that are not installed: without any font Pango crashes."""
    faces = installed_faces()
    missing = [family.name for family in FAMILIES if family.name not in faces]
    if missing:
        raise MissingSystemPartsError(f"Missing fonts: {', '.join(missing)}. Run: {installation_line()}")


@cache
def drawable_characters() -> frozenset[int]:
    """Code points that every face of at least one of the families draws."""
    from fontTools.ttLib import TTFont

    def of_face(path: Path) -> frozenset[int]:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())

    faces = installed_faces()
    families = (map(of_face, faces[family.name]) for family in FAMILIES)
    return frozenset().union(*(reduce(frozenset.intersection, family) for family in families))
