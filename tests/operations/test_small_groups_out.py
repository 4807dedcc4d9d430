"""A result of few people leaves by no way that is meant for others; the register's own export keeps it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.change_explanations import explain_change
from coi_desktop.models.explanations import explain_effect, explain_progress
from coi_desktop.models.pack import PackLevel
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.answering import add_row
from coi_desktop.operations.attachments import find_measurements
from coi_desktop.operations.calculations import calculation_lines, calculation_values
from coi_desktop.operations.charts import export_charts, find_charts
from coi_desktop.operations.evaluations import find_evaluations, load_evaluation
from coi_desktop.operations.exports import export_workbook
from coi_desktop.operations.full_exports import export_all
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.packs import export_pack
from coi_desktop.operations.record_json import initiative_values
from coi_desktop.operations.record_printout import initiative_printout
from coi_desktop.operations.register_sheets import export_register_sheet
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.operations.worksheets import (
    export_worksheet_book,
    plan_returned_worksheets,
    read_worksheet_book,
)
from coi_desktop.store.register import Register
from tests.exchange.workbook_makers import DEMO, clock

#: What nobody else may see: values, spreads and notes of few people, and what would tell them.
SECRETS = ("987.25", "31.125", "kender alle", "955.5", "876.125", "413.375", "842.75", "29.25")

#: Of answers by count and of pairs: what is hidden with a small number so that it does not follow.
COUNTS = ("7351", "6173", "2823")
NOON = date(2026, 11, 20)

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40,}")
_OTHER_MARKS = str.maketrans(".,", ",.")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_sample_register(tmp_path / "sample.coi", clock=clock) as sample:
        evaluation_id = find_evaluations(sample, _demo(sample))[0].id
        add = "collect.measurements"
        first = sample.children("indicator", evaluation_id)[0].id
        groups = (("Nord", "987.25", 3, "kender alle"), ("Syd", "955.5", 15, ""), ("Øst", "960.75", 20, ""))
        for name, value, n, note in groups:
            row = {"indicator_id": first, "date": NOON, "value": Decimal(value), "n": n, "subgroup": name}
            spread = Decimal("31.125") if name == "Nord" else None
            add_row(sample, evaluation_id, add, {**row, "note": note or None, "sd": spread})
        everybody = {"indicator_id": first, "date": NOON, "value": Decimal("962.5"), "n": 38}
        add_row(sample, evaluation_id, add, everybody)
        second = add_row(
            sample, evaluation_id, "indicators.indicators",
            {"name": "Ventetid", "measure": "number", "direction": "down", "goal_status": "fixed",
             "kind": "quality", "baseline": Decimal("876.125"), "baseline_n": 4, "baseline_date": NOON,
             "baseline_status": "measured", "baseline_sd": Decimal("29.25"), "target_likely": Decimal(400)},
        )  # fmt: skip
        late = {"indicator_id": second, "date": date(2026, 11, 21), "value": Decimal("462.75"), "n": 30}
        add_row(sample, evaluation_id, add, late)  # 462.75 - 876.125 = -413.375
        next_door = {"indicator_id": second, "date": NOON, "value": Decimal("842.75"), "n": 2}
        add_row(sample, evaluation_id, add, {**next_door, "series": "comparison"})
        answers = add_row(
            sample, evaluation_id, "indicators.indicators",
            {"name": "Tryghed", "measure": "percent", "direction": "up", "kind": "quality",
             "baseline": Decimal(40), "baseline_n": 9000, "baseline_date": date(2026, 1, 5)},
        )  # fmt: skip
        counted = {
            "indicator_id": answers, "date": NOON, "value": Decimal(54), "n": 15996, "paired_n": 9000,
            "distribution": "Fint: 8642; Jævnt: 7351; Kniber: 3",
            "paired_kept": 6173, "paired_gained": 2823, "paired_lost": 2,
        }  # fmt: skip
        add_row(sample, evaluation_id, add, counted)
        yield sample


def _demo(register: Register) -> str:
    return next(one.id for one in register.find(Query("initiative")) if one.text("title") == DEMO)


def _unpacked(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _initiative_workbook(register: Register, folder: Path) -> str:
    run_to_end(export_workbook(register, folder / "i.xlsx", _demo(register), clock=clock))
    return _unpacked(folder / "i.xlsx")


def _portfolio_workbook(register: Register, folder: Path) -> str:
    run_to_end(export_workbook(register, folder / "p.xlsx", clock=clock))
    return _unpacked(folder / "p.xlsx")


def _sheet(register: Register, folder: Path) -> str:
    run_to_end(export_register_sheet(register, folder / "s.xlsx"))
    return _unpacked(folder / "s.xlsx")


def _charts(register: Register, folder: Path) -> str:
    files = run_to_end(export_charts(register, folder / "c", _demo(register), ["svg"], clock=clock))
    figures = find_charts(register, _demo(register), clock=clock)
    return "\n".join([*(path.read_text() for path in files), *map(repr, figures)])


def _pack(register: Register, folder: Path) -> str:
    job = export_pack(register, folder / "p.coipack", [_demo(register)], clock=clock, level=PackLevel.FULD)
    register.catch_up(run_to_end(job).changes)
    return _unpacked(folder / "p.coipack")


def _json(register: Register, _folder: Path) -> str:
    return json.dumps(initiative_values(register.snapshot(), _demo(register)), default=str)


def _print(register: Register, _folder: Path) -> str:
    return repr(initiative_printout(register, _demo(register)))


def _screen(register: Register, _folder: Path) -> str:
    loaded = load_evaluation(register, find_evaluations(register, _demo(register))[0].id)
    figures = loaded.figures.indicators
    words = vocabulary()
    how = (explain_progress, explain_effect)
    changes = [explain_change(one, loaded.changes[one.indicator.id], words) for one in figures]
    changed = [line for change in changes for line in change.lines()]
    said = [line for one in figures for explain in how for line in explain(one, words).lines()]
    named = repr(find_measurements(register, _demo(register)))
    return "\n".join([*said, *changed, *(str(asdict(one)) for one in figures), named])


def _calculations(register: Register, _folder: Path) -> str:
    loaded = load_evaluation(register, find_evaluations(register, _demo(register))[0].id)
    values = json.dumps(calculation_values(loaded), default=str)
    return "\n".join([values, *calculation_lines(loaded)])


def _worksheets(register: Register, folder: Path) -> str:
    path = folder / "w.xlsx"
    run_to_end(export_worksheet_book(register, find_evaluations(register, _demo(register))[0].id, path))
    return _unpacked(path)


def _found(written: str) -> set[str]:
    """The secrets in a text, however they are written; digits of random ids and checksums are no result."""
    without_ids = _ID.sub("", written)
    counts = {f"{int(one):,}" for one in COUNTS}
    spelled = {*SECRETS, *COUNTS, *counts, *(one.replace(",", "\xa0") for one in counts)}
    either_way = spelled | {one.translate(_OTHER_MARKS) for one in spelled}
    return {one for one in either_way if one in without_ids}


OUTLETS = (
    _initiative_workbook, _portfolio_workbook, _sheet, _charts, _pack, _json, _print, _screen, _calculations,
    _worksheets,
)  # fmt: skip


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda one: one.__name__.strip("_"))
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_small_result_leaves(
    register: Register, tmp_path: Path, outlet: Callable[[Register, Path], str], language: str
) -> None:
    with speaking(language):
        written = outlet(register, tmp_path)
    assert not _found(written)


@pytest.mark.parametrize("outlet", [_initiative_workbook, _portfolio_workbook, _json, _screen])
def test_what_may_be_shown_does_leave(
    register: Register, tmp_path: Path, outlet: Callable[[Register, Path], str]
) -> None:
    written = outlet(register, tmp_path)
    assert "960.75" in written
    assert "962.5" in written
    if outlet in (_initiative_workbook, _json):
        assert "8642" in written


def test_the_tables_of_counts_are_caught_where_a_small_number_is_not_hidden(register: Register) -> None:
    """The control: what is stored holds every secret the outlets are looked through for."""
    stored = repr([one.values for one in register.snapshot().rows("measurement")])
    assert {"7351", "6173", "987.25"} <= _found(stored)


def test_a_secret_is_caught_however_its_number_is_written_and_not_in_an_id() -> None:
    assert _found("n = 6.173; 7351; 987,25") == {"6.173", "7351", "987,25"}
    assert _found("n = 2\xa0823") == {"2\xa0823"}
    assert not _found("id='3e6173ba-5c0c-4be9-b410-6e4562273510'")


def test_dialogue_sheets_without_a_hidden_baseline_take_nothing_away_when_they_come_back(
    register: Register, tmp_path: Path
) -> None:
    evaluation_id = find_evaluations(register, _demo(register))[0].id
    path = tmp_path / "w.xlsx"
    run_to_end(export_worksheet_book(register, evaluation_id, path))
    book = run_to_end(read_worksheet_book(register, path))
    plan = run_to_end(plan_returned_worksheets(register, book))
    assert not plan.plan.rows
    assert not plan.plan.new_rows


def test_the_full_export_of_the_register_keeps_everything(register: Register, tmp_path: Path) -> None:
    run_to_end(export_all(register.path, tmp_path / "all", clock=clock))
    written = "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in (tmp_path / "all").rglob("*")
        if path.is_file()
    )
    for secret in ("987.25", "31.125", "kender alle", "955.5", "876.125", "842.75", "29.25"):
        assert secret in written
