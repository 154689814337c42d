"""The environment: complete or no start, no demo in production, and the example file is true."""

import json
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


# Reads the settings in a process for each environment, split off after what they import, half a second's work.
START = f"""
import json, os, sys
sys.path.insert(0, {str(ROOT)!r})
import django_stubs_ext.patch, psycopg.conninfo, promotori.environment
answers = []
for environment in json.load(sys.stdin):
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.dup2(writing, 2)
        os.environ.clear()
        os.environ.update(environment)
        import promotori.settings
        sys.exit()
    os.close(writing)
    with os.fdopen(reading) as said:
        answers.append((said.read(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))
print(json.dumps(answers))
"""
MISSING = ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"]
REFUSED = [
    ("SECRET_KEY", demo_environment()["SECRET_KEY"]),
    ("SECRET_KEY", "short"),
    ("SITE_URL", "http://portal.example.org"),
    ("CONTACT_EMAIL", ""),
    ("ALLOWED_HOSTS", "*"),
]
COMPLETE = {"PATH": os.environ["PATH"], **PRODUCTION, **SERVERS}
ENVIRONMENTS = {
    "complete": COMPLETE,
    "demo": {"PATH": os.environ["PATH"], **demo_environment(), **SERVERS, "PORTAL_MODE": "production"},
    **{name: {**COMPLETE, name: ""} for name in MISSING},
    **{f"{name}={value}": {**COMPLETE, name: value} for name, value in REFUSED},
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, tuple[str, int]]:
    """What a fresh process says and returns with nothing but that environment and no .env beside it."""
    done = subprocess.run(
        [sys.executable, "-c", START],
        input=json.dumps(list(ENVIRONMENTS.values())),
        cwd=tmp_path_factory.mktemp("start"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(zip(ENVIRONMENTS, map(tuple, json.loads(done.stdout)), strict=True))


def test_production_starts_with_a_complete_environment(answers):
    assert answers["complete"] == ("", 0)


@pytest.mark.parametrize("name", MISSING)
def test_missing_variable_stops_the_start_by_its_name(name, answers):
    said, status = answers[name]
    assert status == 1
    assert f"{name}: Field required" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_production_refuses_settings_of_the_demo_by_name(name, value, answers):
    said, status = answers[f"{name}={value}"]
    assert status == 1
    assert name in said
    assert "Traceback" not in said


def test_whole_environment_of_the_demo_is_refused_in_production(answers):
    said, status = answers["demo"]
    assert status == 1
    assert "SECRET_KEY" in said


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
