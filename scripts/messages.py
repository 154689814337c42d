"""Translations without system gettext: extract, compile and check the catalogues.

python -m scripts.messages extract   print what has no Romanian text yet, as PO to paste into a part
python -m scripts.messages compile   join locale/ro/parts/*.po into django.po and write the .mo files
python -m scripts.messages check     fail when a text lacks its Romanian, or has a faulty one
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0:0] = [] if str(ROOT) in sys.path else [str(ROOT)]

from scripts.catalogues import merging, review, sources  # noqa: E402


def extract() -> int:
    """Print the texts that no part translates yet; the output is a PO fragment."""
    found = sources.extract(ROOT)
    merged, _ = merging.merge(ROOT)
    missing = sources.without_translation(found, merged)
    sys.stdout.buffer.write(merging.as_po(missing))
    print(f"# {len(missing)} of {len(found)} texts have no Romanian yet.", file=sys.stderr)
    return 0


def compile_catalogues() -> int:
    """Write the joined .po and the .mo of both languages; conflicts between parts stop it."""
    merged, conflicts = merging.merge(ROOT)
    for line in conflicts:
        print(line, file=sys.stderr)
    changed = merging.write(ROOT, merged)
    print(f"Translations: {len(merged)} texts{'' if changed else ', unchanged'}.")
    return 1 if conflicts else 0


def check() -> int:
    """Report every fault of the Romanian catalogue, one a line."""
    merged, faults = merging.merge(ROOT)
    faults = [*faults, *review.faults(sources.extract(ROOT), merged), *review.obsolete(ROOT)]
    for line in faults:
        print(line, file=sys.stderr)
    print(f"Translations: {len(merged)} texts, {len(faults)} faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["extract", "compile", "check"])
    actions = {"extract": extract, "compile": compile_catalogues, "check": check}
    sys.exit(actions[parser.parse_args().action]())
