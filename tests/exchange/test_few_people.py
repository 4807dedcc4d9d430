"""Results of few people are hidden in a workbook, wherever they would stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

from coi_desktop.models.records import Record
from tests.exchange.workbook_makers import (
    make_record,
    make_small_evaluation,
    make_snapshot,
    read_with_openpyxl,
    table_under,
    write_demo,
)


def test_results_of_few_people_are_hidden_everywhere(tmp_path: Path) -> None:
    snapshot = make_small_evaluation(n=4)
    path = write_demo(snapshot, tmp_path / "few.xlsx", title="T")
    sheets = read_with_openpyxl(path)
    shown = [value for cells in sheets.values() for value in cells.values()]
    assert 77.125 not in shown
    (indicator,) = table_under(sheets["Indikatorer"], "Mål og resultater", "Hvad måler vi?")
    for heading in ("Seneste", "Ændring", "Fremdrift"):
        assert indicator[heading] == "for få svar"
    with ZipFile(path) as package:
        assert not any(b"77.125" in package.read(name) for name in package.namelist())


def test_a_comparison_of_few_people_is_called_so_and_its_effect_too(tmp_path: Path) -> None:
    def compared(name: str, *counts: int) -> list[Record]:
        made = [
            make_record(
                "indicator", name, evaluation_id="e1", name=name, direction="down", measure="number",
                baseline=Decimal(74), baseline_date=date(2026, 1, 1), target_likely=Decimal(50),
            ),
            make_record("measurement", f"{name}-own", indicator_id=name, date=date(2026, 6, 1),
                        value=Decimal(52), n=20, series="initiative"),
        ]  # fmt: skip
        for place, n in enumerate(counts):
            made.append(
                make_record("measurement", f"{name}-{place}", indicator_id=name, n=n, series="comparison",
                            date=date(2026, 1 + 5 * place, 1), value=Decimal("73.125") - place)
            )  # fmt: skip
        return made

    snapshot = make_snapshot(
        make_record("initiative", "i1", title="T", phase="develop", status="active"),
        make_record("evaluation", "e1", initiative_id="i1", title="E", depth="light"),
        *compared("få efter", 20, 4),
        *compared("få før", 4, 20),
        *compared("ingen"),
    )
    path = write_demo(snapshot, tmp_path / "few.xlsx", title="T")
    after, before, none = table_under(
        read_with_openpyxl(path)["Indikatorer"], "Mål og resultater", "Hvad måler vi?"
    )
    columns = ("Sammenligning før", "Sammenligning efter", "Effekt")
    assert [after[name] for name in columns] == [73.125, "for få svar", "for få svar"]
    assert [before[name] for name in columns] == ["for få svar", 72.125, "for få svar"]
    assert [none[name] for name in columns] == [None, None, None]
    assert none["Ændring"] == -22


def test_measurements_that_are_all_of_few_people_keep_their_column(tmp_path: Path) -> None:
    path = write_demo(make_small_evaluation(n=4), tmp_path / "few.xlsx", title="T")
    (row,) = table_under(read_with_openpyxl(path)["Målinger"], "", "Hvad måler vi?")
    assert row["Værdi"] == "for få svar"


def test_results_of_five_people_are_shown(tmp_path: Path) -> None:
    path = write_demo(make_small_evaluation(n=5), tmp_path / "five.xlsx", title="T")
    (indicator,) = table_under(read_with_openpyxl(path)["Indikatorer"], "Mål og resultater", "Hvad måler vi?")
    assert (indicator["Seneste"], indicator["Ændring"]) == (77.125, 27.125)
