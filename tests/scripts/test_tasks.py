"""What is loaded stands in one list, and a start does again only what changed."""

from pathlib import Path

import yaml
from django.core.management import get_commands

from scripts import tasks
from scripts.places import ROOT


def test_every_task_is_a_command_made_from_files_that_exist():
    known = get_commands()
    for task in tasks.ALL:
        assert task.command[0] in known
        assert [pattern for pattern in task.sources if not any(ROOT.glob(pattern))] == [], task.name


def test_production_loads_the_vocabularies_and_nothing_else():
    """docker-compose.yml cannot read the list, so it is compared."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    script = compose["services"]["migrate"]["command"][-1].strip().splitlines()
    wanted = [["migrate", "--noinput"], *(list(task.command) for task in tasks.VOCABULARIES)]
    assert [line.split()[2:] for line in script] == wanted


def test_what_was_done_is_not_done_again_but_for_another_database_or_changed_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    source = tmp_path / "promotori/data/themes.yaml"
    source.parent.mkdir(parents=True)
    source.write_text("one")
    static = tmp_path / "static-root"

    def outstanding(database: str) -> list[str]:
        return [task.name for task in tasks.Stamps(tmp_path / "stamps.json").outstanding(database, static)]

    assert outstanding("first") == [task.name for task in tasks.ALL]
    static.mkdir()
    stamps = tasks.Stamps(tmp_path / "stamps.json")
    for task in tasks.ALL:
        stamps.set(task, "first", static)
    assert outstanding("first") == []
    assert outstanding("second") == [task.name for task in tasks.ALL if not task.in_files]
    source.write_text("two")
    assert outstanding("first") == ["Vocabularies", "Themes", "Edition II (2021)"]
    static.rmdir()
    assert "Static files" in outstanding("first")


def test_damaged_file_of_stamps_means_that_nothing_is_done(tmp_path):
    (tmp_path / "stamps.json").write_text("{")
    assert len(tasks.Stamps(tmp_path / "stamps.json").outstanding("any", Path("none"))) == len(tasks.ALL)
