"""A unit's own list comes in, comes again, is changed on both sides, and is handed back where it is wrong."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coi_desktop.errors import Problem
from coi_desktop.models.import_decisions import Decision
from coi_desktop.models.import_plan import ImportPlan
from coi_desktop.models.import_report import ImportReport, Level, Outcome
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record
from coi_desktop.operations import initiatives, registers, table_imports
from coi_desktop.store.register import Register
from tests.exchange.table_makers import MESSY_LIST, write_messy_workbook, write_workbook


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    clock = iter(range(10**6))
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: datetime(2026, 11, 22, 12, 0, next(clock) % 60, tzinfo=UTC)
    ) as made:
        yield made


def write_list(path: Path, *rows: Sequence[object]) -> Path:
    """A text file of these rows, the headings first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def take_in(register: Register, path: Path, **options: Any) -> ImportReport:
    return run_to_end(table_imports.import_table(register, path, **options))


def counts(report: ImportReport) -> dict[str, int]:
    return {outcome.value: count for outcome, count in report.counts.items() if count}


def plan(register: Register, path: Path) -> ImportPlan:
    table = run_to_end(table_imports.read_table(path))
    suggestion, _ = table_imports.suggest_mapping(register, table)
    return table_imports.plan_table_import(register, table, suggestion.mapping)


def apply(register: Register, path: Path, decisions: Mapping[int, Decision]) -> ImportReport:
    done = run_to_end(table_imports.apply_table_import(register, plan(register, path), decisions))
    register.catch_up(done.changes)
    return done.report


def find(register: Register, title: str) -> Record:
    return next(one for one in register.find(Query("initiative")) if one["title"] == title)


def titles(register: Register) -> list[str]:
    return [one.text("title") for one in register.find(Query("initiative"))]


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


# --------------------------------------------------------------------------------------------- three-way

HEADINGS = ("Id", "Titel", "Afdeling", "Budget")


def three_way(
    register: Register, path: Path, *, local: int | None, incoming: object
) -> tuple[dict[str, int], Decimal]:
    """Import a budget of 100, change it here and in the list, and import again."""
    take_in(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", "100"]))
    one = find(register, "Et")
    if local is not None:
        initiatives.edit_field(register, one.id, "budget", Decimal(local))
    report = take_in(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", incoming]))
    return counts(report), register.get("initiative", one.id)["budget"]


@pytest.mark.parametrize(
    ("local", "incoming", "outcome", "budget"),
    [
        (None, "100", "identical", 100),
        (None, "200", "updated", 200),
        (None, "", "updated", None),
        (300, "100", "kept", 300),
        (300, "300", "identical", 300),
        (300, "200", "conflict", 300),
    ],
)
def test_fields_are_compared_three_ways(
    register: Register, tmp_path: Path, local: int | None, incoming: str, outcome: str, budget: int | None
) -> None:
    assert three_way(register, tmp_path / "liste.csv", local=local, incoming=incoming) == (
        {outcome: 1},
        budget,
    )


def test_what_was_kept_stays_kept_and_a_conflict_stays_open(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    three_way(register, path, local=300, incoming="200")
    report = take_in(register, path)
    assert counts(report) == {"conflict": 1}
    assert report.problems[0].column == "Budget"
    assert find(register, "Et")["budget"] == 300


@pytest.mark.parametrize(
    ("side", "budget", "outcome"), [("local", 300, "kept"), ("incoming", 200, "updated")]
)
def test_decided_conflict_is_settled_for_good(
    register: Register, tmp_path: Path, side: str, budget: int, outcome: str
) -> None:
    path = tmp_path / "liste.csv"
    three_way(register, path, local=300, incoming="200")
    assert counts(apply(register, path, {2: Decision(fields={"budget": side})})) == {outcome: 1}
    assert find(register, "Et")["budget"] == budget
    assert counts(take_in(register, path)) == {"kept" if side == "local" else "identical": 1}


def test_row_in_conflict_is_left_whole(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    take_in(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", "100"]))
    initiatives.edit_field(register, find(register, "Et").id, "budget", Decimal(300))
    take_in(register, write_list(path, HEADINGS, ["1", "Et", "Skole", "200"]))
    assert find(register, "Et")["department"] == "Kultur"


def test_update_of_the_phase_brings_its_stage_and_day_along(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    take_in(register, write_list(path, ["Titel", "Fase"], ["Et", "Idé"]))
    assert find(register, "Et")["stage"] == "idea"
    take_in(register, write_list(path, ["Titel", "Fase"], ["Et", "Udvikling og afprøvning"]))
    found = find(register, "Et")
    assert (found["phase"], found["stage"], found["phase_since"]) == ("develop", "trial", date(2026, 11, 22))


# ---------------------------------------------------------------------------------------------- matching


def test_title_corrected_here_is_still_the_same_row(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ["Titel", "Afdeling"], ["Skærmbesog", "Ældre"])
    take_in(register, path)
    initiatives.edit_field(register, find(register, "Skærmbesog").id, "title", "Skærmbesøg")
    assert counts(take_in(register, path)) == {"kept": 1}
    assert titles(register) == ["Skærmbesøg"]


def test_case_file_number_finds_an_initiative_before_its_title(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Et andet navn", "journal_number": "27.00-P20-1"})
    path = write_list(tmp_path / "liste.csv", ["Titel", "ESDH-nr."], ["Skærmbesøg", "27.00-p20-1 "])
    report = take_in(register, path)
    assert counts(report) == {"conflict": 1}
    assert titles(register) == ["Et andet navn"]


def test_case_file_shared_by_several_rows_identifies_none(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ["Titel", "ESDH"], ["Et", "27.00"], ["To", "27.00"])
    assert counts(take_in(register, path)) == {"new": 2}
    assert counts(take_in(register, path)) == {"identical": 2}


def test_title_and_department_find_what_was_entered_by_hand(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Ærø på nettet", "department": "Kultur"})
    path = write_list(
        tmp_path / "liste.csv", ["Titel", "Afdeling", "Budget"], ["ÆRØ  på nettet", "kultur", "5,5"]
    )
    report = take_in(register, path)
    assert report.count(Outcome.NEW) == 0
    assert len(titles(register)) == 1


def test_same_ids_in_two_lists_are_two_things(register: Register, tmp_path: Path) -> None:
    take_in(register, write_list(tmp_path / "sundhed.csv", ["Id", "Titel"], ["1", "Skærmbesøg"]))
    take_in(register, write_list(tmp_path / "skole.csv", ["Id", "Titel"], ["1", "Lejrskole"]))
    assert {one["external_source"] for one in register.find(Query("initiative"))} == {"sundhed", "skole"}


def test_list_saved_under_another_date_is_the_same_list(register: Register, tmp_path: Path) -> None:
    take_in(register, write_list(tmp_path / "liste 2026-03.csv", ["Id", "Titel"], ["1", "Skærmbesøg"]))
    again = write_list(
        tmp_path / "Liste 2026-11 v2.csv", ["Titel", "Ny", "Id"], ["Skærmbesøg hjemme", "x", "1"]
    )
    assert counts(take_in(register, again)) == {"updated": 1}


def test_doubled_rows_are_told_and_go_in_once(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ["Titel", "Afdeling"], ["Et", "A"], ["et ", "a"], ["Et", "B"])
    report = take_in(register, path)
    assert counts(report) == {"new": 2, "rejected": 1}
    assert "2" in report.problems[0].reason


def test_lookalike_waits_for_a_decision(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Skærmbesøg i hjemmeplejen"})
    path = write_list(
        tmp_path / "liste.csv", ["Titel", "Ejer"], ["Skærmbesøg i hjemmepleje", "Chef"], ["Natur", ""]
    )
    report = take_in(register, path)
    assert counts(report) == {"new": 1, "lookalike": 1}
    assert "Skærmbesøg i hjemmeplejen" in report.problems[0].reason
    like = find(register, "Skærmbesøg i hjemmeplejen").id
    assert counts(apply(register, path, {2: Decision("same", like)})) == {"updated": 1, "identical": 1}
    assert find(register, "Skærmbesøg i hjemmeplejen")["owner"] == "Chef"
    assert counts(take_in(register, path)) == {"kept": 1, "identical": 1}


def test_lookalike_goes_in_as_new_by_decision_or_by_the_mapping(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Skærmbesøg i hjemmeplejen"})
    path = write_list(tmp_path / "liste.csv", ["Titel"], ["Skærmbesøg i hjemmepleje"])
    assert counts(apply(register, path, {2: Decision("new")})) == {"new": 1}
    assert counts(take_in(register, path)) == {"identical": 1}
    other = write_list(
        tmp_path / "anden.csv", ["Titel"], ["Skærmbesøg i hjemmeplejen!!"], ["Skærmbesog i hjemmeplejen"]
    )
    mapping = tmp_path / "m.json"
    mapping.write_text(
        json.dumps({"lookalikes": "new", "columns": [{"heading": "Titel", "field": "title"}]}),
        encoding="utf-8",
    )
    assert take_in(register, other, mapping_file=mapping).count(Outcome.LOOKALIKE) == 0


def test_rows_a_list_tells_apart_by_id_are_no_lookalikes(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    take_in(register, write_list(path, ["Id", "Titel"], ["1", "Lokal chatbot for borgere"]))
    rows = (["1", "Lokal chatbot for borgere"], ["2", "Lokal chatbot for borgerne"])
    assert counts(take_in(register, write_list(path, ["Id", "Titel"], *rows))) == {"identical": 1, "new": 1}


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


# ----------------------------------------------------------------------------------------------- rejects


def test_bad_rows_are_handed_back_as_they_were_with_reason_and_remedy(
    register: Register, tmp_path: Path
) -> None:
    rejects = tmp_path / "afvist.xlsx"
    take_in(register, write_messy_workbook(tmp_path / "liste.xlsx"), rejects=rejects)
    rows = CalamineWorkbook.from_path(str(rejects)).get_sheet_by_index(0).to_python()
    assert rows[0][:11] == [*MESSY_LIST.read_text(encoding="utf-8").splitlines()[2].split(";")]
    assert len(rows) == 6
    assert [row[0] for row in rows[1:]] == ["P-009", "P-010", "P-011", "P-002", "I alt"]
    assert [row[11:13] for row in rows[1:]] == [["liste", place] for place in (13, 14, 15, 17, 18)]
    assert rows[3][5] == "31-02-2025"
    assert all(row[13] and row[14] for row in rows[1:])


def test_corrected_rejects_can_be_imported_as_they_are(register: Register, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", [["Titel", "Start", "Budget"], ["Et", "i går", 7.5], ["To", date(2025, 1, 1), 8]]
    )
    rejects = tmp_path / "afvist.xlsx"
    take_in(register, path, rejects=rejects)
    book = openpyxl.load_workbook(rejects)
    book.active["B2"] = "1-2-2025"
    book.save(rejects)
    assert counts(take_in(register, rejects)) == {"new": 1}
    assert (find(register, "Et")["start"], find(register, "Et")["budget"]) == (
        date(2025, 2, 1),
        Decimal("7.5"),
    )


def test_text_of_strangers_never_becomes_a_formula_in_the_rejects(register: Register, tmp_path: Path) -> None:
    nasty = [
        "=1+1",
        "+45 12",
        "-x",
        "@SUM(A1)",
        "{=1}",
        "http://x.invalid",
        "external:\\\\evil\\s.xlsx",
        "\u202efdp",
    ]
    good = [[f"God {number}", "2025"] for number in range(10)]
    path = write_list(tmp_path / "a.csv", ["Titel", "Start"], *good, *[[text, "i går"] for text in nasty])
    rejects = tmp_path / "r.xlsx"
    take_in(register, path, rejects=rejects)
    sheet = openpyxl.load_workbook(rejects).active
    assert [cell.value for cell in sheet["A"][1:]] == nasty
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_without_bad_rows_there_is_no_workbook_of_rejects(register: Register, tmp_path: Path) -> None:
    take_in(register, write_list(tmp_path / "a.csv", ["Titel"], ["Et"]), rejects=tmp_path / "r.xlsx")
    assert not (tmp_path / "r.xlsx").exists()


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


def test_plan_is_worked_out_anew_when_it_is_carried_out(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", HEADINGS, ["1", "Et", "Kultur", "100"])
    take_in(register, path)
    early = plan(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", "200"]))
    assert early.rows[0].outcome is Outcome.UPDATED
    initiatives.edit_field(register, find(register, "Et").id, "budget", Decimal(300))
    done = run_to_end(table_imports.apply_table_import(register, early))
    assert counts(done.report) == {"conflict": 1}
    assert find(register, "Et")["budget"] == 300


WORDS = st.sampled_from(("Skærmbesøg", "Skærmbesøgg", "Natur", "Natur 2", "Ærø på nettet", ""))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("", "1", "2", "3")),
        WORDS,
        st.sampled_from(("", "Kultur", "Skole")),
        st.sampled_from(("", "27.00", "27.01")),
        st.sampled_from(("", "100", "1,5", "1.234", "x")),
        st.sampled_from(("", "Pilot", "Idé", "Tja")),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS)
def test_any_list_changes_nothing_the_second_time_and_undo_takes_it_back(
    tmp_path: Path, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    path, headings = tmp_path / "liste.csv", ["Id", "Titel", "Afdeling", "ESDH-nr.", "Budget", "Status"]
    (tmp_path / "r.coi").unlink(missing_ok=True)
    mapping = tmp_path / "m.json"
    fields = ("external_id", "title", "department", "journal_number", "budget", "status")
    columns = [{"heading": heading, "field": name} for heading, name in zip(headings, fields, strict=True)]
    mapping.write_text(json.dumps({"source": "liste", "columns": columns}), encoding="utf-8")
    with registers.create_register(tmp_path / "r.coi") as register:
        for rows in (first, second):
            if not any(any(row) for row in rows):
                continue
            before = [one.values for one in register.find(Query("initiative"))]
            write_list(path, headings, *rows)
            revision = register.revision
            take_in(register, path, mapping_file=mapping)
            after, done = [one.values for one in register.find(Query("initiative"))], register.revision
            again = take_in(register, path, mapping_file=mapping)
            assert again.count(Outcome.NEW) == again.count(Outcome.UPDATED) == 0
            assert register.revision == done
            assert [one.values for one in register.find(Query("initiative"))] == after
            if done > revision:
                register.undo()
                assert [one.values for one in register.find(Query("initiative"))] == before
                register.redo()
                assert [one.values for one in register.find(Query("initiative"))] == after


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
