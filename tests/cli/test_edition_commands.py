"""What another edition has is brought over by the command as it is in the window."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.registers import create_register, open_register
from tests.cli.test_commands import coi


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path, str]:
    path, other = tmp_path / "register.coi", tmp_path / "register-PC2.coi"
    with create_register(path) as register:
        robot = add_initiative(register, {"title": "Robot", "owner": "Anna"})
    shutil.copy(path, other)
    with open_register(other) as there:
        add_initiative(there, {"title": "Kun der"})
        edit_field(there, robot, "owner", "Dorte")
    with open_register(path) as register:
        edit_field(register, robot, "owner", "Erik")
    return path, other, robot


def test_a_trial_says_what_would_happen_and_changes_nothing(editions: tuple[Path, Path, str]) -> None:
    path, other, _robot = editions
    before = path.read_bytes(), other.read_bytes()
    done = coi("import-edition", path, other, "--dry-run", "--json")
    told = json.loads(done.stdout)
    assert (told["new"], told["conflicts"], done.returncode) == (1, 1, 1)
    assert (path.read_bytes(), other.read_bytes()) == before


def test_conflicts_are_left_until_a_side_is_named(editions: tuple[Path, Path, str]) -> None:
    path, other, robot = editions
    assert coi("import-edition", path, other).returncode == 1
    with open_register(path) as register:
        assert register.count("initiative") == 2
        assert register.get("initiative", robot)["owner"] == "Erik"
    done = coi("import-edition", path, other, "--conflicts", "other")
    assert (done.returncode, done.stderr) == (0, "")
    with open_register(path) as register:
        assert register.get("initiative", robot)["owner"] == "Dorte"
    assert coi("undo", path).returncode == 0


def test_a_file_that_is_none_is_a_sentence(editions: tuple[Path, Path, str], tmp_path: Path) -> None:
    (tmp_path / "skrald.coi").write_bytes(b"nej")
    done = coi("import-edition", editions[0], tmp_path / "skrald.coi")
    assert (done.returncode, done.stdout) == (1, "")
    assert "skrald.coi" in done.stderr
