"""Taking in measurements from a table: read, suggest, plan, apply. Of answers only sums are ever stored.

The tables are read as any list is (``exchange.table_reader``), and what is remembered of a layout is which
column was read as what: headings and the words of fixed answers, never a key, a name or a text that somebody
wrote. The jobs open the register a second time, so that they may run off the UI thread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.exchange import table_reader
from coi_desktop.exchange.mapping_file import read_mapping_file
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import today
from coi_desktop.models.heading_match import Unmapped
from coi_desktop.models.ids import new_id
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.measure_columns import (
    MeasureSuggestion,
    MeasureTable,
    prepare_table,
    suggest_measures,
)
from coi_desktop.models.measure_mapping import (
    MeasureMapping,
    Shape,
    parse_measure_mapping,
)
from coi_desktop.models.measure_plan import MeasurePlan, Surroundings, plan_measures
from coi_desktop.models.measure_words import FILE, MeasureWords, parse_measure_words
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.records import Record, Values
from coi_desktop.models.table_mapping import layout_fingerprint
from coi_desktop.models.tables import Table
from coi_desktop.operations.answering import change_evaluation
from coi_desktop.operations.erased_names import erased_names
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.store.reader import Reader
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

IMPORT = Op("measurement.import", N_("Import measurements"))

#: Beside the headings in a layout's fingerprint, so that a list of initiatives with them is another layout.
_OF_MEASUREMENTS = "measurements of an evaluation"
_NOTHING_TAKEN: AbstractSet[int] = frozenset()


@cache
def measure_words() -> MeasureWords:
    """The words of tables with measurements that the program knows."""
    return parse_measure_words(resources.read_toml(FILE))


def read_measure_table(path: Path, sheet: str = "") -> Job[Table]:
    """Read a workbook or text file as a job. Changes nothing; raises Problem as any list does."""
    return table_reader.read_table(path, sheet, measure_words().known_headings)


def prepare(register: Reader, evaluation_id: str, table: Table) -> MeasureTable:
    """A table made ready for the evaluation's indicators. KeyError when there is no such evaluation."""
    return prepare_table(table, indicators_of(register, evaluation_id), measure_words())


def indicators_of(register: Reader, evaluation_id: str) -> tuple[Record, ...]:
    """The indicators of an evaluation, in their order. KeyError when there is none such."""
    register.get("evaluation", evaluation_id)
    return tuple(register.children("indicator", evaluation_id))


def suggest(
    register: Register, evaluation_id: str, ready: MeasureTable, shape: Shape | None = None
) -> tuple[MeasureSuggestion, bool]:
    """The mapping that is remembered for this layout, else the one its headings and values suggest.

    The second value tells whether it was remembered. With a ``shape`` it is suggested anew for that.
    """
    indicators = indicators_of(register, evaluation_id)
    if shape is None:
        remembered = _remembered(register, ready, indicators)
        if remembered is not None:
            fresh = suggest_measures(ready, indicators, measure_words(), remembered.shape)
            return _with_reasons(remembered, ready, fresh), True
    return suggest_measures(ready, indicators, measure_words(), shape), False


def suggest_off_thread(
    register: Register, evaluation_id: str, ready: MeasureTable, shape: Shape | None = None
) -> Job[tuple[MeasureSuggestion, bool]]:
    """``suggest`` as a job, for any thread: whatever stands below the headings is looked at."""
    yield Progress(0, 0, _("Looking at the columns"))
    with register.open_beside() as beside:
        return suggest(beside, evaluation_id, ready, shape)


def read_mapping(
    register: Register, evaluation_id: str, plain: object, ready: MeasureTable
) -> MeasureMapping:
    """The mapping in parsed JSON, fitted to a table. Raises Problem ``bad_mapping``, naming the place."""
    indicators = indicators_of(register, evaluation_id)
    days = tuple(ready.days.values())
    return parse_measure_mapping(plain, ready.table.headings, days, indicators, words_of(register))


def plan_measure_import(
    register: Register,
    evaluation_id: str,
    ready: MeasureTable,
    mapping: MeasureMapping,
    before: MeasureTable | None = None,
) -> MeasurePlan:
    """What taking a table in under ``mapping`` would do. Changes nothing. Problem as ``plan_measures``."""
    return plan_measures(ready, mapping, read_surroundings(register, evaluation_id), before)


def read_surroundings(register: Register, evaluation_id: str) -> Surroundings:
    """What a table is laid beside."""
    indicators = indicators_of(register, evaluation_id)
    measurements = [one for row in indicators for one in register.children("measurement", row.id)]
    return Surroundings(
        indicators,
        tuple(measurements),
        vocabulary(),  # the lists of measurements are no unit's own
        measure_words(),
        erased_names(register),
        today(register.clock),
        _("Questionnaire"),
    )


def plan_off_thread(
    register: Register,
    evaluation_id: str,
    ready: MeasureTable,
    mapping: MeasureMapping,
    before: MeasureTable | None = None,
) -> Job[MeasurePlan]:
    """``plan_measure_import`` as a job, for any thread."""
    yield Progress(0, 0, _("Comparing with what is here"))
    with register.open_beside() as beside:
        around = read_surroundings(beside, evaluation_id)
    yield Progress(0, 0, _("Comparing with what is here"))
    return plan_measures(ready, mapping, around, before)


@dataclass(frozen=True)
class MeasureImport:
    """Measurements that were taken in: the report, and what the register's own ``catch_up`` is given."""

    report: ImportReport
    changes: ChangeSet | None = field(default=None, compare=False)


def apply_measure_import(
    register: Register, evaluation_id: str, plan: MeasurePlan, taken: AbstractSet[int] = _NOTHING_TAKEN
) -> Job[MeasureImport]:
    """Carry out a plan as one transaction and one undo step.

    A job. Conflicts at the places ``taken`` go by the table, the others stay as they are. The plan is worked
    out anew against the register as it is now. Taking the same table in again changes nothing.
    """
    yield Progress(0, len(plan.rows), _("Importing measurements"))
    heard: list[ChangeSet] = []
    with register.open_beside() as beside:
        fresh = plan_measure_import(beside, evaluation_id, plan.ready, plan.mapping, plan.before)
        indicators = indicators_of(beside, evaluation_id)
        layout = _find_layout(beside, plan.ready.table)
        memory = _memory_of(fresh, indicators)
        yield Progress(0, len(plan.rows), _("Importing measurements"))
        unsubscribe = beside.subscribe(heard.append)
        try:
            change_evaluation(
                beside, IMPORT, evaluation_id, lambda writer: _take_in(writer, fresh, taken, layout, memory)
            )
        finally:
            unsubscribe()
        # Nothing is yielded from here on: work that is stopped has changed nothing.
        report = fresh.report(indicators, taken).as_applied()
    return MeasureImport(report, heard[0] if heard else None)


def import_measures(
    register: Register,
    evaluation_id: str,
    path: Path,
    *,
    sheet: str = "",
    before: Path | None = None,
    mapping_file: Path | None = None,
    options: Values | None = None,
    dry_run: bool = False,
) -> Job[ImportReport]:
    """Read, plan and take in the measurements at ``path`` in one go, for where no person reviews it.

    A job for the thread the register belongs to. Without a ``mapping_file`` (JSON) the remembered or
    suggested mapping is taken; ``options`` (``shape``, ``day``, ``before_day``, ``series``) say more.
    Conflicts are left as they are and reported. Raises Problem.
    """
    ready = prepare(register, evaluation_id, (yield from read_measure_table(path, sheet)))
    first = None
    if before is not None:
        first = prepare(register, evaluation_id, (yield from read_measure_table(before, sheet)))
    more: dict[str, Any] = dict(options or {})
    shape = more.pop("shape", None)
    if mapping_file is not None:
        mapping = read_mapping(register, evaluation_id, read_mapping_file(mapping_file), ready)
    else:
        mapping = suggest(register, evaluation_id, ready, "answers" if first is not None else shape)[
            0
        ].mapping
    plan = plan_measure_import(register, evaluation_id, ready, replace(mapping, **more), first)
    if dry_run:
        return plan.report(indicators_of(register, evaluation_id))
    done = yield from apply_measure_import(register, evaluation_id, plan)
    register.catch_up(done.changes)
    return done.report


def _take_in(
    writer: Writer, plan: MeasurePlan, taken: AbstractSet[int], layout: Record | None, memory: str
) -> None:
    made: list[tuple[str, Values]] = []
    for row in plan.rows:
        outcome = row.under(taken)
        if outcome is Outcome.NEW:
            made.append((new_id(), {**row.values, "indicator_id": row.indicator_id}))
        elif outcome is Outcome.UPDATED and row.existing is not None:
            writer.change("measurement", row.existing.id, row.changes)
    writer.put_many("measurement", made)
    for indicator_id, values in plan.baselines.items():
        writer.change("indicator", indicator_id, values)
    entry: Values = {"fingerprint": _fingerprint(plan.ready.table), "mapping": memory, "used": writer.moment}
    if layout is None:
        writer.put("import_layout", entry)
    elif layout.text("mapping") != memory:
        writer.change("import_layout", layout.id, entry)


# --------------------------------------------------------------------------------------- what is remembered


def _fingerprint(table: Table) -> str:
    return layout_fingerprint([*table.headings, _OF_MEASUREMENTS])


def _find_layout(register: Reader, table: Table) -> Record | None:
    condition = Condition("fingerprint", Test.IS, _fingerprint(table))
    found = register.find(Query("import_layout", conditions=(condition,)))
    return found[0] if found else None


def _memory_of(plan: MeasurePlan, indicators: Sequence[Record]) -> str:
    """What is remembered of a layout: the columns and the words of fixed answers, but no dates.

    The values of a column of groups or keys stand in no mapping, and neither does an answer that is not said
    to stand for something.
    """
    plain = replace(plan.mapping, day=None, before_day=None).to_json(indicators)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _remembered(
    register: Register, ready: MeasureTable, indicators: Sequence[Record]
) -> MeasureMapping | None:
    """The mapping of an earlier import; None where there is none or where it does not fit this evaluation."""
    layout = _find_layout(register, ready.table)
    if layout is None:
        return None
    days = tuple(ready.days.values())
    try:
        plain = json.loads(layout.text("mapping"))
        found = parse_measure_mapping(plain, ready.table.headings, days, indicators, words_of(register))
    except (ValueError, TypeError, Problem):
        return None
    kept = tuple(column for column in found.table.columns if column.column not in ready.personal_places)
    return replace(found, table=replace(found.table, columns=kept))


def _with_reasons(
    mapping: MeasureMapping, ready: MeasureTable, fresh: MeasureSuggestion
) -> MeasureSuggestion:
    read = {column.column for column in mapping.table.columns}
    unmapped: Mapping[int, Unmapped] = {
        column: fresh.unmapped.get(column, Unmapped.UNKNOWN)
        for column in range(len(ready.table.headings))
        if column not in read
    }
    return MeasureSuggestion(mapping, unmapped)
