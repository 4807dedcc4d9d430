"""A unit's own list comes in, comes again, and says what it does not say plainly."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.import_report import Level
from coi_desktop.models.query import Query
from coi_desktop.operations import initiatives, registers, table_imports
from coi_desktop.store.register import Register
from tests.exchange.table_makers import MESSY_LIST, write_messy_workbook, write_workbook
from tests.operations.table_lists import counts, find, plan, take_in, titles, write_list


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    clock = iter(range(10**6))
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: datetime(2026, 11, 22, 12, 0, next(clock) % 60, tzinfo=UTC)
    ) as made:
        yield made


# ----------------------------------------------------------------------------------------- the messy list


@pytest.mark.parametrize("form", ["xlsx", "csv", "cp1252"])
def test_messy_list_comes_in_and_the_second_time_changes_nothing(
    register: Register, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "projektliste.csv"
    if form == "xlsx":
        path = write_messy_workbook(tmp_path / "projektliste.xlsx")
    else:
        path.write_bytes(MESSY_LIST.read_text(encoding="utf-8").encode("utf-8" if form == "csv" else form))
    assert counts(take_in(register, path)) == {"new": 9, "rejected": 5}
    revision = register.revision
    assert counts(take_in(register, path)) == {"identical": 9, "rejected": 5}
    assert register.revision == revision


def test_every_value_of_the_messy_list_is_the_one_a_person_would_read(register: Register) -> None:
    take_in(register, MESSY_LIST)
    first = find(register, "Skærmbesøg i hjemmeplejen")
    assert {name: first[name] for name in ("department", "owner", "phase", "status", "stage", "field")} == {
        "department": "Ældre og Sundhed",
        "owner": "Centerchef",
        "phase": "operate",
        "status": "active",
        "stage": "operating",
        "field": "health",
    }
    assert (first["start"], first["planned_end"]) == (date(2023, 11, 22), date(2024, 12, 31))
    assert first["budget"] == Decimal("1234567.50")
    assert (first["external_source"], first["external_id"]) == ("messy list", "P-001")
    assert first["journal_number"] == "27.00.00-P20-1-23"
    budgets = {one.text("external_id"): one["budget"] for one in register.find(Query("initiative"))}
    assert budgets["P-004"] == Decimal(1250)
    assert budgets["P-012"] == Decimal(20000)
    starts = {one.text("external_id"): one["start"] for one in register.find(Query("initiative"))}
    assert [starts[f"P-00{number}"] for number in (2, 3, 5, 6, 7)] == [
        date(2025, 3, 1), date(2022, 2, 1), date(2026, 1, 1), date(2024, 8, 1), date(2021, 5, 5),
    ]  # fmt: skip
    assert find(register, "Fælles sommerskole")["planned_end"] == date(2025, 6, 30)
    assert find(register, "Natur som medicin")["stage"] == "stopped"
    assert "\n" in find(register, "Digital byggesag").text("description")


def test_problems_name_sheet_row_column_value_reason_and_remedy(register: Register, tmp_path: Path) -> None:
    report = take_in(register, write_messy_workbook(tmp_path / "liste.xlsx"))
    errors = [problem.to_json() for problem in report.problems if problem.level is Level.ERROR]
    assert [(error["row"], error["column"], error["value"]) for error in errors] == [
        (13, "Startdato", "uge 12"),
        (14, "Projektnavn", None),
        (15, "Startdato", "31-02-2025"),
        (17, "Projektnavn", "Ærø på nettet igen"),
        (18, None, None),
    ]
    assert all(error["sheet"] == "Projekter 2026" and error["reason"] and error["remedy"] for error in errors)
    notes = [problem for problem in report.problems if problem.level is Level.NOTE and problem.row]
    assert {(note.row, note.column, note.value) for note in notes} == {
        (16, "Status", "Måske"),
        (16, "Område", "Noget helt tredje"),
    }
    found = find(register, "Stille cykler")
    assert (found["status"], found["phase"], found["field"]) == (None, None, None)


def test_report_tells_the_mapping_and_what_is_not_stored(register: Register, tmp_path: Path) -> None:
    path = write_list(
        tmp_path / "liste.csv",
        ["Navn", "Budget", "Farve", "Tom"],
        ["Et", "1.234", "rød", ""],
        ["To", "1,5", "blå", ""],
    )
    plain = take_in(register, path, dry_run=True).to_json()
    assert plain["applied"] is False
    assert register.count("initiative") == 0
    fields = {column["heading"]: column["field"] for column in plain["mapping"]["columns"]}
    assert fields == {"Navn": "title", "Budget": "budget"}
    assert plain["mapping"]["columns"][1]["number_form"] == "comma"
    assert [(one["column"], one["heading"], one["reason"]) for one in plain["unmapped"]] == [
        ("C", "Farve", "unknown"),
        ("D", "Tom", "empty"),
    ]
    json.dumps(plain)


def test_import_is_one_step_that_undo_takes_back_whole(register: Register) -> None:
    initiatives.add_initiative(register, {"title": "Var her før"})
    take_in(register, MESSY_LIST)
    assert register.next_undo[0].name == "table.import"
    register.undo()
    assert titles(register) == ["Var her før"]
    assert register.count("import_source") == register.count("import_layout") == 0
    register.redo()
    assert register.count("initiative") == 10
    assert counts(take_in(register, MESSY_LIST)) == {"identical": 9, "rejected": 5}


# ------------------------------------------------------------------------------------- mapping and memory


def test_mapping_is_remembered_for_the_layout(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", ["Navn", "Hvem"], ["Et", "Chef"])
    mapping = tmp_path / "m.json"
    plain = {
        "source": "min liste",
        "columns": [{"heading": "Navn", "field": "title"}, {"heading": "Hvem", "field": "owner"}],
    }
    mapping.write_text(json.dumps(plain), encoding="utf-8")
    take_in(register, path, mapping_file=mapping)
    assert find(register, "Et")["owner"] == "Chef"
    other = write_list(tmp_path / "b.csv", ["HVEM", "Navn:"], ["Leder", "To"])
    report = take_in(register, other)
    assert find(register, "To")["owner"] == "Leder"
    assert report.to_json()["mapping"]["source"] == "min liste"


def test_column_that_was_empty_is_read_when_it_is_filled(register: Register, tmp_path: Path) -> None:
    path, headings = tmp_path / "a.csv", ["Titel", "Slutdato", "Ejer"]
    mapping = tmp_path / "m.json"
    columns = [{"heading": "Titel", "field": "title"}, {"heading": "Ejer", "field": None}]
    mapping.write_text(json.dumps({"columns": columns}), encoding="utf-8")
    take_in(register, write_list(path, headings, ["Et", "", "Chef"]), mapping_file=mapping)
    report = take_in(register, write_list(path, headings, ["Et", "1-2-2026", "Chef"]))
    assert counts(report) == {"updated": 1}
    found = find(register, "Et")
    assert (found["planned_end"], found["owner"]) == (date(2026, 2, 1), None)


def test_ambiguous_numbers_are_rejected_unless_the_mapping_says(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", ["Titel", "Budget"], ["Et", "1.234"], ["To", "500"])
    report = take_in(register, path)
    assert counts(report) == {"new": 1, "rejected": 1}
    assert titles(register) == ["To"]
    mapping = tmp_path / "m.json"
    plain = report.to_json()
    plain["mapping"]["columns"][1]["number_form"] = "comma"
    mapping.write_text(json.dumps(plain), encoding="utf-8")
    assert counts(take_in(register, path, mapping_file=mapping)) == {"new": 1, "identical": 1}
    assert find(register, "Et")["budget"] == Decimal(1234)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"columns": [], "columns": []}', b"\xff\xfe\x00", b"[" * 100_000]
)
def test_mapping_file_that_is_no_mapping_is_a_problem(
    register: Register, tmp_path: Path, content: bytes
) -> None:
    mapping = tmp_path / "m.json"
    mapping.write_bytes(content)
    with pytest.raises(Problem) as caught:
        take_in(register, MESSY_LIST, mapping_file=mapping)
    assert caught.value.code == "bad_mapping"
    with pytest.raises(Problem):
        take_in(register, MESSY_LIST, mapping_file=tmp_path / "vaek.json")
    assert register.revision == 0


def test_list_without_titles_or_rows_is_a_problem(register: Register, tmp_path: Path) -> None:
    for rows, code in (
        ([["Budget", "Start"], ["1", "2025"]], "no_title_column"),
        ([["Titel", "Afdeling"]], "no_rows"),
    ):
        with pytest.raises(Problem) as caught:
            take_in(register, write_list(tmp_path / "a.csv", *rows))
        assert caught.value.code == code


def test_row_of_text_with_too_many_fields_is_rejected(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Titel,Budget\nEt,1\nTo,2,500\nTre,3\n", encoding="utf-8")
    assert counts(take_in(register, path)) == {"new": 2, "rejected": 1}


def test_formula_without_result_keeps_its_row_out_and_is_told(register: Register, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["Titel", "Budget"], ["Et", "=1+1"], ["To", 5]])
    report = take_in(register, path)
    assert counts(report) == {"new": 1, "rejected": 1}
    assert [problem.row for problem in report.problems] == [0, 2]


def test_personal_numbers_and_mail_addresses_are_noted_and_masked(register: Register, tmp_path: Path) -> None:
    path = write_list(
        tmp_path / "a.csv", ["Titel", "Beskrivelse"], ["Et", "Ring til 010180-1234 eller a@b.dk"]
    )
    report = take_in(register, path)
    assert counts(report) == {"new": 1}
    assert {problem.level for problem in report.problems} == {Level.NOTE}
    assert len(report.problems) == 2
    shown = json.dumps(report.to_json())
    assert "010180" not in shown
    assert "a@b.dk" not in shown
    path = write_list(tmp_path / "b.csv", ["Titel", "Status"], ["To", "se 010180-1234"])
    assert "010180" not in json.dumps(take_in(register, path).to_json()["problems"])


def test_headings_of_strangers_are_only_headings(register: Register, tmp_path: Path) -> None:
    odd = ['Titel"); DROP TABLE initiative;--', "%s", "{0}", "Titel", "=1+1"]
    report = take_in(
        register, write_list(tmp_path / "a.csv", odd, ["a", "b", "c", "Et", "e"]), rejects=tmp_path / "r.xlsx"
    )
    assert titles(register) == ["Et"]
    assert [one["heading"] for one in report.to_json()["unmapped"]] == [*odd[:3], odd[4]]


# ------------------------------------------------------------------------- a catalogue of many made-up cases

STATES = ("Pilot", "Implemented", "In development", "Not in use anymore", "Planned", "In production")
SECTORS = ("Health", "Education", "Social protection", "Economic affairs", "General public services")


def write_catalogue(path: Path, count: int) -> Path:
    """Made-up cases in the shape of a European catalogue: doubled and empty columns, years, odd blanks."""
    headings = [
        "entry_type", "id", "name", "url", "contact", "description", "geocoverage", "lead_organisation_name",
        "start_date", "end_date", "primary_sector", "technology", "status", "lead_organisation:name",
    ]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        for number in range(count):
            name = f"Sag {number}\nnr. {number}" if number == 7 else f"Chatbot nr. {number} for \u200bborgere"
            unit = f"Kommune {number % 30}" if number % 20 else ""
            writer.writerow(
                [
                    "case",
                    10_000 + number,
                    name,
                    "\u00a0" if number % 5 else "https://x.invalid/\nb",
                    "",
                    f'En lang, "citeret" tekst\nmed linjer om sag {number}. ' * (number % 40 + 1),
                    "Denmark",
                    unit,
                    2007 + number % 15,
                    "2021.0" if number % 6 == 0 else "",
                    SECTORS[number % 5],
                    "Artificial intelligence",
                    STATES[number % 6],
                    unit,
                ]
            )
    return path


def test_whole_catalogue_comes_in_and_the_second_time_nothing_is_new(
    register: Register, tmp_path: Path
) -> None:
    path = write_catalogue(tmp_path / "cases.csv", 300)
    report = take_in(register, path)
    assert counts(report) == {"new": 300}
    assert counts(take_in(register, path)) == {"identical": 300}
    assert register.revision == 1
    stages = Counter(one["stage"] for one in register.find(Query("initiative")))
    assert stages == {"trial": 100, "implemented": 50, "stopped": 50, "idea": 50, "operating": 50}
    assert find(register, "Sag 7 nr. 7")["start"] == date(2014, 1, 1)
    assert find(register, "Chatbot nr. 6 for borgere")["planned_end"] == date(2021, 12, 31)


def test_an_import_stopped_at_any_step_changes_nothing(register: Register, tmp_path: Path) -> None:
    """The last step stores the rows: whoever stops there gets all of them, never some unseen."""
    planned = plan(register, write_workbook(tmp_path / "a.xlsx", [["Titel"], ["Et"], ["To"]]))
    before = register.revision
    for stopped_after in range(1, 20):
        job = table_imports.apply_table_import(register, planned)
        try:
            for _step in range(stopped_after):
                next(job)
        except StopIteration as end:
            register.catch_up(end.value.changes)
            break
        job.close()
        with register.open_beside() as beside:
            assert beside.revision == before
    assert register.count("initiative") == 2
