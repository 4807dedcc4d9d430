"""Measurements come in from tables of every shape, answers as sums only, and twice is as once."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.import_report import Level, Outcome
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations import measure_imports, registers
from coi_desktop.operations.answering import add_row
from coi_desktop.store.register import Register
from tests.exchange.table_makers import write_workbook
from tests.operations.measure_tables import (
    LABELS,
    measurements,
    start,
    take_in,
    write_csv,
    write_survey,
)
from tests.operations.table_lists import counts

LONG = (
    ("Dato", "Indikator", "Værdi", "Antal svar", "Gruppe", "Kilde"),
    ("uge 34 2026", "Transporttid", "1 t 14 min", "12", "", "Ruteplan"),
    ("3. kvartal 2026", "transporttid", "52", "12", "Nord", "Ruteplan"),
    ("12.3.26", "Tilfredshed", "4,1", "30", "", ""),
    ("marts 2026", "Bruger skærmen", "82 %", "30", "", ""),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    clock = iter(range(10**6))
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: datetime(2026, 11, 22, 12, 0, next(clock) % 60, tzinfo=UTC)
    ) as made:
        yield made


@pytest.fixture
def evaluation_id(register: Register) -> str:
    return start(register)


def values(register: Register, evaluation_id: str, name: str, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(one[field] for field in fields) for one in measurements(register, evaluation_id, name)]


# ------------------------------------------------------------------------------------------- rows and cells


def test_long_table_comes_in_with_danish_dates_units_and_groups(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    assert counts(take_in(register, evaluation_id, write_csv(tmp_path / "m.csv", *LONG))) == {"new": 4}
    found = values(register, evaluation_id, "Transporttid", "date", "value", "n", "subgroup", "source")
    assert found == [
        (date(2026, 8, 23), Decimal(74), 12, None, "Ruteplan"),
        (date(2026, 9, 30), Decimal(52), 12, "Nord", "Ruteplan"),
    ]
    assert values(register, evaluation_id, "Tilfredshed", "date", "value") == [
        (date(2026, 3, 12), Decimal("4.1"))
    ]
    assert values(register, evaluation_id, "Bruger skærmen", "date", "value", "series") == [
        (date(2026, 3, 31), Decimal(82), "initiative")
    ]


def test_twice_is_as_once_and_all_of_it_is_one_step(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "m.csv", *LONG)
    take_in(register, evaluation_id, path)
    revision = register.revision
    assert counts(take_in(register, evaluation_id, path)) == {"identical": 4}
    assert register.revision == revision
    register.undo()
    assert register.count("measurement") == 0


@pytest.mark.parametrize(
    "row",
    [
        ("12.3.26", "Tilfredshed", "6"),
        ("12.3.26", "Transporttid", "82 %"),
        ("12.3.26", "Bruger skærmen", "0,82"),
        ("12.3.26", "Ukendt mål", "3"),
        ("snart", "Tilfredshed", "3"),
        ("", "Tilfredshed", "3"),
        ("12.3.26", "Tilfredshed", "tre"),
    ],
)
def test_row_that_cannot_be_read_stays_out_and_says_why(
    register: Register, evaluation_id: str, tmp_path: Path, row: tuple[str, ...]
) -> None:
    good = ("12.3.26", "Transporttid", "74")
    path = write_csv(tmp_path / "m.csv", ("Dato", "Indikator", "Værdi"), good, row, good)
    report = take_in(register, evaluation_id, path)
    assert (report.count(Outcome.NEW), report.count(Outcome.REJECTED)) == (1, 1)
    (fault,) = (problem for problem in report.problems if problem.level is Level.ERROR)
    assert fault.row == 3
    assert fault.reason
    assert fault.remedy


def test_wide_tables_have_a_column_an_indicator_or_a_column_a_date(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    by_indicator = [
        ["Måned", "Transporttid", "Tilfredshed (1-5)"],
        ["januar 2026", 74, 4.1],
        ["februar 2026", 70, None],
    ]
    by_date = [["Indikator", "jan 2026", "marts 2026"], ["Transporttid", 74, 52], ["Tilfredshed", None, 4.2]]
    first = take_in(register, evaluation_id, write_workbook(tmp_path / "a.xlsx", by_indicator))
    assert counts(first) == {"new": 3}
    second = take_in(register, evaluation_id, write_workbook(tmp_path / "b.xlsx", by_date))
    assert counts(second) == {"new": 2, "identical": 1}
    assert values(register, evaluation_id, "Transporttid", "date", "value") == [
        (date(2026, 1, 31), Decimal(74)), (date(2026, 2, 28), Decimal(70)), (date(2026, 3, 31), Decimal(52)),
    ]  # fmt: skip


def test_measurement_that_is_there_is_kept_filled_up_or_in_conflict(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    (indicator, *_others) = register.children("indicator", evaluation_id)
    row = {"indicator_id": indicator.id, "date": date(2026, 3, 12), "value": Decimal(74)}
    add_row(register, evaluation_id, "collect.measurements", row)
    heads = ("Dato", "Indikator", "Værdi", "Antal svar")
    filled = write_csv(tmp_path / "a.csv", heads, ("12.3.26", "Transporttid", "74", "9"))
    assert counts(take_in(register, evaluation_id, filled)) == {"updated": 1}
    other = write_csv(tmp_path / "b.csv", heads, ("12.3.26", "Transporttid", "70", "9"))
    assert counts(take_in(register, evaluation_id, other)) == {"conflict": 1}
    assert values(register, evaluation_id, "Transporttid", "value", "n") == [(Decimal(74), 9)]
    table = run_to_end(measure_imports.read_measure_table(other))
    ready = measure_imports.prepare(register, evaluation_id, table)
    mapping = measure_imports.suggest(register, evaluation_id, ready)[0].mapping
    plan = measure_imports.plan_measure_import(register, evaluation_id, ready, mapping)
    assert plan.rows[0].conflicts == ("value",)
    done = run_to_end(measure_imports.apply_measure_import(register, evaluation_id, plan, {0}))
    register.catch_up(done.changes)
    assert values(register, evaluation_id, "Transporttid", "value", "n") == [(Decimal(70), 9)]


def test_same_measurement_twice_in_a_table_is_told(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    one, other = ("12.3.26", "Transporttid", "74"), ("12-03-2026", "Transporttid", "70")
    path = write_csv(tmp_path / "m.csv", ("Dato", "Indikator", "Værdi"), one, one, other)
    assert counts(take_in(register, evaluation_id, path)) == {"new": 1, "identical": 1, "rejected": 1}


# ------------------------------------------------------------------------------------------------ answers


def test_answers_in_words_come_in_summed_up_and_by_group(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    path = write_survey(tmp_path / "svar.xlsx")
    report = take_in(register, evaluation_id, path, options={"day": date(2026, 3, 20)})
    sheet = openpyxl.load_workbook(path).active
    asked = [(row[1], row[2]) for row in list(sheet.iter_rows(values_only=True))[2:]]
    everybody = [1 + LABELS.index(label) for _group, label in asked if label in LABELS]
    north = [1 + LABELS.index(label) for group, label in asked if label in LABELS and group == "Nord"]
    found = {one.text("subgroup"): one for one in measurements(register, evaluation_id, "Tilfredshed")}
    for group, expected in (("", everybody), ("Nord", north)):
        assert found[group]["n"] == len(expected)
        assert abs(float(found[group]["value"]) - statistics.fmean(expected)) < 0.0001
        assert abs(float(found[group]["sd"]) - statistics.stdev(expected)) < 0.0001
    assert "Vest" not in found  # three people
    assert report.count(Outcome.REJECTED) == 2
    (shares, *_groups) = measurements(register, evaluation_id, "Bruger skærmen")
    assert (shares["n"], shares["sd"]) == (40, None)
    assert shares.text("distribution").startswith("Ja: ")


def test_codes_with_words_and_bare_numbers_are_steps_of_the_scale(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    marks = ["5 - Meget tilfreds", "4", 4, "1: Meget utilfreds", "Ved ikke", None, "3"]
    path = write_workbook(
        tmp_path / "s.xlsx", [["Id", "Tilfredshed"], *([f"p{at}", mark] for at, mark in enumerate(marks))]
    )
    take_in(register, evaluation_id, path, options={"day": date(2026, 3, 20)})
    assert values(register, evaluation_id, "Tilfredshed", "n", "value") == [(5, Decimal("3.4"))]


def test_answer_that_nobody_knows_keeps_its_question_out_until_it_is_said_what_it_stands_for(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    marks = ["Nogenlunde", "Nogenlunde", "5", "4", "3", "2", "1"]
    rows = [["Id", "Tilfredshed"], *([f"p{at}", mark] for at, mark in enumerate(marks))]
    path = write_workbook(tmp_path / "s.xlsx", rows)
    options = {"day": date(2026, 3, 20)}
    report = take_in(register, evaluation_id, path, options=options, dry_run=True)
    assert counts(report) == {"rejected": 1}
    assert "Nogenlunde" in next(one.reason for one in report.problems if one.level is Level.ERROR)
    plain = report.to_json()["mapping"]
    (answers,) = (one for one in plain["columns"] if one["field"] == "answer:Tilfredshed")
    answers["choices"] = {"Nogenlunde": "3"}
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(plain), encoding="utf-8")
    assert counts(take_in(register, evaluation_id, path, mapping_file=mapping)) == {"new": 1}
    assert values(register, evaluation_id, "Tilfredshed", "n", "value") == [(7, Decimal(3))]
    assert counts(take_in(register, evaluation_id, path, options=options)) == {"identical": 1}  # remembered


def test_numbers_are_averaged_and_what_is_none_is_not_counted(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    minutes = ["1:30", "90", "60 min", "ca. en time", "", "Ved ikke", "30", "30"]
    rows = [("Respondent", "Transporttid"), *((f"k{at}", text) for at, text in enumerate(minutes))]
    report = take_in(
        register, evaluation_id, write_csv(tmp_path / "s.csv", *rows),
        options={"day": date(2026, 3, 20), "shape": "answers"},
    )  # fmt: skip
    found = values(register, evaluation_id, "Transporttid", "n", "value", "distribution")
    assert found == [(5, Decimal(60), None)]
    assert any(one.level is Level.NOTE and "5" in one.reason for one in report.problems)


def test_ticked_options_are_shares_of_those_who_answered(register: Register, tmp_path: Path) -> None:
    evaluation_id = start(
        register, {"name": "Telefon", "measure": "percent"}, {"name": "Mail", "measure": "percent"}
    )
    rows = [["Respondent", "Kanaler: Telefon", "Kanaler: Mail"]]
    rows += [[str(at), "Telefon" if at < 4 else None, "Mail" if 2 <= at < 8 else None] for at in range(10)]
    rows += [["blank", None, None]]
    take_in(
        register, evaluation_id, write_workbook(tmp_path / "s.xlsx", rows), options={"day": date(2026, 3, 20)}
    )
    assert values(register, evaluation_id, "Telefon", "n", "value") == [(8, Decimal(50))]
    assert values(register, evaluation_id, "Mail", "n", "value") == [(8, Decimal(75))]


def test_fewer_than_five_answers_are_never_kept(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    rows = [["Id", "Tilfredshed"], *([f"p{at}", 5] for at in range(4))]
    report = take_in(
        register, evaluation_id, write_workbook(tmp_path / "s.xlsx", rows),
        options={"day": date(2026, 3, 20), "shape": "answers"},
    )  # fmt: skip
    assert counts(report) == {"rejected": 1}
    assert register.count("measurement") == 0


# ----------------------------------------------------------------------------------------- two rounds, paired

BEFORE = (3, 2, 4, 3, 1, 5)
AFTER = (4, 4, 4, 5, 2, 5)


def _paired(register: Register, evaluation_id: str) -> tuple[object, ...]:
    found = measurements(register, evaluation_id, "Tilfredshed")
    assert [one["n"] for one in found] == [6, 6]
    assert found[0]["paired_n"] is None
    return found[1]["paired_n"], found[1]["paired_sd"]


def _expected() -> tuple[int, Decimal]:
    spread = statistics.stdev(after - before for before, after in zip(BEFORE, AFTER, strict=True))
    return 6, Decimal(str(round(spread, 4)))


def test_two_files_are_paired_by_key_and_the_first_gives_the_baseline(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    first = [["Nøgle", "Tilfredshed"], *([f"k{at}", mark] for at, mark in enumerate(BEFORE))]
    second = [["Tilfredshed", "Nøgle"], *([mark, f" K{at} "] for at, mark in enumerate(AFTER))]
    options = {"day": date(2026, 9, 1), "before_day": date(2026, 3, 1)}
    after, before = tmp_path / "efter.xlsx", write_workbook(tmp_path / "før.xlsx", first)
    write_workbook(after, second)
    take_in(register, evaluation_id, after, before=before, options=options)
    assert _paired(register, evaluation_id) == _expected()
    indicator = next(
        one for one in register.children("indicator", evaluation_id) if one["name"] == "Tilfredshed"
    )
    assert [indicator[name] for name in ("baseline", "baseline_n", "baseline_date", "baseline_status")] == [
        Decimal(3), 6, date(2026, 3, 1), "measured",
    ]  # fmt: skip
    revision = register.revision
    take_in(register, evaluation_id, after, before=before, options=options)
    assert register.revision == revision


def test_rows_of_both_rounds_in_one_file_are_paired(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["Runde", "Deltager", "Dato", "Tilfredshed"]]
    rows += [["Før", f"k{at}", date(2026, 3, 1), mark] for at, mark in enumerate(BEFORE)]
    rows += [["Efter", f"k{at}", date(2026, 9, 1), mark] for at, mark in enumerate(AFTER)]
    take_in(register, evaluation_id, write_workbook(tmp_path / "s.xlsx", rows))
    assert _paired(register, evaluation_id) == _expected()
    assert values(register, evaluation_id, "Tilfredshed", "date") == [
        (date(2026, 3, 1),),
        (date(2026, 9, 1),),
    ]


def test_rounds_beside_each_other_are_paired_by_row(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    rows = [["Tilfredshed før", "Tilfredshed efter"], *map(list, zip(BEFORE, AFTER, strict=True))]
    options = {"day": date(2026, 9, 1), "before_day": date(2026, 3, 1)}
    take_in(register, evaluation_id, write_workbook(tmp_path / "s.xlsx", rows), options=options)
    assert _paired(register, evaluation_id) == _expected()


def test_changed_minds_are_counted_and_keys_that_stand_twice_are_not_paired(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    before, after = "JNNNNNJJ", "JJJNNNNJ"
    rows: list[list[object]] = [["Runde", "Nøgle", "Bruger skærmen"]]
    for part, answers in (("Før", before), ("Efter", after)):
        rows += [[part, f"k{at}", "Ja" if one == "J" else "Nej"] for at, one in enumerate(answers)]
    rows += [["Efter", "k7", "Nej"]]
    options = {"day": date(2026, 9, 1), "before_day": date(2026, 3, 1)}
    take_in(register, evaluation_id, write_workbook(tmp_path / "s.xlsx", rows), options=options)
    last = measurements(register, evaluation_id, "Bruger skærmen")[-1]
    assert [last[name] for name in ("paired_n", "paired_gained", "paired_lost")] == [7, 2, 1]


def test_files_of_two_rounds_need_the_same_headings(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    first = write_workbook(tmp_path / "a.xlsx", [["Nøgle", "Glæde"], *([f"k{at}", 3] for at in range(6))])
    second = write_workbook(
        tmp_path / "b.xlsx", [["Nøgle", "Tilfredshed"], *([f"k{at}", 3] for at in range(6))]
    )
    with pytest.raises(Problem) as caught:
        take_in(register, evaluation_id, second, before=first)
    assert caught.value.code == "headings_differ"


# -------------------------------------------------------------------------------------------------- persons


def test_personal_columns_are_refused_with_advice_and_never_suggested(
    register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    rows = [["CPR-nummer", "Tilfredshed"], *([f"01019{at}-1234", 3] for at in range(6))]
    path = write_workbook(tmp_path / "s.xlsx", rows)
    report = take_in(
        register, evaluation_id, path, options={"day": date(2026, 3, 1), "shape": "answers"}, dry_run=True
    )
    assert [one["field"] for one in report.to_json()["mapping"]["columns"]] == ["answer:Tilfredshed"]
    assert any("CPR-nummer" in one.reason for one in report.problems)
    plain = report.to_json()["mapping"]
    plain["columns"].append({"heading": "CPR-nummer", "field": "key"})
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        take_in(register, evaluation_id, path, mapping_file=mapping)
    assert caught.value.code == "personal_column"
    assert caught.value.advice
    assert register.count("measurement") == 0


def _everything_on_disk(register: Register, folder: Path) -> bytes:
    """The register and whatever lies beside it, as bytes."""
    return b"".join(
        path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".xlsx"
    )


def test_nothing_of_single_answers_keys_or_names_reaches_the_disk(
    register: Register, evaluation_id: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = write_survey(tmp_path / "før.xlsx", seed=1)
    second = write_survey(tmp_path / "efter Anna Holm.xlsx", seed=2)
    options = {"day": date(2026, 9, 1), "before_day": date(2026, 3, 1)}
    with caplog.at_level("DEBUG"):
        take_in(register, evaluation_id, second, before=first, options=options)
    register.undo()
    register.redo()
    assert measurements(register, evaluation_id, "Tilfredshed")[-1]["paired_n"]
    secrets = ["NØGLE-0", "nøgle-0", "Ordret svar", "Anna Holm", "Vest"]
    disk = _everything_on_disk(register, tmp_path)
    assert b"Meget tilfreds" in disk  # the words of a fixed answer are remembered
    for secret in secrets:
        assert secret.encode() not in disk
        assert secret not in caplog.text
    # the control: what is stored is found in this way
    add_row(register, evaluation_id, "collect.findings", {"text": "Ordret svar fra NØGLE-001"})
    assert b"Ordret svar" in _everything_on_disk(register, tmp_path)


def test_layout_is_remembered_without_dates(register: Register, evaluation_id: str, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "svar.xlsx")
    take_in(register, evaluation_id, path, options={"day": date(2026, 3, 20)})
    (layout,) = register.find(Query("import_layout"))
    assert "2026-03" not in layout.text("mapping")
    ready = measure_imports.prepare(
        register, evaluation_id, run_to_end(measure_imports.read_measure_table(path))
    )
    assert measure_imports.suggest(register, evaluation_id, ready)[1]
