"""The command line as its users meet it: the program as a process, exit codes, JSON on stdout only."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.records import Values
from coi_desktop.operations.initiatives import add_initiative, remove_initiative
from coi_desktop.operations.packs import export_pack
from coi_desktop.operations.registers import create_register, open_register


def coi(*arguments: object, language: str = "da_DK.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the program and return what it said."""
    environment = {**os.environ, "LC_ALL": language, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "coi_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=environment,
    )


def coi_json(*arguments: object) -> Any:
    """What a command wrote as JSON; it must have ended well."""
    ended = coi(*arguments)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def stored(path: Path, search: str = "") -> dict[str, Values]:
    """The values of the initiatives by id, read without the command line."""
    with open_register(path, write=False) as register:
        return {one.id: one.values for one in register.find(Query("initiative", search))}


def test_new_never_writes_over_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "r.coi"
    path.write_bytes(b"noget vigtigt")
    ended = coi("new", path)
    assert ended.returncode == 1
    assert "findes allerede" in ended.stderr
    assert path.read_bytes() == b"noget vigtigt"


def test_list_gives_an_array_with_the_promised_keys(sample: Path) -> None:
    found = coi_json("list", sample, "--json")
    assert len(found) == 12
    assert all({"id", "title", "phase", "status"} <= set(one) for one in found)
    assert [one["title"] for one in coi_json("list", sample, "--search", "PLEJE skærm", "--json")] == [
        "Skærmbesøg i hjemmeplejen"
    ]


def test_show_tells_the_demo_case_by_a_prefix_of_its_id(sample: Path) -> None:
    [record_id] = stored(sample, "skærmbesøg")
    shown = coi_json("show", sample, record_id[:8], "--json")
    [evaluation] = shown["evaluations"]
    assert shown["initiative"]["title"] == "Skærmbesøg i hjemmeplejen"
    assert (evaluation["economy"]["npv"], evaluation["economy"]["npv_incl_capacity"]) == (
        -141564.39,
        50074.52,
    )
    assert evaluation["economy"]["payback"] is None
    assert (evaluation["evidence"]["level"], evaluation["evidence"]["ceiling"]) == (3, 5)
    assert [one["status"] for one in evaluation["indicators"]] == ["on_the_way", "reached", "wrong_way"]
    assert evaluation["indicators"][0]["effect"] == -19
    assert len(evaluation["indicators"][0]["measurements"]) == 4
    assert evaluation["conclusion"]["lesson1"]


@pytest.mark.parametrize("typed", ["3f", "00000000", "ikke-et-id"])
def test_an_id_that_fits_nothing_is_a_problem_with_advice(sample: Path, typed: str) -> None:
    ended = coi("show", sample, typed, "--json")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.strip()
    assert "Traceback" not in ended.stderr


def test_undo_and_redo_outlive_the_program(tmp_path: Path) -> None:
    path = tmp_path / "r.coi"
    assert coi("new", path, "--sample").returncode == 0
    assert coi("undo", path).returncode == 0
    assert stored(path) == {}
    assert coi("undo", path).returncode == 1
    assert coi("redo", path).returncode == 0
    assert len(stored(path)) == 12
    assert coi_json("history", path, "--json")[0]["label"].startswith("Gentag")


def test_a_wrong_index_is_found_and_made_anew_from_the_records(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("DELETE FROM initiative_search WHERE rowid = 1")
        connection.commit()
    assert coi("check", sample).returncode == 1
    done = coi("check", sample, "--repair-index")
    assert (done.returncode, "Skærmbesøg" in coi("list", sample, "--search", "hjemmepl").stdout) == (0, True)
    assert coi("check", sample).returncode == 0


def test_check_and_backup_prove_a_register(sample: Path, tmp_path: Path) -> None:
    assert coi("check", sample).returncode == 0
    copy = tmp_path / "kopi.coi"
    assert coi("backup", sample, copy).returncode == 0
    assert stored(copy) == stored(sample)
    assert coi("backup", sample, copy).returncode == 1


@pytest.mark.parametrize("content", [b"", b"\0" * 8192, b"ingen database", b"SQLite format 3\0" + b"x" * 500])
def test_a_file_that_is_no_register_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.coi"
    path.write_bytes(content)
    for command in ("list", "check", "undo"):
        ended = coi(command, path)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr.strip()
        assert "Traceback" not in ended.stderr
    assert path.read_bytes() == content


def test_wrong_usage_is_told_from_problems() -> None:
    assert coi("no-such-command").returncode == 2
    assert coi("list").returncode == 2
    assert coi("export-workbook", "x", "y", "--lang", "fr").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "a", "b"), "Uventet ekstra argument (b)"),
        (("list", "a", "b", "c"), "Uventede ekstra argumenter (b c)"),
        (("export-workbook", "x", "y", "--lang", "fr"), "'fr' er ikke en af 'da', 'en'."),
        (("list", "x", "--search"), "Valget '--search' skal have en værdi."),
        (("list", "x", "--json=1"), "Valget '--json' tager ingen værdi."),
    ],
)
def test_wrong_usage_is_told_in_danish(arguments: tuple[str, ...], words: str) -> None:
    assert words in coi(*arguments).stderr


@pytest.mark.parametrize(
    ("language", "word"), [("da_DK.UTF-8", "Brug:"), ("C", "Brug:"), ("en_GB.UTF-8", "Usage:")]
)
def test_help_follows_the_locale(language: str, word: str) -> None:
    ended = coi("--help", language=language)
    assert ended.returncode == 0
    assert word in ended.stdout
    for name in ("new", "list", "show", "import-table", "export-workbook", "self-test"):
        assert name in ended.stdout


@pytest.mark.parametrize("command", ["import-table", "import-pack", "export-pack", "undo", "redo"])
def test_a_register_that_is_damaged_in_another_place_is_not_written_into(
    sample: Path, tmp_path: Path, command: str
) -> None:
    table, pack = tmp_path / "liste.csv", tmp_path / "p.coipack"
    table.write_text("Titel\nEn ny\n", encoding="utf-8")
    with open_register(sample) as register:
        run_to_end(export_pack(register, pack))
    with closing(sqlite3.connect(sample)) as connection:
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
        [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'partner'").fetchone()
    content = bytearray(sample.read_bytes())
    content[(root - 1) * page_size : root * page_size] = bytes(page_size)
    sample.write_bytes(content)
    more = {"import-table": [table], "import-pack": [pack], "export-pack": [tmp_path / "ud.coipack"]}
    ended = coi(command, sample, *more.get(command, []))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "sikkerhedskopi" in ended.stderr
    assert sample.read_bytes() == content
    assert not (tmp_path / "ud.coipack").exists()


def test_a_workbook_with_a_personal_number_is_written_and_told_of_on_stderr(tmp_path: Path) -> None:
    with create_register(tmp_path / "r.coi") as register:
        for title in ("Ring til 010190-1234", "To"):
            add_initiative(register, {"title": title})
    ended = coi("export-workbook", tmp_path / "r.coi", tmp_path / "p.xlsx")
    assert (ended.returncode, ended.stdout.strip()) == (0, str(tmp_path / "p.xlsx"))
    assert "CPR-nummer" in ended.stderr
    assert "010190" not in ended.stderr


def test_what_was_removed_is_listed_and_comes_back(sample: Path) -> None:
    before = stored(sample)
    [record_id] = stored(sample, "skærmbesøg")
    with open_register(sample) as register:
        remove_initiative(register, record_id)
    [removed] = coi_json("trash", sample, "--json")
    assert (removed["type"], removed["id"]) == ("initiative", record_id)
    assert "1 evaluering" in removed["with"]
    ended = coi("restore-item", sample, record_id[:8])
    assert ended.returncode == 0, ended.stderr
    assert "er tilbage" in ended.stdout
    assert coi_json("trash", sample, "--json") == []
    assert stored(sample) == before
    assert coi("restore-item", sample, record_id[:8]).returncode == 1


def test_fields_are_set_by_name_or_label_and_emptied(sample: Path) -> None:
    [record_id] = stored(sample, "skærmbesøg")
    done = coi_json("set", sample, record_id[:8], "Budget=1.250,50", "ejer=Ældreområdet", "leader=", "--json")
    assert {one["field"]: one["after"] for one in done["changes"]}["budget"] == 1250.5
    values = stored(sample)[record_id]
    assert (values["budget"], values["owner"], values["leader"]) == (Decimal("1250.50"), "Ældreområdet", None)
    refused = coi("set", sample, record_id[:8], "fase=Robot")
    assert refused.returncode == 1
    assert "Robot" in refused.stderr
    assert stored(sample)[record_id] == values


def test_bulk_set_shows_before_it_changes_and_is_one_step(sample: Path) -> None:
    before = stored(sample)
    trial = coi("bulk-set", sample, "--search", "pleje", "owner=Vi", "--add-tag", "ny", "--dry-run")
    assert trial.returncode == 0, trial.stderr
    assert "Ændrer" in trial.stdout
    assert stored(sample) == before
    done = coi_json("bulk-set", sample, "--search", "pleje", "owner=Vi", "--add-tag", "ny", "--json")
    changed = {one["id"] for one in done["changes"]}
    assert changed == stored(sample, "pleje").keys()
    with open_register(sample) as register:
        register.undo()
    assert stored(sample) == before
    found = coi_json("bulk-set", sample, "--filter", "fase er Idé", "owner=Vi", "--dry-run", "--json")
    ideas = {record_id for record_id, values in before.items() if values["phase"] == "idea"}
    assert {one["id"] for one in found["changes"]} == ideas
    assert coi("bulk-set", sample, "owner=Vi").returncode == 2
    assert coi("bulk-set", sample, "--all").returncode == 2


def test_merge_shows_before_it_merges_and_the_other_goes_to_the_trash(sample: Path) -> None:
    before = stored(sample)
    keep, other = list(before)[:2]
    trial = coi_json("merge", sample, keep[:8], other[:8], "--field", "title=other", "--dry-run", "--json")
    assert trial["fields"]["title"]["choice"] == "other"
    assert stored(sample) == before
    done = coi("merge", sample, keep[:8], other[:8], "--field", "titel=other")
    assert done.returncode == 0, done.stderr
    assert stored(sample).keys() == before.keys() - {other}
    assert [one["id"] for one in coi_json("trash", sample, "--json")] == [other]
    with open_register(sample) as register:
        register.undo()
    assert stored(sample) == before
    assert coi("merge", sample, keep[:8], keep[:8]).returncode == 1
    assert coi("merge", sample, keep[:8], other[:8], "--field", "title=mine").returncode == 1
