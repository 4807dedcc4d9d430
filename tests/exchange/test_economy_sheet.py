"""The economy sheet as finance staff use it: change a cell, and everything that follows from it moves."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import pytest

from coi_desktop.models.records import Snapshot, Value
from coi_desktop.operations.library import vocabulary
from tests.exchange.workbook_makers import (
    beside,
    find_cell,
    make_record,
    make_snapshot,
    read_with_openpyxl,
    table_under,
    write_demo,
    write_portfolio,
)

#: A sum over one comparison, without anything that makes a number of it.
ALONE = re.compile(r"SUMPRODUCT\(\([^()*]+[<>=][^()*]*\)\)")

LIGHT = "Forhåndsdialog i byggesager"
ECONOMY = {"da": "Økonomi", "en": "Economy"}


def make_economy(
    *rows: tuple[str, int, dict[str, Value]], setting: dict[str, Value] | None = None
) -> Snapshot:
    """An evaluation with costs and benefits alone: (record type, year, values)."""
    made = [
        make_record("initiative", "i1", title="T", phase="develop", status="active"),
        make_record("evaluation", "e1", initiative_id="i1", title="E", depth="standard"),
        make_record("econ_setting", "s1", evaluation_id="e1", applies="yes", horizon=5, **(setting or {})),
    ]
    for number, (type_name, year, values) in enumerate(rows):
        owner = {"initiative_id": "i1"} if type_name == "benefit" else {}
        made.append(
            make_record(type_name, f"r{number}", evaluation_id="e1", year=year, text="x", **owner, **values)
        )
    return make_snapshot(*made)


def recomputed(path: Path, folder: Path, changes: dict[str, Any]) -> dict[str, Any]:
    """The economy sheet after cells were changed and everything was computed anew."""
    book = openpyxl.load_workbook(path)
    for name, value in changes.items():
        book["Økonomi"][name].value = value
    book.save(folder / "changed.xlsx")
    report = formualizer.recalculate_file(str(folder / "changed.xlsx"), output=str(folder / "computed.xlsx"))
    assert report["errors"] == 0
    return read_with_openpyxl(folder / "computed.xlsx")["Økonomi"]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("title", ["Skærmbesøg i hjemmeplejen", LIGHT])
def test_the_classes_offered_for_a_gain_are_those_the_formulas_look_for(
    sample: Snapshot, tmp_path: Path, language: str, title: str
) -> None:
    path = write_demo(sample, tmp_path / "book.xlsx", language, title)
    sheet = openpyxl.load_workbook(path)[ECONOMY[language]]
    lists = [
        one
        for one in sheet.data_validations.dataValidation
        if one.type == "list" and one.formula1.startswith("$")
    ]
    assert len(lists) == 1
    # A list of words inside the rule would be cut at the comma of "Frigjort tid, der bruges til …".
    offered = [cell.value for (cell,) in sheet[lists[0].formula1.replace("$", "").lstrip("=")]]
    words = vocabulary()
    keys = words.keys("benefit_class")
    assert offered == [words.label("benefit_class", key, language) for key in keys]
    assert offered.count(sheet[str(lists[0].sqref).split(":")[0]].value) == 1


def test_the_years_of_the_light_path_stay_inside_the_yearly_table(sample: Snapshot, tmp_path: Path) -> None:
    path = write_demo(sample, tmp_path / "light.xlsx", title=LIGHT)
    sheet = openpyxl.load_workbook(path)["Økonomi"]
    (rule,) = [one for one in sheet.data_validations.dataValidation if one.type == "whole"]
    assert sheet[str(rule.sqref)].value == 5
    assert (rule.formula1, rule.formula2) == ("1", "5")
    assert rule.error


def test_gains_from_the_start_are_never_called_not_paid_back(tmp_path: Path) -> None:
    snapshot = make_economy(("benefit", 1, {"likely": Decimal(500), "class": "budget"}))
    path = write_demo(snapshot, tmp_path / "gains.xlsx", title="T")
    sheets = read_with_openpyxl(path)
    assert beside(sheets["Overblik"], "Tilbagebetalt efter (år)") == "dækket fra begyndelsen"
    assert beside(sheets["Økonomi"], "Tilbagebetalt efter, år") == "dækket fra begyndelsen"
    economy = recomputed(path, tmp_path, {})
    assert beside(economy, "Tilbagebetalt efter, år") == "dækket fra begyndelsen"


def test_an_outlay_that_never_comes_back_is_called_not_paid_back(tmp_path: Path) -> None:
    snapshot = make_economy(
        ("cost", 0, {"likely": Decimal(1000), "category": "other"}),
        ("benefit", 1, {"likely": Decimal(500), "class": "budget"}),
    )
    path = write_demo(snapshot, tmp_path / "loss.xlsx", title="T")
    assert beside(read_with_openpyxl(path)["Overblik"], "Tilbagebetalt efter (år)") == "ikke tjent hjem"


def test_the_estimates_of_the_reference_are_formulas(tmp_path: Path) -> None:
    """Cost 80/100/120, gain 25/30/33 thousand a year in five years: the vector of the evaluation guide."""
    snapshot = make_economy(
        ("cost", 0, {"low": Decimal(80_000), "likely": Decimal(100_000), "high": Decimal(120_000)}),
        *(
            ("benefit", year, {
                "low": Decimal(25_000), "likely": Decimal(30_000), "high": Decimal(33_000), "class": "budget",
            })
            for year in range(1, 6)
        ),
    )  # fmt: skip
    path = write_demo(snapshot, tmp_path / "three.xlsx", title="T")
    stored = read_with_openpyxl(path)["Økonomi"]
    for economy in (stored, recomputed(path, tmp_path, {})):
        rows = table_under(economy, "Skøn", "Skøn")
        assert [round(row["Nettonutidsværdi"], 2) for row in rows] == [-7123.69, 35451.57, 68996.73]
        assert round(rows[0]["Tilbagebetalt (år)"], 4) == 4.8
    formulas = read_with_openpyxl(path, formulas=True)["Økonomi"]
    rows = table_under(formulas, "Skøn", "Skøn")
    assert all(str(value).startswith("=") for row in rows for name, value in row.items() if name != "Skøn")


def test_the_tornado_of_the_reference_is_made_of_formulas(tmp_path: Path) -> None:
    gain: dict[str, Value] = {
        "low": Decimal(25_000), "likely": Decimal(30_000), "high": Decimal(33_000), "class": "budget",
        "recurs": "yearly", "until_year": 5,
    }  # fmt: skip
    snapshot = make_economy(
        ("cost", 0, {"low": Decimal(80_000), "likely": Decimal(100_000), "high": Decimal(120_000)}),
        ("benefit", 1, gain),
    )
    path = write_demo(snapshot, tmp_path / "tornado.xlsx", title="T")
    assert len(openpyxl.load_workbook(path)["Økonomi"]._charts) == 2
    for economy in (read_with_openpyxl(path)["Økonomi"], recomputed(path, tmp_path, {})):
        rows = table_under(economy, "Det, nettonutidsværdien afhænger af", "Det, der ændrer sig")
        found = [
            (row["Det, der ændrer sig"], round(row["Forsigtigt skøn"], 2), round(row["Optimistisk skøn"], 2))
            for row in rows
        ]
        assert found == [("Udgifter", 15451.57, 55451.57), ("Gevinster", 12876.31, 48996.73)]


def test_yearly_rows_hours_and_cost_per_outcome_are_formulas(tmp_path: Path) -> None:
    """The first vector of the evaluation guide, with hours × rate for the cost and one row for all gains."""
    snapshot = make_economy(
        ("cost", 0, {"hours": Decimal(250), "rate": Decimal(400), "recurs": "one_off"}),
        ("benefit", 1, {"likely": Decimal(30_000), "class": "budget", "recurs": "yearly", "until_year": 5}),
        setting={"outcomes": Decimal(8), "outcome_name": "borger"},
    )
    path = write_demo(snapshot, tmp_path / "yearly.xlsx", title="T")
    stored = read_with_openpyxl(path)["Økonomi"]
    for economy in (stored, recomputed(path, tmp_path, {})):
        assert beside(economy, "Nettonutidsværdi (kun penge)") == pytest.approx(35_451.57, abs=0.005)
        assert beside(economy, "Tilbagebetalt efter, år") == pytest.approx(3.3333, abs=0.0001)
        assert beside(economy, "Udgift pr. resultat") == pytest.approx(12_500)
    heading = [name for name, value in stored.items() if value == "Til og med år"][-1]
    hours, until = find_cell(stored, 250), f"{heading[0]}{int(heading[1:]) + 1}"
    assert stored[until] == 5
    dearer = recomputed(path, tmp_path, {hours: 500})
    assert beside(dearer, "Nettonutidsværdi (kun penge)") == pytest.approx(-64_548.43, abs=0.005)
    assert beside(dearer, "Udgift pr. resultat") == pytest.approx(25_000)
    shorter = recomputed(path, tmp_path, {until: 2})
    assert beside(shorter, "Nettonutidsværdi (kun penge)") == pytest.approx(
        -100_000 + 30_000 / 1.035 + 30_000 / 1.035**2
    )
    open_end = recomputed(path, tmp_path, {until: None})
    assert beside(open_end, "Nettonutidsværdi (kun penge)") == pytest.approx(35_451.57, abs=0.005)


def test_freed_time_stands_beside_until_it_is_asked_for(tmp_path: Path) -> None:
    rows = (
        ("cost", 0, {"likely": Decimal(100_000)}),
        ("benefit", 1, {"likely": Decimal(30_000), "class": "capacity", "recurs": "yearly", "until_year": 5}),
    )
    for asked in (False, True):
        snapshot = make_economy(*rows, setting={"include_capacity": asked})
        economy = read_with_openpyxl(write_demo(snapshot, tmp_path / f"{asked}.xlsx", title="T"))["Økonomi"]
        assert beside(economy, "Nettonutidsværdi (kun penge)") == -100_000
        labels = {one for one in economy.values() if isinstance(one, str)}
        assert ("Nettonutidsværdi inkl. frigjort tid" in labels) is asked
        assert ("Frigjort tid i alt (ikke regnet med)" in labels) is not asked


def test_changing_the_rate_or_an_estimate_moves_all_three_estimates(sample: Snapshot, tmp_path: Path) -> None:
    path = write_demo(sample, tmp_path / "demo.xlsx")
    stored = read_with_openpyxl(path)["Økonomi"]
    before = table_under(stored, "Skøn", "Skøn")
    rate = find_cell(stored, 0.035)
    dearer = table_under(recomputed(path, tmp_path, {rate: 0.05}), "Skøn", "Skøn")
    for old, new in zip(before, dearer, strict=True):
        assert new["Nettonutidsværdi"] != old["Nettonutidsværdi"]
    assert dearer[1]["Nettonutidsværdi"] == pytest.approx(
        -250_000 - 20_000 / 1.05 + sum(36_000 / 1.05**year for year in range(2, 6))
    )
    high = find_cell(stored, 290_000)
    changed = table_under(recomputed(path, tmp_path, {high: 300_000}), "Skøn", "Skøn")
    assert changed[0]["Nettonutidsværdi"] == pytest.approx(before[0]["Nettonutidsværdi"] - 10_000)
    assert changed[2]["Nettonutidsværdi"] == pytest.approx(before[2]["Nettonutidsværdi"])
    emptied = table_under(recomputed(path, tmp_path, {high: None}), "Skøn", "Skøn")
    assert emptied[0]["Nettonutidsværdi"] == pytest.approx(before[0]["Nettonutidsværdi"] + 40_000)


def test_perspective_and_price_year_are_printed_even_when_they_are_open(
    sample: Snapshot, tmp_path: Path
) -> None:
    economy = read_with_openpyxl(write_demo(sample, tmp_path / "light.xlsx", title=LIGHT))["Økonomi"]
    assert (beside(economy, "Perspektiv"), beside(economy, "Prisår")) == ("ikke oplyst", "ikke oplyst")
    portfolio = read_with_openpyxl(write_portfolio(sample, tmp_path / "p.xlsx"))["Portefølje"]
    rows = {row["Titel"]: row for row in table_under(portfolio, "", "Nr.")}
    assert (rows[LIGHT]["Perspektiv"], rows[LIGHT]["Prisår"]) == ("ikke oplyst", "ikke oplyst")
    assert rows["Medicinrobot på plejecenteret"]["Perspektiv"] is None


def test_what_was_counted_at_the_export_says_so(sample: Snapshot, tmp_path: Path) -> None:
    for language, words in (("da", "da filen blev lavet"), ("en", "when the file was made")):
        economy = read_with_openpyxl(write_demo(sample, tmp_path / f"{language}.xlsx", language))
        texts = [one for one in economy[ECONOMY[language]].values() if isinstance(one, str)]
        assert any(words in one for one in texts)


def test_no_sum_is_of_comparisons_alone(sample: Snapshot, tmp_path: Path) -> None:
    """Excel takes TRUE within a sum for nothing; LibreOffice and the library that computes here count it."""
    formulas = read_with_openpyxl(write_demo(sample, tmp_path / "demo.xlsx"), formulas=True)["Økonomi"]
    sums = [text for text in formulas.values() if "SUMPRODUCT(" in str(text)]
    assert len(sums) > 50
    assert [text for text in sums if ALONE.search(text)] == []
    assert ALONE.search('=SUMPRODUCT(($L$47:$L$48<>""))')
    assert ALONE.search('=IF(SUMPRODUCT(($L$47:$L$48<>""))=0,1,2)')
