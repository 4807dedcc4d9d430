"""``import-table`` as scripts meet it: counts and problems as JSON, exit codes, rejects, dry runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.exchange.table_makers import MESSY_LIST, protected_workbook, write_messy_workbook


def coi(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coi_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "LC_ALL": "da_DK.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "r.coi"
    assert coi("new", path).returncode == 0
    return path


def take_in(register: Path, table: Path, *options: object) -> tuple[int, dict[str, Any]]:
    done = coi("import-table", register, table, "--json", *options)
    return done.returncode, json.loads(done.stdout)


def test_good_rows_go_in_and_bad_rows_come_back(register: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "afvist.xlsx"
    code, report = take_in(register, write_messy_workbook(tmp_path / "liste.xlsx"), "--rejects", rejects)
    assert code == 0
    outcomes = ("new", "identical", "updated", "kept", "conflict", "lookalike", "rejected")
    assert [report[name] for name in outcomes] == [9, 0, 0, 0, 0, 0, 5]
    assert {"sheet", "row", "column", "value", "reason", "remedy", "level"} <= set(report["problems"][0])
    assert len(CalamineWorkbook.from_path(str(rejects)).get_sheet_by_index(0).to_python()) == 6
    listed = json.loads(coi("list", register, "--json").stdout)
    assert len(listed) == 9
    assert "Ærø på nettet" in {one["title"] for one in listed}


def test_second_time_nothing_is_new_and_nothing_to_undo_is_added(register: Path) -> None:
    take_in(register, MESSY_LIST)
    before = register.read_bytes()
    code, report = take_in(register, MESSY_LIST)
    assert (code, report["new"], report["identical"]) == (0, 0, 9)
    assert register.read_bytes() == before
    assert coi("undo", register).returncode == 0
    assert json.loads(coi("list", register, "--json").stdout) == []


def test_dry_run_changes_nothing(register: Path) -> None:
    before = register.read_bytes()
    code, report = take_in(register, MESSY_LIST, "--dry-run")
    assert (code, report["new"], report["applied"]) == (0, 9, False)
    assert register.read_bytes() == before


def test_mapping_of_a_dry_run_can_be_changed_and_used(register: Path, tmp_path: Path) -> None:
    _, report = take_in(register, MESSY_LIST, "--dry-run")
    for column in report["mapping"]["columns"]:
        if column["heading"] == "Bemærkninger":
            column["field"] = "lesson"
    mapping = tmp_path / "m.json"
    mapping.write_text(json.dumps(report["mapping"]), encoding="utf-8")
    assert take_in(register, MESSY_LIST, "--mapping", mapping)[0] == 0
    [found] = json.loads(coi("list", register, "--search", "snerydning", "--json").stdout)
    [other] = json.loads(coi("list", register, "--search", "medicin", "--json").stdout)
    shown = json.loads(coi("show", register, other["id"], "--json").stdout)["initiative"]
    assert (found["status"], shown["lesson"], shown["description"]) == ("active", "lærte meget", None)


def test_exit_code_is_1_when_nothing_could_go_in(register: Path, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Titel;Budget\nEt;1.234\nTo;5.678\n", encoding="utf-8")
    code, report = take_in(register, table)
    assert (code, report["rejected"]) == (1, 2)


@pytest.mark.parametrize(
    ("name", "content"), [("laast.xlsx", protected_workbook()), ("tom.csv", b""), ("x.xlsx", b"PK\x03\x04..")]
)
def test_file_that_is_no_list_is_refused_in_danish_without_a_traceback(
    register: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    before = register.read_bytes()
    done = coi("import-table", register, tmp_path / name, "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert name in done.stderr
    assert "Intet er importeret eller ændret." in done.stderr
    assert "Traceback" not in done.stderr
    assert register.read_bytes() == before


def test_handing_back_never_replaces_the_list_or_the_register(register: Path, tmp_path: Path) -> None:
    table = write_messy_workbook(tmp_path / "liste.xlsx")
    for target in (table, register):
        before = table.read_bytes(), register.read_bytes()
        done = coi("import-table", register, table, "--rejects", target)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 3
        assert (table.read_bytes(), register.read_bytes()) == before


def test_rows_that_are_in_are_not_denied_when_the_others_cannot_be_handed_back(
    register: Path, tmp_path: Path
) -> None:
    (tmp_path / "optaget").write_text("en fil, hvor mappen skulle være")
    table = write_messy_workbook(tmp_path / "liste.xlsx")
    done = coi("import-table", register, table, "--rejects", tmp_path / "optaget" / "afvist.xlsx")
    assert done.returncode == 1
    assert "Intet er ændret" not in done.stderr
    assert "er i registret" in done.stderr
    assert len(json.loads(coi("list", register, "--json").stdout)) == 9


def test_a_known_column_that_is_not_read_is_told_of(register: Path, tmp_path: Path) -> None:
    table = tmp_path / "liste.csv"
    table.write_text("Titel;Startdato\nEn;snart\nTo;ring 010190-1234\n", encoding="utf-8")
    code, report = take_in(register, table)
    assert (code, report["new"]) == (0, 2)
    assert report["unmapped"] == [{"column": "B", "heading": "Startdato", "reason": "unfitting"}]
    [note] = report["problems"]
    assert (note["level"], note["row"], note["column"], note["value"]) == ("note", 2, "Startdato", "snart")


def test_corrected_rows_still_belong_to_their_list(register: Path, tmp_path: Path) -> None:
    """A row keeps its id, its list and the reviewed mapping on the way out and back."""
    table, rejects, mapping = tmp_path / "projekter.csv", tmp_path / "retur.xlsx", tmp_path / "m.json"
    table.write_text("Nr;Titel;Beløb i alt\n1;Ens;1.000\n2;Ens;ca. 5\n3;Tre;ca. 7\n", encoding="utf-8")
    columns = [
        {"heading": "Nr", "field": "external_id"},
        {"heading": "Titel", "field": "title"},
        {"heading": "Beløb i alt", "field": "budget", "number_form": "comma"},
    ]
    mapping.write_text(json.dumps({"columns": columns}), encoding="utf-8")
    code, report = take_in(register, table, "--mapping", mapping, "--rejects", rejects)
    assert (code, report["new"], report["rejected"]) == (0, 1, 2)

    book = openpyxl.load_workbook(rejects)
    assert [cell.value for cell in book.active[1]][3:5] == ["Listens navn", "Række i listen"]
    book.active["C2"], book.active["C3"] = "5.000", 7000
    book.save(tmp_path / "rettet.xlsx")
    code, report = take_in(register, tmp_path / "rettet.xlsx")
    assert (code, report["new"], report["mapping"]["source"]) == (0, 2, "projekter")
    listed = json.loads(coi("list", register, "--json").stdout)
    assert sorted((one["external_id"], one["budget"]) for one in listed) == [
        ("1", 1000),
        ("2", 5000),
        ("3", 7000),
    ]

    table.write_text("Nr;Titel;Beløb i alt\n1;Ens;1.000\n2;Ens;5.000\n3;Tre;7.000\n", encoding="utf-8")
    code, report = take_in(register, table)
    assert (code, report["identical"], report["mapping"]["columns"][2]["field"]) == (0, 3, "budget")


def test_a_column_of_thousands_is_told_of_and_never_stored_as_kroner(register: Path, tmp_path: Path) -> None:
    table = tmp_path / "liste.csv"
    table.write_text("Titel;Budget (t.kr.)\nEn;150\n", encoding="utf-8")
    code, report = take_in(register, table)
    assert (code, report["new"]) == (0, 1)
    assert report["unmapped"] == [{"column": "B", "heading": "Budget (t.kr.)", "reason": "other_measure"}]
    [note] = report["problems"]
    assert (note["level"], note["row"], note["value"]) == ("note", 2, "150")
    assert json.loads(coi("list", register, "--json").stdout)[0]["budget"] is None
