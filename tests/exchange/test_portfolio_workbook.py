from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import formualizer
import openpyxl
import pytest

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.exchange import workbook_sheet
from coi_desktop.models.portfolio_figures import PortfolioFigures, portfolio_figures
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import vocabulary
from tests.exchange.workbook_makers import (
    DEMO,
    beside,
    clock,
    find_cell,
    make_record,
    make_snapshot,
    nearly,
    read_with_calamine,
    read_with_openpyxl,
    table_under,
    write_demo,
    write_portfolio,
)


@pytest.fixture(scope="module")
def book(sample: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_portfolio(sample, tmp_path_factory.mktemp("portfolio") / "portfolio.xlsx")


@pytest.fixture(scope="module")
def cells(book: Path) -> dict[str, dict[str, Any]]:
    return read_with_openpyxl(book)


@pytest.fixture(scope="module")
def figures(sample: Snapshot) -> PortfolioFigures:
    return portfolio_figures(sample, figures_catalogue(), today=clock().date())


def test_the_steering_group_gets_its_sheets_in_order_and_none_without_content(
    cells: dict[str, dict[str, Any]],
) -> None:
    assert list(cells) == [
        "Forside", "Overblik", "Portefølje", "Tid", "Økonomi", "Gevinster", "Risici", "Beslutninger", "Værdi",
        "Læring", "Evalueringsstatus", "Målinger", "Data-ordbog", "Om tallene",
    ]  # fmt: skip


def test_every_initiative_has_one_row_with_the_numbers_of_the_figures(
    cells: dict[str, dict[str, Any]], figures: PortfolioFigures
) -> None:
    rows = table_under(cells["Portefølje"], "", "Nr.")
    assert len(rows) == figures.count == 12
    for row, one in zip(rows, figures.initiatives, strict=True):
        evaluation = one.evaluation
        assert row["Titel"] == one.initiative["title"]
        assert row["Næste dato"] == one.next_date
        assert row["Evidenstrin"] == (evaluation.evidence.level if evaluation else None)
        npv = evaluation.economy.npv if evaluation else None
        assert nearly(row["Nettonutidsværdi, kr."], npv) or (
            row["Nettonutidsværdi, kr."] is None and npv is None
        )
        ratings = {value.kind: value.rating for value in evaluation.values} if evaluation else {}
        assert row["Effektivitet"] == ratings.get("efficiency")


def test_a_light_has_a_word_and_a_shape_and_is_never_green_by_default(
    cells: dict[str, dict[str, Any]], figures: PortfolioFigures
) -> None:
    shapes = {"green": "● Grøn", "yellow": "▲ Gul", "red": "■ Rød", None: "– Ikke opgjort"}
    rows = table_under(cells["Portefølje"], "", "Nr.")
    assert [row["Lys samlet"] for row in rows] == [shapes[one.lights.overall] for one in figures.initiatives]


def test_national_figures_stand_beside_with_edition_period_n_and_source(
    cells: dict[str, dict[str, Any]],
) -> None:
    rows = {row["Nøgletal"]: row for row in table_under(cells["Overblik"], "Tiltag", "Nøgletal")}
    assert [rows[name]["Landstal"] for name in ("Evalueret", "Evaluering i gang", "Evaluering planlagt")] == [
        0.39,
        0.18,
        0.3,
    ]
    evaluated = rows["Evalueret"]
    assert evaluated["Udgave og periode"] == "4. udgave, 2021–2023"
    assert evaluated["Arbejdspladser i alt"] == 1352
    assert "Innovationsbarometeret" in evaluated["Kilde"]
    assert rows["Hverken evalueret eller planlagt"]["Landstal"] == "intet offentliggjort tal"


def test_counts_by_phase_and_status_add_up(
    cells: dict[str, dict[str, Any]], figures: PortfolioFigures
) -> None:
    rows = table_under(cells["Overblik"], "Tiltag efter fase og status", "Fase")
    assert sum(value for row in rows for value in row.values() if isinstance(value, int)) == figures.count


def test_all_measurements_stand_in_long_form(sample: Snapshot, cells: dict[str, dict[str, Any]]) -> None:
    rows = table_under(cells["Målinger"], "", "Titel")
    assert len(rows) == len(sample.rows("measurement"))
    assert sorted(str(row["Værdi"]) for row in rows) == sorted(
        str(one["value"]) for one in sample.rows("measurement")
    )
    assert {type(row["Dato"]) for row in rows} == {date}


def test_the_sums_are_formulas_with_their_values(
    book: Path, cells: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    recalculated = tmp_path / "recalculated.xlsx"
    report = formualizer.recalculate_file(str(book), output=str(recalculated))
    assert report["total_formulas"] == 4
    again = read_with_openpyxl(recalculated)
    for sheet, found in cells.items():
        for name, value in found.items():
            assert nearly(again[sheet].get(name), value), (sheet, name)


def test_both_readers_see_the_same_cells(book: Path, cells: dict[str, dict[str, Any]]) -> None:
    second = read_with_calamine(book)
    for sheet, found in cells.items():
        for name, value in found.items():
            assert nearly(second[sheet].get(name), value), (sheet, name)


def test_tables_have_filters_unique_names_and_headings_equal_to_their_cells(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    names = []
    for sheet in workbook:
        for table in sheet.tables.values():
            names.append(table.displayName.lower())
            assert table.autoFilter is not None
            head = sheet[table.ref][0]
            assert [cell.value for cell in head] == [column.name for column in table.tableColumns]
            assert len({cell.value.lower() for cell in head}) == len(head)
    assert len(names) == len(set(names)) >= 12


def test_every_sheet_is_set_up_for_printing(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    for sheet in workbook:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert "side &P af &N" in f"{sheet.oddFooter.right.text}"
        assert not sheet.merged_cells.ranges


def test_the_file_names_no_person_and_no_place_on_a_disk(book: Path) -> None:
    with ZipFile(book) as package:
        core = package.read("docProps/core.xml").decode()
        everything = b"".join(package.read(name) for name in package.namelist())
        moments = {entry.date_time for entry in package.infolist()}
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert str(book.parent).encode() not in everything
    assert moments == {(1980, 1, 1, 0, 0, 0)}


def test_native_charts_have_titles_alternative_text_and_stored_numbers(
    book: Path, figures: PortfolioFigures
) -> None:
    with ZipFile(book) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert "3 af 12 tiltag er i fasen Udvikling og afprøvning" in chart
    assert re.search(r'descr="[^"]*Udvikling og afprøvning: [^"]+"', drawing)
    table = figures.phase_by_status
    stored = [int(one) for one in re.findall(r"<c:v>([0-9]+)</c:v>", chart)]
    assert sum(stored) == sum(table.row_total(row) for row in table.rows)
    assert "<a:pattFill" in chart
    assert "view3D" not in chart
    assert "pieChart" not in chart


def test_about_the_figures_tells_filter_counts_date_and_version(sample: Snapshot, tmp_path: Path) -> None:
    chosen = Snapshot(
        sample.register_id, sample.unit_id, sample.unit_name, sample.revision, sample.taken_at,
        sample.records, selection="Fase: Idé",
    )  # fmt: skip
    sheet = read_with_openpyxl(write_portfolio(chosen, tmp_path / "chosen.xlsx"))["Om tallene"]
    assert beside(sheet, "Udvalg") == "Fase: Idé"
    assert beside(sheet, "Indhold") == "12 tiltag"
    assert "22-11-2026" in beside(sheet, "Lavet")
    assert beside(sheet, "Program").startswith("COI Desktop")
    assert str(sample.revision) in beside(sheet, "Registret, som det så ud")
    assert beside(sheet, "Målinger") == len(sample.rows("measurement"))
    assert "gul til 10\u00a0%" in beside(sheet, "Lys")


def test_what_is_missing_counts_every_initiative_without_the_figure(
    cells: dict[str, dict[str, Any]], figures: PortfolioFigures
) -> None:
    about, overview = cells["Om tallene"], cells["Overblik"]
    money = {row["Hvad"]: row for row in table_under(overview, "Penge og timer", "Hvad")}
    counted = money["Nettonutidsværdi"]["Antal bag"]
    start = int(find_cell(about, "Det, der mangler").lstrip("A"))
    missing = {about[f"A{row}"]: about[f"B{row}"] for row in range(start + 1, start + 7)}
    assert missing["Nettonutidsværdi"] == f"mangler for {figures.count - counted} af {figures.count} tiltag"


def test_risks_stand_heaviest_first_with_their_matrix_and_the_newest_report(
    cells: dict[str, dict[str, Any]],
) -> None:
    risks = table_under(cells["Risici"], "Alle risici", "Titel")
    assert [row["Vægt"] for row in risks] == [16, 12, 12, 6]
    matrix = table_under(
        cells["Risici"], "Antal risici efter sandsynlighed (ned) og konsekvens (hen)", "Sandsynlighed"
    )
    assert matrix[0]["Sandsynlighed"] == "5 Meget stor"
    assert [row["Konsekvens 4"] for row in matrix] == [0, 1, 1, 0, 0]
    (report,) = table_under(cells["Risici"], "Seneste statusrapport", "Titel")
    assert report["Samlet lys"] == "▲ Gul"
    assert str(report["Skal besluttes"]).startswith("Skal afprøvningen")


def test_every_computed_column_of_the_portfolio_is_explained(cells: dict[str, dict[str, Any]]) -> None:
    about = cells["Om tallene"]
    for term in ("Nettonutidsværdi", "Frigjort tid", "Tilbagebetaling", "Evidens", "Værdi", "Dybde", "Lys"):
        assert beside(about, term)


def test_the_decision_that_is_waited_for_stands_in_the_line_of_its_initiative(
    cells: dict[str, dict[str, Any]],
) -> None:
    rows = {row["Titel"]: row for row in table_under(cells["Portefølje"], "", "Nr.")}
    assert rows["Tidlig indsats ved skolefravær"]["Skal besluttes"] == (
        "Skal alle skoler være med fra næste skoleår?"
    )
    assert rows[DEMO]["Skal besluttes"] is None


def test_an_economy_without_payback_says_so_and_none_is_left_empty(cells: dict[str, dict[str, Any]]) -> None:
    rows = {row["Titel"]: row for row in table_under(cells["Portefølje"], "", "Nr.")}
    assert rows[DEMO]["Tilbagebetalt, år"] == "ikke tjent hjem"
    assert rows["Medicinrobot på plejecenteret"]["Tilbagebetalt, år"] is None


def test_perspective_price_year_and_horizon_are_printed_beside_every_net_present_value(
    cells: dict[str, dict[str, Any]],
) -> None:
    rows = table_under(cells["Portefølje"], "", "Nr.")
    for row in rows:
        has_economy = row["Nettonutidsværdi, kr."] is not None
        assert (row["Horisont"] is not None) == has_economy, row["Titel"]
    demo = next(row for row in rows if row["Titel"] == DEMO)
    assert (demo["Perspektiv"], demo["Prisår"], demo["Horisont"]) == ("Kommunal kasse", 2026, 5)
    assert beside(cells["Om tallene"], "Nettonutidsværdi for flere tiltag")


def test_initiatives_being_spread_are_counted(tmp_path: Path) -> None:
    snapshot = make_snapshot(
        make_record("initiative", "a", title="A", phase="closed", status="active", stage="spreading"),
        make_record("initiative", "b", title="B", phase="closed", status="done", stage="spreading"),
        make_record("initiative", "c", title="C", phase="idea", status="active", stage="idea"),
    )
    sheets = read_with_openpyxl(write_portfolio(snapshot, tmp_path / "spread.xlsx"))
    assert beside(sheets["Overblik"], "Under spredning") == 2


def test_a_benefit_stands_with_baseline_target_and_latest_of_its_measure(
    cells: dict[str, dict[str, Any]],
) -> None:
    rows = table_under(cells["Gevinster"], "Alle gevinster", "Titel")
    (first, *_rest) = [row for row in rows if row["Titel"] == DEMO]
    assert first["Målt på"] == "Transporttid pr. medarbejder (min/dag)"
    assert (first["Udgangspunkt"], first["Måltal"], first["Seneste"]) == (74, 50, 52)
    other = next(row for row in rows if row["Titel"].startswith("Låneordning"))
    assert other["Udgangspunkt"] is None


def test_the_latest_of_few_people_is_not_shown_beside_a_benefit(tmp_path: Path) -> None:
    snapshot = make_snapshot(
        make_record("initiative", "i", title="Et", phase="idea", status="active"),
        make_record("evaluation", "e", initiative_id="i", title="E", depth="light"),
        make_record("indicator", "x", evaluation_id="e", name="Mål", direction="up", baseline=Decimal(1)),
        make_record(
            "measurement", "m", indicator_id="x", series="initiative", date=date(2026, 6, 1),
            value=Decimal("77.125"), n=4,
        ),
        make_record(
            "benefit", "b", initiative_id="i", evaluation_id="e", indicator_id="x", text="G", year=1,
            likely=Decimal(5), **{"class": "budget"},
        ),
    )  # fmt: skip
    sheets = read_with_openpyxl(write_portfolio(snapshot, tmp_path / "few.xlsx"))
    (row,) = table_under(sheets["Gevinster"], "Alle gevinster", "Titel")
    assert row["Seneste"] == "for få svar"
    assert 77.125 not in [value for cells in sheets.values() for value in cells.values()]


def test_every_national_figure_is_named_beside_its_source_in_the_language_of_the_file(
    sample: Snapshot, cells: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    english = read_with_openpyxl(write_portfolio(sample, tmp_path / "english.xlsx", "en"))
    for about, names in (
        (cells["Om tallene"], ("Evalueret: 39", "Evaluering i gang: 18", "Evaluering planlagt: 30")),
        (
            english["About the figures"],
            ("Evaluated: 39", "Evaluation under way: 18", "Evaluation planned: 30"),
        ),
    ):
        texts = [value for value in about.values() if isinstance(value, str)]
        for name in names:
            assert sum(text.startswith(name) for text in texts) == 1, name
    words = " ".join(str(value) for sheet in english.values() for value in sheet.values())
    assert "Statistics Denmark" in words
    assert "Danmarks Statistik" not in words


def test_an_empty_register_gives_a_workbook_that_says_so(tmp_path: Path) -> None:
    cells = read_with_openpyxl(write_portfolio(make_snapshot(), tmp_path / "empty.xlsx"))
    assert beside(cells["Forside"], "Antal tiltag") == 0
    assert "Portefølje" not in cells


def test_a_selection_without_measurements_has_no_sheet_of_them(tmp_path: Path) -> None:
    snapshot = make_snapshot(make_record("initiative", "i", title="Et", phase="idea", status="active"))
    sheets = read_with_openpyxl(write_portfolio(snapshot, tmp_path / "one.xlsx"))
    assert "Målinger" not in sheets
    assert "Tid" not in sheets


def test_more_rows_than_a_sheet_can_hold_are_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Snapshot
) -> None:
    monkeypatch.setattr(workbook_sheet, "MAX_ROWS", 10)
    with pytest.raises(Problem) as caught:
        write_portfolio(sample, tmp_path / "many.xlsx")
    assert caught.value.code == "too_many_rows"
    assert list(tmp_path.iterdir()) == []


def test_a_text_longer_than_a_cell_continues_on_the_sheet_of_notes(tmp_path: Path) -> None:
    text = "Ø" * 70_000
    snapshot = make_snapshot(
        make_record(
            "initiative",
            "i",
            title="Et",
            status="stopped",
            lesson=text,
            budget=Decimal("1.23456789012345678"),
        )
    )
    sheets = read_with_openpyxl(write_portfolio(snapshot, tmp_path / "long.xlsx"))
    shown = next(value for value in sheets["Læring"].values() if str(value).startswith("ØØØ"))
    rest = "".join(value for value in sheets["Noter"].values() if str(value).startswith("ØØØ"))
    assert shown.partition("…")[0] + rest == text
    assert list(sheets)[-1] == "Om tallene"
    assert any("flere cifre" in str(value) for value in sheets["Om tallene"].values())


def test_the_last_sheet_tells_where_a_civil_registration_number_may_stand(tmp_path: Path) -> None:
    snapshot = make_snapshot(make_record("initiative", "i", title="Et", status_text="ring til 010190-1234"))
    sheets = read_with_openpyxl(write_portfolio(snapshot, tmp_path / "cpr.xlsx"))
    place = next(name for name, value in sheets["Portefølje"].items() if "010190" in str(value))
    assert beside(sheets["Om tallene"], f"Portefølje, {place}") == "Teksten ligner et personnummer (CPR)."
    assert not any("010190" in str(value) for value in sheets["Om tallene"].values())


def test_the_words_of_the_vocabulary_are_those_of_the_cells(
    cells: dict[str, dict[str, Any]], sample: Snapshot
) -> None:
    rows = table_under(cells["Portefølje"], "", "Nr.")
    wanted = [
        vocabulary().label("initiative.phase", one.text("phase"), "da") for one in sample.rows("initiative")
    ]
    assert [row["Fase"] for row in rows] == wanted


def test_the_dictionary_knows_every_table_the_sheets_show(cells: dict[str, dict[str, Any]]) -> None:
    shown = {"judgement", "conclusion"}
    for sheet in resources.read_toml("workbook/portfolio.toml")["sheet"]:
        for block in sheet.get("block", ()):
            for column in (*block.get("columns", ()), *block.get("facts", ())):
                if "like" in column:
                    shown.add(column["like"].partition(".")[0])
    explained = {row["Tabel"] for row in table_under(cells["Data-ordbog"], "", "Tabel")}
    assert shown - explained == set()


def test_the_dictionary_says_units_in_the_language_of_the_workbook(sample: Snapshot, tmp_path: Path) -> None:
    units = {}
    for language in ("da", "en"):
        rows = read_with_calamine(write_portfolio(sample, tmp_path / f"{language}.xlsx", language))
        cells = next(cells for cells in rows.values() if "hours_dev" in cells.values())
        units[language] = {str(value) for value in cells.values()}
    assert {"kr.", "timer"} <= units["da"]
    assert {"DKK", "hours"} <= units["en"]
    assert not {"kr.", "timer", "år"} & units["en"]


@pytest.mark.parametrize(("language", "mark"), [("da", "da-DK"), ("en", "en-GB")])
def test_the_words_of_native_charts_are_marked_with_the_language_of_the_workbook(
    sample: Snapshot, tmp_path: Path, language: str, mark: str
) -> None:
    paths = (
        write_portfolio(sample, tmp_path / "p.xlsx", language),
        write_demo(sample, tmp_path / "i.xlsx", language),
    )
    for path in paths:
        with ZipFile(path) as package:
            charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
        assert charts
        for chart in charts:
            assert set(re.findall(r'(?:lang|c:lang val)="([^"]*)"', chart)) == {mark}
