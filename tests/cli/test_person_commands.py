"""The people of a register from the command line: listed, found, erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.operations.people import add_person
from coi_desktop.store.register import Register
from tests.cli.test_commands import coi, coi_json
from tests.store.making import add


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "r.coi"
    with Register.create(path) as register:
        add(register, "Robot", owner="Kirsten Åberg", problem="Kirsten Åbergs idé", leader="Bo Ek")
        add_person(register, {"name": "Kirsten Åberg", "email": "ki@x.example", "may_contact": True})
    return path


def test_persons_lists_records_and_names_without_one(path: Path) -> None:
    found = coi_json("persons", path, "--json")
    assert [one["name"] for one in found["persons"]] == ["Kirsten Åberg"]
    assert found["unlisted"] == [{"name": "Bo Ek", "times": 1}]
    shown = coi("persons", path).stdout
    assert "Bo Ek" in shown
    assert "ki@x.example" in shown


def test_find_person_writes_every_place(path: Path) -> None:
    ended = coi("find-person", path, "Kirsten Aaberg", "--format", "csv")
    assert ended.returncode == 0, ended.stderr
    assert "Robot · Problem;Kirsten Åbergs idé" in ended.stdout
    assert "Person · E-mail;ki@x.example" in ended.stdout


def test_erase_person_first_shows_and_then_erases_with_a_receipt(path: Path) -> None:
    before = path.read_bytes()
    shown = coi("erase-person", path, "Kirsten Åberg", "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert "Tiltag · Ejer" in shown.stdout
    assert path.read_bytes() == before
    done = coi("erase-person", path, "Kirsten Åberg", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Kvittering for sletning" in done.stdout
    assert b"berg" not in path.read_bytes()
    assert coi("find-person", path, "Kirsten Åberg", "--format", "json").stdout.strip() == "[]"
    assert coi("check", path).returncode == 0
    assert coi("undo", path).returncode == 0


def test_erase_person_wants_to_be_told_which(path: Path) -> None:
    for arguments in ((), ("--yes", "--dry-run")):
        assert coi("erase-person", path, "Bo Ek", *arguments).returncode == 2
