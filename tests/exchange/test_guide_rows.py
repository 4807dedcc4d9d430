from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl

from coi_desktop.models.plan_versions import plan_of, plan_text
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.library import guide
from tests.exchange.workbook_makers import (
    beside,
    find_cell,
    make_record,
    make_snapshot,
    read_with_openpyxl,
    table_under,
    write_demo,
)


def make_evaluation(*records: Record) -> Snapshot:
    return make_snapshot(
        make_record("initiative", "i1", title="T", phase="develop", status="active"),
        make_record("evaluation", "e1", initiative_id="i1", title="E", depth="standard"),
        *records,
    )


def sheets_of(snapshot: Snapshot, folder: Path) -> dict[str, dict[str, Any]]:
    return read_with_openpyxl(write_demo(snapshot, folder / "t.xlsx", title="T"))


def test_unexpected_findings_are_named_and_stand_out_also_when_the_table_is_sorted(demo: Path) -> None:
    sheet = openpyxl.load_workbook(demo)["Fund og log"]
    rows = table_under(read_with_openpyxl(demo)["Fund og log"], "Fund", "Dato")
    unexpected = [row for row in rows if row["Ventet?"] == "Uventet"]
    assert unexpected
    assert all(row["Ventet?"] in ("Uventet", "Ja", None) for row in rows)
    ((place, (rule,)),) = ((one.sqref, one.rules) for one in sheet.conditional_formatting)
    head = find_cell(read_with_openpyxl(demo)["Fund og log"], "Ventet?")
    first = int(head.lstrip("ABCDEFGHIJ")) + 1
    assert rule.formula == [f'${head.rstrip("0123456789")}{first}="Uventet"']
    assert str(place).startswith(f"A{first}:")
    assert rule.dxf.font.b


def test_a_finding_tells_where_and_for_whom(tmp_path: Path) -> None:
    snapshot = make_evaluation(
        make_record("finding", "f1", evaluation_id="e1", text="De ringer oftere", place="Ribe",
                    group_code="relative", theme="kontakt", sign="+"),
    )  # fmt: skip
    (row,) = table_under(sheets_of(snapshot, tmp_path)["Fund og log"], "Fund", "Dato")
    assert (row["Sted"], row["For hvem?"], row["Tema"]) == ("Ribe", "Pårørende", "kontakt")


def test_versions_of_the_plan_stand_with_reason_and_what_moved(tmp_path: Path) -> None:
    def indicator(target: int) -> Record:
        return make_record("indicator", "x1", evaluation_id="e1", name="Ventetid",
                           target_likely=Decimal(target))  # fmt: skip

    old = make_evaluation(indicator(50))
    plan = plan_text(plan_of(old, old.get("evaluation", "e1"), guide("evaluation")))
    snapshot = make_evaluation(
        indicator(45),
        make_record("evaluation_version", "v1", evaluation_id="e1", version=1, reason="Ny bevilling",
                    saved_at=datetime(2026, 5, 4, 9, tzinfo=UTC), snapshot_json=plan),
    )  # fmt: skip
    (row,) = table_under(sheets_of(snapshot, tmp_path)["Fund og log"], "Gemte udgaver af planen", "Udgave")
    assert (row["Udgave"], row["Gemt"], row["Grund"]) == (1, date(2026, 5, 4), "Ny bevilling")
    assert "50 → 45" in row["Anderledes i den næste"]


def test_questions_are_shown_with_the_methods_and_indicators_that_answer_them(tmp_path: Path) -> None:
    snapshot = make_evaluation(
        make_record("question", "q1", evaluation_id="e1", text="Blev det bedre?", priority="primary"),
        make_record("question", "q2", evaluation_id="e1", text="For hvem?"),
        make_record("indicator", "x1", evaluation_id="e1", name="Ventetid", question_id="q1"),
        make_record("method_use", "m1", evaluation_id="e1", method="interview", status="done"),
        make_record("method_question", "k1", method_use_id="m1", question_id="q2"),
        make_record("answer", "a1", question_id="q1", short="yes"),
        make_record("measurement", "o1", indicator_id="x1", date=date(2026, 6, 1), value=Decimal(3), n=4),
        make_record("answer_source", "s1", answer_id="a1", measurement_id="o1"),
    )
    sheets = sheets_of(snapshot, tmp_path)
    first, second = table_under(sheets["Spørgsmål"], "Hvad besvares med hvad?", "Spørgsmål")
    assert (first["Indikatorer"], second["Indikatorer"]) == (1, 0)
    assert [row.get("Interview") for row in (first, second)] == [None, "●"]
    (sure,) = table_under(sheets["Spørgsmål"], "Hvor sikre er svarene?", "Spørgsmål")
    assert sure["Bygger på"] == "Ventetid 01-06-2026"
    (method,) = table_under(sheets["Metodeplan"], "Metoder", "Metode")
    assert (method["Spørgsmål nr."], method["Status"]) == ("2", "Færdig")


def test_an_action_names_the_measure_or_gain_it_is_about(tmp_path: Path) -> None:
    snapshot = make_evaluation(
        make_record("indicator", "x1", evaluation_id="e1", name="Ventetid"),
        make_record("action", "a2", evaluation_id="e1", text="Senere", due=date(2027, 1, 1), state="open"),
        make_record("action", "a1", evaluation_id="e1", text="Mål igen", due=date(2026, 12, 1), state="open",
                    indicator_id="x1"),
    )  # fmt: skip
    first, second = table_under(sheets_of(snapshot, tmp_path)["Beslutning"], "Opfølgning", "Ansvarlig rolle")
    assert (first["Handling"], first["Mål eller gevinst"]) == ("Mål igen", "Ventetid")
    assert second["Handling"] == "Senere"


def test_answers_that_lack_are_listed_by_step_on_the_last_sheet(tmp_path: Path) -> None:
    cells = sheets_of(make_evaluation(), tmp_path)["Om tallene"]
    assert "Spørgsmål uden svar" in cells.values()
    assert "Hvor langt er tiltaget nået?" in beside(cells, "1. Hvad evaluerer vi?").split("\n")
    assert "Grønspættebogen" in beside(cells, "Guiden")


def test_a_complete_evaluation_lacks_no_answers(demo: Path) -> None:
    assert "Spørgsmål uden svar" not in read_with_openpyxl(demo)["Om tallene"].values()


def test_the_charts_of_the_steps_stand_on_the_sheets_with_their_words(demo: Path) -> None:
    with ZipFile(demo) as package:
        drawings = "".join(
            package.read(name).decode() for name in package.namelist() if "drawings/drawing" in name
        )
        charts = "".join(package.read(name).decode() for name in package.namelist() if "charts/chart" in name)
    for picture in (
        "Plan for dataindsamling",
        "Stige med de seks evidenstrin",
        "Åbne handlinger efter frist",
    ):
        assert f'descr="{picture}' in drawings
    for native in ("1 af 2 fund peger den forkerte vej", "Metoderne tager 26 af 40 timer"):
        assert native in charts


def test_a_changed_solution_is_marked_on_the_native_charts_over_time(demo: Path) -> None:
    changes = table_under(read_with_openpyxl(demo)["Fund og log"], "Det, der flyttede sig", "Dato")
    (changed,) = (row for row in changes if row["Hvad flyttede sig?"] == "Løsningen")
    with ZipFile(demo) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    marked = [xml for xml in charts if changed["Ændring"] in xml]
    assert marked
    assert all("<c:lineChart>" in xml and "Ændringer" in xml for xml in marked)
