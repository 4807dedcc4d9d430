"""The workbook of one initiative shows the figures, measurements and texts of the register."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.portfolio_figures import initiative_figures
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.figures import figures_catalogue
from tests.exchange.workbook_makers import (
    DEMO,
    LIGHT,
    NASTY,
    beside,
    clock,
    initiative_id_of,
    make_record,
    make_small_evaluation,
    make_snapshot,
    nearly,
    read_with_calamine,
    read_with_openpyxl,
    table_under,
    write_demo,
)


@pytest.fixture(scope="module")
def cells(demo: Path) -> dict[str, dict[str, Any]]:
    return read_with_openpyxl(demo)


def figures_of(snapshot: Snapshot, title: str = DEMO) -> EvaluationFigures:
    initiative = snapshot.get("initiative", initiative_id_of(snapshot, title))
    evaluation = initiative_figures(
        snapshot, initiative, figures_catalogue(), today=clock().date()
    ).evaluation
    assert evaluation is not None
    return evaluation


def test_the_demo_case_shows_exactly_its_numbers(cells: dict[str, dict[str, Any]]) -> None:
    overview = cells["Overblik"]
    assert overview["A1"] == DEMO
    assert beside(overview, "Nettonutidsværdi i kr.") == -141564.39
    assert beside(overview, "– inkl. frigjort tid") == 50074.52
    assert beside(overview, "Tilbagebetalt efter (år)") == "ikke tjent hjem"
    assert beside(overview, "Evidens").startswith("3 · Sammenlignet")
    assert beside(overview, "Beslutning").startswith("Justér")
    transport, satisfaction, work = table_under(cells["Indikatorer"], "Mål og resultater", "Hvad måler vi?")
    assert (transport["Udgangspunkt"], transport["Seneste"], transport["Måltal"]) == (74, 52, 50)
    assert transport["Status"] == "godt på vej"
    assert nearly(transport["Fremdrift"], Decimal(22) / Decimal(24))
    assert transport["Effekt"] == -19
    assert (satisfaction["Udgangspunkt"], satisfaction["Seneste"], satisfaction["Tolerance"]) == (
        4.1,
        4.2,
        0.2,
    )
    assert (satisfaction["Fremdrift"], satisfaction["Status"]) == (1, "nået")
    assert (work["Udgangspunkt"], work["Seneste"], work["Måltal"]) == (3.6, 3.5, 3.8)
    assert nearly(work["Fremdrift"], -0.5)
    assert work["Status"] == "den forkerte vej"


def test_changes_stand_with_their_interval_numbers_and_what_can_be_said(
    cells: dict[str, dict[str, Any]],
) -> None:
    transport, satisfaction, work = table_under(
        cells["Indikatorer"], "Hvor sikker er ændringen?", "Hvad måler vi?"
    )
    assert (transport["Ændring"], transport["Antal før"], transport["Antal efter"]) == (-22, 18, 18)
    assert (round(transport["95 % fra"], 2), round(transport["95 % til"], 2)) == (-26.48, -17.52)
    assert transport["Metode"] == "gennemsnit, de samme personer"
    assert transport["Det kan man sige"].startswith("Ændringen er større")
    assert (satisfaction["Antal før"], satisfaction["Antal efter"]) == (38, 34)
    assert satisfaction["95 % fra"] < 0 < satisfaction["95 % til"]
    assert work["Det kan man sige"] == "Intervallet rummer 0, så ændringen kan være tilfældig."


def test_other_places_stand_on_the_sheet_of_methods(cells: dict[str, dict[str, Any]]) -> None:
    (site,) = table_under(cells["Metodeplan"], "Set andre steder", "Sted")
    assert (site["Sted"], site["År"], site["Samme retning?"]) == ("Fjordby Kommune", 2024, "Nej")


def test_the_economy_of_the_demo_case_shows_both_views(cells: dict[str, dict[str, Any]]) -> None:
    economy = cells["Økonomi"]
    assert round(beside(economy, "Nettonutidsværdi (kun penge)"), 2) == -141564.39
    assert round(beside(economy, "Nettonutidsværdi inkl. frigjort tid"), 2) == 50074.52
    assert beside(economy, "Tilbagebetalt efter, år") == "ikke tjent hjem"
    assert beside(economy, "Tilbagebetalt efter, år, inkl. frigjort tid") == 4


def test_every_number_of_the_yearly_table_is_that_of_the_figures(
    sample: Snapshot, cells: dict[str, dict[str, Any]]
) -> None:
    shown = [
        {**one, **more}
        for one, more in zip(
            table_under(cells["Økonomi"], "År for år", "År"),
            table_under(cells["Økonomi"], "År for år, inkl. frigjort tid", "År"),
            strict=True,
        )
    ]
    lines = figures_of(sample).economy.table
    assert len(shown) == len(lines) == 6
    columns = {
        "År": "year", "Omkostninger": "costs", "Gevinst i budget": "budget", "Frigjort tid": "capacity",
        "Netto": "net", "Netto i alt": "cumulative", "Faktor": "factor", "Nutidsværdi": "discounted",
        "Netto inkl. frigjort tid": "net_all", "Netto i alt inkl. frigjort tid": "cumulative_all",
        "Nutidsværdi inkl. frigjort tid": "discounted_all",
    }  # fmt: skip
    for row, line in zip(shown, lines, strict=True):
        for heading, name in columns.items():
            assert nearly(row[heading], getattr(line, name)), (line.year, heading)


def test_every_measurement_stands_in_its_own_row_as_number_and_date(
    sample: Snapshot, cells: dict[str, dict[str, Any]]
) -> None:
    rows = table_under(cells["Målinger"], "", "Hvad måler vi?")
    names = {one.indicator.id: one.indicator.name for one in figures_of(sample).indicators}
    stored = [one for one in sample.rows("measurement") if one["indicator_id"] in names]
    wanted = {(names[str(one["indicator_id"])], one["date"], str(one["value"]), one["n"]) for one in stored}
    assert {
        (row["Hvad måler vi?"], row["Dato"], str(row["Værdi"]), row["Antal svar"]) for row in rows
    } == wanted
    assert all(isinstance(row["Dato"], date) and isinstance(row["Værdi"], (int, float)) for row in rows)


def test_every_stored_text_of_the_evaluation_is_in_the_workbook(
    sample: Snapshot, cells: dict[str, dict[str, Any]]
) -> None:
    evaluation = figures_of(sample).evaluation_id
    shown = {value for sheet in cells.values() for value in sheet.values()}
    for type_name in ("conclusion", "theory", "finding", "change_log", "action", "share", "reuse", "scope"):
        for record in sample.children(type_name, evaluation, "evaluation_id"):
            for name, value in record.values.items():
                if isinstance(value, str) and " " in value and name not in ("guide_version",):
                    assert value in shown, (type_name, name)


def test_the_three_numbers_of_the_light_path_are_fields_to_change(sample: Snapshot, tmp_path: Path) -> None:
    path = write_demo(sample, tmp_path / "light.xlsx", title=LIGHT)
    economy = read_with_openpyxl(path)["Økonomi"]
    figures = figures_of(sample, LIGHT).economy
    assert figures.source == "light"
    assert nearly(
        beside(economy, "Nettonutidsværdi (kun penge)"), figures.likely.npv if figures.likely else None
    )
    formulas = read_with_openpyxl(path, formulas=True)["Økonomi"]
    assert "IF(" in str(beside(formulas, "Tilbagebetalt efter, år"))
    assert any("$B$" in str(text) and str(text).startswith("=IF(") for text in formulas.values())


def test_an_initiative_without_evaluation_has_no_empty_sheets(sample: Snapshot, tmp_path: Path) -> None:
    title = "Medicinrobot på plejecenteret"
    assert title in {one["title"] for one in sample.rows("initiative")}
    path = write_demo(sample, tmp_path / "idea.xlsx", title=title)
    sheets = read_with_openpyxl(path)
    assert list(sheets) == ["Overblik", "Formål", "Om tallene"]
    assert "Tiltaget har endnu ingen evaluering." in sheets["Om tallene"].values()


def test_the_workbook_of_one_initiative_does_not_claim_to_be_the_whole_register(
    cells: dict[str, dict[str, Any]],
) -> None:
    assert beside(cells["Om tallene"], "Udvalg") == "dette tiltag alene"


def test_hundreds_of_measurements_all_stand_in_the_sheet_and_in_a_line_without_marks(tmp_path: Path) -> None:
    days = [date.fromordinal(date(2026, 1, 2).toordinal() + place) for place in range(200)]
    snapshot = make_snapshot(
        make_record("initiative", "i1", title="T", phase="develop", status="active"),
        make_record("evaluation", "e1", initiative_id="i1", title="E", depth="light"),
        make_record("indicator", "x1", evaluation_id="e1", name="X", direction="down", measure="number",
                    baseline=Decimal(40), baseline_date=date(2026, 1, 1), target_likely=Decimal(20)),
        *(
            make_record("measurement", f"m{place}", indicator_id="x1", date=day, n=20, series="initiative",
                        value=Decimal(40) - Decimal(place) / 10)
            for place, day in enumerate(days)
        ),
    )  # fmt: skip
    path = write_demo(snapshot, tmp_path / "many.xlsx", title="T")
    rows = table_under(read_with_openpyxl(path)["Målinger"], "", "Hvad måler vi?")
    assert [row["Dato"] for row in rows] == days
    assert all(nearly(row["Værdi"], 40 - place / 10) for place, row in enumerate(rows))
    with ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    (line,) = [xml for xml in charts if "<c:lineChart>" in xml]
    assert set(re.findall(r'<c:symbol val="(\w+)"', line)) == {"none"}


def test_both_readers_see_the_same_cells(demo: Path) -> None:
    first, second = read_with_openpyxl(demo), read_with_calamine(demo)
    assert list(first) == list(second)
    for sheet, found in first.items():
        for name, value in found.items():
            assert nearly(second[sheet].get(name), value), (sheet, name)


def test_an_english_workbook_holds_no_danish_words_of_ours(sample: Snapshot, tmp_path: Path) -> None:
    path = write_demo(sample, tmp_path / "english.xlsx", language="en")
    sheets = read_with_openpyxl(path)
    assert list(sheets)[:3] == ["Overview", "Purpose", "Value"]
    assert list(sheets)[-1] == "About the figures"
    danish = read_with_openpyxl(write_demo(sample, tmp_path / "dansk.xlsx"))
    labels = {
        value for cells in danish.values() for name, value in cells.items()
        if name.startswith("A") and isinstance(value, str) and len(value) < 60
    }  # fmt: skip
    stored = {
        value for kind in sample.records.values() for record in kind for value in record.values.values()
    }
    same = {
        value for cells in sheets.values() for name, value in cells.items() if name.startswith("A")
    } & labels
    ours = {
        value
        for value in same
        if not any(value.startswith(one) for one in stored if isinstance(one, str) and one)
    }
    assert ours <= {"Status", "A", "Program", "Budget", "Start", "Problem", "1–35"}


def test_nasty_texts_in_every_field_give_a_workbook_both_readers_open(tmp_path: Path) -> None:
    for place, text in enumerate(NASTY):
        snapshot = make_small_evaluation(n=9, text=text)
        path = write_demo(snapshot, tmp_path / f"{place}.xlsx", title=text)
        formulas = read_with_openpyxl(path, formulas=True)
        assert list(read_with_calamine(path)) == list(formulas)
        with ZipFile(path) as package:
            xml = b"".join(package.read(name) for name in package.namelist() if "worksheets/sheet" in name)
        ours = re.compile(rb"[-+*/(),=<>&;:!$\"'0-9A-Za-z \xc0-\xff\x80-\xbf]*")
        for formula in re.findall(rb"<f>(.*?)</f>", xml):
            assert ours.fullmatch(formula)
            assert formula != b"1+1"
            assert b"cmd|" not in formula


def test_charts_and_tables_of_the_economy_begin_pages_of_their_own(demo: Path) -> None:
    sheet = openpyxl.load_workbook(demo)["Økonomi"]
    headings = {cell.row: cell.value for (cell,) in sheet.iter_rows(max_col=1) if cell.value is not None}
    begun = [headings[one.id + 1] for one in sheet.row_breaks.brk]
    assert begun == [
        "År for år", "Gevinster i kroner", "Skøn", "Det, nettonutidsværdien afhænger af",
        "Tallene bag diagrammet",
    ]  # fmt: skip
