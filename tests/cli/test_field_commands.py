"""Own fields from the command line: added, listed, filled, removed, and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import coi, coi_json


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "r.coi"
    assert coi("new", path).returncode == 0
    return path


def test_a_field_is_added_listed_and_removed_into_the_trash(register: Path) -> None:
    made = coi_json(
        "field", "add", register, "Udvalg", "--kind", "choice", "--english", "Committee",
        "--choice", "Kultur", "--choice", "Børn og unge", "--section", "people", "--json",
    )  # fmt: skip
    assert made["name"].startswith("own_")
    assert [one["key"] for one in made["choices"]] == ["kultur", "boern_og_unge"]
    [listed] = coi_json("field", "list", register, "--json")
    assert listed == made
    assert "Udvalg" in coi("field", "list", register).stdout
    ended = coi("field", "remove", register, "udvalg")
    assert ended.returncode == 0
    assert "papirkurven" in ended.stdout
    assert coi_json("field", "list", register, "--json") == []
    assert any(one["title"] == "Udvalg" for one in coi_json("trash", register, "--json"))


def test_what_cannot_be_done_says_so_and_changes_nothing(register: Path) -> None:
    assert coi("field", "add", register, "Titel").returncode == 1
    assert coi("field", "remove", register, "Udvalg").returncode == 1
    assert coi("field", "add", register, "Udvalg", "--choice", "Kultur").returncode == 2
    assert coi("field", "add", register, "Udvalg", "--kind", "colour").returncode == 2
    assert coi_json("field", "list", register, "--json") == []
