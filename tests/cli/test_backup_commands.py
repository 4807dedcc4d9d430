"""Backups on the command line: written, listed, compared and restored."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_commands import coi, coi_json


@pytest.fixture
def register(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_file, tmp_path / "register.coi"))


def count(path: Path) -> int:
    """How many initiatives there are."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM initiative").fetchone()[0])


def test_a_backup_is_written_listed_and_restored(register: Path, tmp_path: Path) -> None:
    place = tmp_path / "drev"
    place.mkdir()
    written = coi("backup", register, "--elsewhere", place)
    assert written.returncode == 0, written.stderr
    assert Path(written.stdout.strip()).is_file()
    assert len(list(place.rglob("*.coi"))) == 1
    (tmp_path / "liste.csv").write_text("Titel;Fase\nNyt tiltag;Idé\n", encoding="utf-8")
    assert coi("import-table", register, tmp_path / "liste.csv").returncode == 0

    (backup,) = coi_json("backups", register, "--json")
    assert (backup["sequence"], backup["reason"], backup["elsewhere"]) == (1, "asked", False)
    assert "Efter ønske" in coi("backups", register, "--check").stdout

    told = coi("restore", register, "1", "--dry-run")
    assert told.stdout.startswith("Kopien har 1 tiltag")
    assert count(register) == 13
    done = coi("restore", register, "1")
    assert done.returncode == 0, done.stderr
    assert count(register) == 12
    assert [one["reason"] for one in coi_json("backups", register, "--json")] == ["restore", "asked"]
    assert coi("restore", register, "2").returncode == 0
    assert count(register) == 13


def test_a_register_that_is_gone_or_emptied_comes_back(register: Path) -> None:
    assert coi("backup", register).returncode == 0
    register.write_bytes(b"")
    assert coi("check", register).returncode == 1
    assert coi("restore", register, "1").returncode == 0
    assert count(register) == 12
    register.unlink()
    assert coi("restore", register, "1").returncode == 0
    assert coi("check", register).returncode == 0


def test_something_large_is_backed_up_first_and_a_dry_run_is_not(register: Path, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("Titel;Fase\nNyt tiltag;Idé\n", encoding="utf-8")
    assert coi("import-table", register, tmp_path / "liste.csv", "--dry-run").returncode == 0
    assert coi_json("backups", register, "--json") == []
    assert coi("import-table", register, tmp_path / "liste.csv").returncode == 0
    assert coi("bulk-set", register, "--all", "owner=Team Digital").returncode == 0
    assert [one["reason"] for one in coi_json("backups", register, "--json")] == ["bulk", "import"]


def test_what_is_not_there_is_said_and_changes_nothing(register: Path) -> None:
    before = register.read_bytes()
    ended = coi("restore", register, "7")
    assert ended.returncode == 1
    assert "ingen sikkerhedskopi 7" in ended.stderr
    assert coi("backups", register).returncode == 0
    assert register.read_bytes() == before
