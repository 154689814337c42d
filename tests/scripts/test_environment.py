"""The environment: complete or no start, no demo in production, and the example file is true."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from promotori.environment import Environment
from scripts.check import PRODUCTION
from scripts.demo_environment import demo_environment
from scripts.env_example import SET_BY_COMPOSE, example
from scripts.places import ROOT

SERVERS = {"DATABASE_URL": "postgresql:///none", "REDIS_URL": "redis://none/0"}


def start_portal(environment: dict[str, str], tmp_path) -> subprocess.CompletedProcess[str]:
    """Read the settings in a fresh process, with nothing but that environment and no .env beside it."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import promotori.settings"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], **environment},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_a_complete_environment(tmp_path):
    answer = start_portal(PRODUCTION | SERVERS, tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_missing_variable_stops_the_start_by_its_name(name, tmp_path):
    answer = start_portal({**PRODUCTION, **SERVERS, name: ""}, tmp_path)
    assert answer.returncode == 1
    assert f"{name}: Field required" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", demo_environment()["SECRET_KEY"]),
        ("SECRET_KEY", "short"),
        ("SITE_URL", "http://portal.example.org"),
        ("CONTACT_EMAIL", ""),
        ("ALLOWED_HOSTS", "*"),
    ],
)
def test_production_refuses_settings_of_the_demo_by_name(name, value, tmp_path):
    answer = start_portal({**PRODUCTION, **SERVERS, name: value}, tmp_path)
    assert answer.returncode == 1
    assert name in answer.stderr
    assert "Traceback" not in answer.stderr


def test_whole_environment_of_the_demo_is_refused_in_production(tmp_path):
    answer = start_portal({**demo_environment(), **SERVERS, "PORTAL_MODE": "production"}, tmp_path)
    assert answer.returncode == 1
    assert "SECRET_KEY" in answer.stderr


def test_example_file_is_made_from_the_declarations():
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example(), (
        "run: python -m scripts.env_example"
    )


def test_compose_sets_what_the_example_says_it_sets():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    given = set(compose["x-portal"]["environment"])
    assert given >= SET_BY_COMPOSE
    assert given <= {name.upper() for name in Environment.model_fields}


def test_every_variable_of_compose_stands_in_the_example():
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= set(re.findall(r"^#?(\w+)=", example(), re.M))
