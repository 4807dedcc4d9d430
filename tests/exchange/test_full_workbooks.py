"""Workbooks of an evaluation in which every field of every record is filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import formualizer
import pytest

from coi_desktop.exchange.initiative_workbook import load_initiative_layout
from coi_desktop.exchange.portfolio_workbook import load_portfolio_layout
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot, Value
from coi_desktop.operations.library import vocabulary
from tests.exchange.workbook_makers import (
    make_snapshot,
    nearly,
    read_with_calamine,
    read_with_openpyxl,
    write_demo,
    write_portfolio,
)

TITLE = "tekst i initiative.title"

#: Fields whose texts no sheet shows: what the program keeps for itself, what is said elsewhere, and counts
#: that are no counts.
NOT_SHOWN = {
    "econ_setting.skip_reason", "econ_setting.rate_set", "initiative.external_source",
    "initiative.external_id", "measurement.distribution",
}  # fmt: skip


def value_of(type_name: str, field: FieldSpec) -> Value:
    """A value for any field."""
    words = vocabulary()
    return {
        Kind.TEXT: f"tekst i {type_name}.{field.name}"[: field.limit or 200],
        Kind.LONG: f"lang tekst i {type_name}.{field.name}",
        Kind.INTEGER: 2,
        Kind.NUMBER: Decimal("7.5"),
        Kind.MONEY: Decimal(1250),
        Kind.DATE: date(2026, 3, 4),
        Kind.TIME: datetime(2026, 3, 4, tzinfo=UTC),
        Kind.YES_NO: True,
        Kind.CHOICE: words.keys(field.values)[0] if field.values else None,
        Kind.CHOICES: words.keys(field.values)[:2] if field.values else None,
        Kind.RANK: words.keys(field.values)[:2] if field.values else None,
        Kind.REFERENCE: f"{field.target}-1",
    }[field.kind]


def make_full_record(type_name: str, number: int = 1, **changed: Value) -> Record:
    """A record with every field filled in."""
    fields = RECORD_TYPES[type_name].fields
    values = {field.name: value_of(type_name, field) for field in fields}
    return Record(type_name, f"{type_name}-{number}", values | changed)


def make_full_snapshot() -> Snapshot:
    """One record of every type, and what an economy with a range and left-out lines needs."""
    special: dict[str, dict[str, Value]] = {
        "measurement": {
            "n": 32,
            "date": date(2026, 6, 1),
            "value": Decimal(9),
            "paired_n": 30,
            "distribution": "Ja: 20; Nej: 12",
            "paired_kept": 8,
            "paired_gained": 9,
            "paired_lost": 7,
        },
        "indicator": {
            "direction": "up",
            "measure": "number",
            "baseline": Decimal(5),
            "target_likely": Decimal(10),
        },
        "benefit": {"low": Decimal(800), "high": Decimal(2_000), "year": 1},
        "econ_setting": {"horizon": 3, "rate_set": None},
        "judgement": {"rating": "1"},
    }
    records = [make_full_record(name, **special.get(name, {})) for name in RECORD_TYPES if name != "unit"]
    records += [
        make_full_record(
            "measurement", 2, n=12, date=date(2026, 6, 1), value=Decimal(4), series="comparison"
        ),
        make_full_record("benefit", 2, **{"class": "nonmoney"}),
        make_full_record("benefit", 3, year=50),
        make_full_record("cost", 2, year=None),
        make_full_record("initiative", 2, title="endnu ikke besluttet"),
        make_full_record("evaluation", 2, initiative_id="initiative-2"),
        make_full_record("decision_need", 2, evaluation_id="evaluation-2"),
    ]
    return make_snapshot(*records)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_sheet_and_every_block_of_the_layouts_can_be_written(tmp_path: Path, language: str) -> None:
    snapshot = make_full_snapshot()
    demo = read_with_openpyxl(write_demo(snapshot, tmp_path / "i.xlsx", language, title=TITLE))
    portfolio = read_with_openpyxl(write_portfolio(snapshot, tmp_path / "p.xlsx", language))
    for layout, book in ((load_initiative_layout(), demo), (load_portfolio_layout(), portfolio)):
        for sheet in layout.sheets:
            if sheet.key in ("notes", "light"):
                continue
            cells = book[sheet.words.label(language)]
            for block in sheet.blocks:
                # The light economy gives way to rows; changes need two rounds with their spread.
                if block.key in ("light", "changes"):
                    continue
                heading = block.words.label(language)
                assert not heading or heading in cells.values(), (sheet.key, block.key)


#: The workbook tells of one evaluation, not of how the register is set up, filed or shared.
NOT_IN_THE_WORKBOOK = (
    "case",
    "import",
    "evaluation_version",
    "tag",
    "partner",
    "attachment",
    "answer_source",
    "phase",
    "person",
    "view",
    "own_",
    "choice_value",
    "initiative_link",
    "gate",
    "not_duplicate",
    "reminder_choice",
    "method_estimate",
    "rate_set",
    "risk",
    "status_report",
)


def test_every_text_of_the_initiative_is_somewhere_in_its_workbook(tmp_path: Path) -> None:
    snapshot = make_full_snapshot()
    sheets = read_with_openpyxl(write_demo(snapshot, tmp_path / "i.xlsx", title=TITLE))
    shown = {value for cells in sheets.values() for value in cells.values()}
    missing = []
    for name, records in snapshot.records.items():
        if name.startswith(NOT_IN_THE_WORKBOOK):
            continue
        for field in RECORD_TYPES[name].fields:
            wanted = records[0].values[field.name]
            is_text = field.kind in (Kind.TEXT, Kind.LONG) and field.shown
            if is_text and wanted not in shown and f"{name}.{field.name}" not in NOT_SHOWN:
                missing.append(f"{name}.{field.name}")
    assert missing == []


def test_values_recalculated_are_those_stored_and_both_readers_agree(tmp_path: Path) -> None:
    path, again = write_demo(make_full_snapshot(), tmp_path / "i.xlsx", title=TITLE), tmp_path / "again.xlsx"
    report = formualizer.recalculate_file(str(path), output=str(again))
    assert report["errors"] == 0
    stored, computed, second = read_with_openpyxl(path), read_with_openpyxl(again), read_with_calamine(path)
    for sheet, cells in stored.items():
        for name, value in cells.items():
            assert nearly(computed[sheet].get(name), value), (sheet, name)
            assert nearly(second[sheet].get(name), value), (sheet, name)


def test_lines_that_do_not_count_are_listed_with_the_reason(tmp_path: Path) -> None:
    cells = read_with_openpyxl(write_demo(make_full_snapshot(), tmp_path / "i.xlsx", title=TITLE))["Økonomi"]
    values: list[Any] = list(cells.values())
    assert "Linjer, der ikke er regnet med" in values
    assert vocabulary().label("economy.left_out", "horizon", "da") in values
    assert vocabulary().label("economy.left_out", "no_year", "da") in values
