"""Writing the workbooks of a large portfolio and of a large evaluation, against XlsxWriter writing the same
cells bare.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, compare
from coi_desktop.i18n import speaking
from coi_desktop.models.ids import new_id
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.exports import export_workbook
from coi_desktop.operations.library import vocabulary

INITIATIVES = 1_000
INDICATORS_EACH = 2
MEASUREMENTS_EACH = 5
LIMIT = 1.1

#: The workbook of one big evaluation.
EVALUATION_INDICATORS = 200
EVALUATION_MEASUREMENTS = 100
EVALUATION_LIMIT = 1.3

_NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_WORDS = (
    "hjemmepleje", "borger", "skærm", "tid", "kørsel", "tryghed", "skole", "børn", "ældre", "team",
    "vagtplan", "måling", "løsning", "Ærø", "frivillige",
)  # fmt: skip

Cell = tuple[int, int, Any, str]


def measure() -> list[Figure]:
    """The workbook of the portfolio and that of one big evaluation, from frozen records to the file."""
    return [*measure_portfolio(), *measure_evaluation()]


def measure_evaluation() -> list[Figure]:
    """The workbook of an evaluation with hundreds of indicators and many measurements of each."""
    snapshot = make_evaluation()
    (initiative,) = snapshot.rows("initiative")

    def export(path: Path) -> None:
        run_to_end(export_workbook(snapshot, path, initiative.id, clock=lambda: _NOON))

    with tempfile.TemporaryDirectory() as folder, speaking("da"):
        ours, bare = Path(folder) / "ours.xlsx", Path(folder) / "bare.xlsx"
        export(ours)
        sheets = read_cells(ours)
        count = sum(len(cells) for cells in sheets.values())
        name = f"export of {EVALUATION_INDICATORS} indicators, {count} cells"
        return [compare(name, lambda: export(ours), lambda: write_bare(bare, sheets), EVALUATION_LIMIT)]


def measure_portfolio() -> list[Figure]:
    """The workbook of a big portfolio."""
    snapshot = make_snapshot()
    with tempfile.TemporaryDirectory() as folder, speaking("da"):
        ours, bare = Path(folder) / "ours.xlsx", Path(folder) / "bare.xlsx"
        run_to_end(export_workbook(snapshot, ours, clock=lambda: _NOON))
        sheets = read_cells(ours)
        count = sum(len(cells) for cells in sheets.values())
        return [
            compare(
                f"export of {INITIATIVES} initiatives, {count} cells",
                lambda: run_to_end(export_workbook(snapshot, ours, clock=lambda: _NOON)),
                lambda: write_bare(bare, sheets),
                LIMIT,
            )
        ]


def write_bare(path: Path, sheets: dict[str, list[Cell]]) -> None:
    """The same cells by XlsxWriter alone: each by the function of its type, with a format."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"strings_to_formulas": False, "in_memory": True}) as workbook:
        formats: dict[str, Any] = {}
        for name, cells in sheets.items():
            sheet = workbook.add_worksheet(name)
            writers: dict[type, Callable[..., Any]] = {
                str: sheet.write_string, int: sheet.write_number, float: sheet.write_number,
                datetime: sheet.write_datetime,
            }  # fmt: skip
            for row, column, value, number_format in cells:
                if number_format not in formats:
                    formats[number_format] = workbook.add_format(
                        {"num_format": number_format, "valign": "top"}
                    )
                writers[type(value)](row, column, value, formats[number_format])


def read_cells(path: Path) -> dict[str, list[Cell]]:
    """The cells of a workbook by sheet: row, column, value, number format."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
    }


def make_evaluation() -> Snapshot:
    """One initiative with one evaluation of many indicators, every one measured many times."""
    dice = random.Random(20261123)  # noqa: S311 - the same evaluation every time, nothing to guard
    records, put = _records()
    initiative = put("initiative", number=1, title="Skærmbesøg", phase="develop", status="active")
    evaluation = put("evaluation", initiative_id=initiative, title="2026", depth="deep")
    put("theory", evaluation_id=evaluation, if_we="skærm", then="tid", because="kørsel")
    put("design", evaluation_id=evaluation, code="before_after")
    for number in range(1, EVALUATION_INDICATORS + 1):
        indicator = put(
            "indicator", evaluation_id=evaluation, name=f"Mål {number}", unit="min/dag", measure="minutes",
            direction="down", baseline=Decimal("74.5"), baseline_date=date(2018, 1, 1),
            baseline_status="measured", target_likely=Decimal(50),
        )  # fmt: skip
        for place in range(EVALUATION_MEASUREMENTS):
            put(
                "measurement", indicator_id=indicator, date=date(2018, 2, 1) + timedelta(days=30 * place),
                value=Decimal(dice.randrange(400, 800)) / 10, n=dice.randrange(5, 90), series="initiative",
                quality="good", source=dice.choice(_WORDS),
            )  # fmt: skip
    return _frozen(records)


def make_snapshot() -> Snapshot:
    """A made-up portfolio, every initiative with an evaluation, economy, indicators and measurements."""
    dice = random.Random(20261122)  # noqa: S311 - the same portfolio every time, nothing to guard
    records, put = _records()
    for number in range(1, INITIATIVES + 1):
        _put_initiative(put, dice, number)
    return _frozen(records)


def _records() -> tuple[dict[str, list[Record]], Callable[..., str]]:
    """No records yet, and what puts one there and gives its id."""
    records: dict[str, list[Record]] = {}

    def put(type_name: str, **values: Any) -> str:
        record_id = new_id()
        fields = RECORD_TYPES[type_name].by_name
        record = Record(type_name, record_id, {name: values.get(name) for name in fields})
        records.setdefault(type_name, []).append(record)
        return record_id

    return records, put


def _frozen(records: dict[str, list[Record]]) -> Snapshot:
    frozen = {name: tuple(rows) for name, rows in records.items()}
    return Snapshot(new_id(), new_id(), "Innovationsenheden", 1, _NOON, frozen)


def _put_initiative(put: Callable[..., str], dice: random.Random, number: int) -> None:
    words = vocabulary()

    def text(least: int, most: int) -> str:
        return " ".join(dice.choices(_WORDS, k=dice.randint(least, most))).capitalize()

    def key(list_name: str) -> str:
        return dice.choice(words.keys(list_name))

    def day(year: int) -> date:
        return date(year, 1, 1) + timedelta(days=dice.randrange(365))

    def amount() -> Decimal:
        return Decimal(dice.randrange(10, 2_000)) * 1000

    initiative = put(
        "initiative", number=number, title=f"{text(2, 6)} {number}", problem=text(10, 40),
        solution=text(10, 40), field=key("initiative.field"), department=text(1, 3), owner=text(2, 2),
        phase=key("initiative.phase"), status=key("initiative.status"), stage=key("stage"),
        start=day(2024), planned_end=day(2027), baseline_end=day(2026), next_date=day(2027),
        budget=amount(), baseline_budget=amount(), spent=amount(), forecast=amount(), funding=text(1, 3),
        status_text=text(4, 12), next_milestone=text(2, 4), novelty=key("novelty"),
    )  # fmt: skip
    evaluation = put("evaluation", initiative_id=initiative, title=text(2, 4), depth=key("evaluation.depth"))
    put("theory", evaluation_id=evaluation, if_we=text(4, 9), then=text(4, 9), because=text(4, 9))
    put("design", evaluation_id=evaluation, code=key("design"), why_comparable=text(4, 9))
    put(
        "econ_setting", evaluation_id=evaluation, one_off=amount(), running_per_year=Decimal(20_000),
        gain_per_year=amount(), gain_class="budget", years=5, perspective="municipal", price_year=2026,
    )  # fmt: skip
    for kind in ("quality", "efficiency", "employee"):
        put("value_expect", evaluation_id=evaluation, kind=kind, importance="2", expected="1")
        put("judgement", evaluation_id=evaluation, kind=kind, rating=dice.choice(("-1", "0", "1", "2")))
    put("conclusion", evaluation_id=evaluation, headline=text(6, 12), lesson1=text(4, 12))
    put(
        "eval_decision", evaluation_id=evaluation, decided=key("decision"), date=day(2026),
        forum=key("decision_forum"), reason=text(6, 20),
    )  # fmt: skip
    for _indicator in range(INDICATORS_EACH):
        indicator = put(
            "indicator", evaluation_id=evaluation, name=text(2, 4), unit="min/dag", measure="minutes",
            direction="down", baseline=Decimal("74.5"), baseline_date=day(2024), baseline_status="measured",
            target_likely=Decimal(50),
        )  # fmt: skip
        for place in range(MEASUREMENTS_EACH):
            put(
                "measurement", indicator_id=indicator, date=day(2025) + timedelta(days=90 * place),
                value=Decimal(dice.randrange(400, 800)) / 10, n=dice.randrange(5, 90), series="initiative",
                source=text(1, 3),
            )  # fmt: skip
