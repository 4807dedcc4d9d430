"""Taking in a list that a unit keeps elsewhere: read, suggest, plan, apply, hand back what did not go in.

The jobs here open the register a second time, so that they may run off the UI thread; afterwards the register
they were given takes their changes in with ``catch_up``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.exchange import rejects_writer, table_reader
from coi_desktop.exchange.mapping_file import read_mapping_file
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import today
from coi_desktop.models.fields import FieldSpec, RecordType
from coi_desktop.models.handed_back import is_handed_back
from coi_desktop.models.heading_match import Suggestion, Unmapped, find_unmapped, name_list
from coi_desktop.models.heading_match import suggest_mapping as suggest_by_headings
from coi_desktop.models.ids import new_id
from coi_desktop.models.import_decisions import Decision, RowAction, decide
from coi_desktop.models.import_plan import ImportPlan, plan_import
from coi_desktop.models.import_report import ImportProblem, ImportReport, Level, Outcome, count_outcomes
from coi_desktop.models.import_words import ImportWords, importable_fields, parse_import_words
from coi_desktop.models.initiative_rules import stage_suggested_by, with_consequences
from coi_desktop.models.own_fields import type_with
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.row_matching import Remembered
from coi_desktop.models.table_mapping import TableMapping, layout_fingerprint, parse_mapping
from coi_desktop.models.table_notes import notes_as_problems, unread_as_problems
from coi_desktop.models.tables import Table, column_letters
from coi_desktop.models.value_json import values_from_json, values_to_json
from coi_desktop.operations.erased_names import erased_names
from coi_desktop.operations.library import UNIT_TABLES, vocabulary, words_of
from coi_desktop.operations.phases import get_stages
from coi_desktop.operations.targets import check_target
from coi_desktop.store.reader import Reader
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

IMPORT = Op("table.import", N_("Import list"))

_HEADINGS = "catalogue/headings.toml"
_SYNONYMS = "catalogue/choice_synonyms.toml"
_INITIATIVE = record_type("initiative")
# Headings of columns that were empty when a layout was remembered: nobody has said yet what becomes of them.
_UNFILLED = "unfilled"
_NO_DECISIONS: Mapping[int, Decision] = {}


@cache
def _word_files() -> tuple[dict[str, Any], dict[str, Any]]:
    return resources.read_toml(_HEADINGS), resources.read_toml(_SYNONYMS)


@cache
def import_words() -> ImportWords:
    """The words of strangers' lists that the program knows."""
    return parse_import_words(*_word_files(), _INITIATIVE, vocabulary())


def import_words_of(register: Register) -> ImportWords:
    """The same with a unit's own fields, choices and phases."""

    def make(reader: Reader) -> ImportWords:
        return parse_import_words(*_word_files(), _type_of(reader), words_of(register), vocabulary())

    return register.remembered("import_words", UNIT_TABLES, make)


def mapped_fields(register: Reader) -> dict[str, FieldSpec]:
    """The fields of an initiative that a column can be read into, by name."""
    return {spec.name: spec for spec in importable_fields(_type_of(register))}


def _type_of(register: Reader) -> RecordType:
    return type_with(register.fields("initiative"))


# ------------------------------------------------------------------------------------- reading and planning


def read_table(path: Path, sheet: str = "") -> Job[Table]:
    """Read a workbook or text file as a job; see ``exchange.table_reader.read_table``. Changes nothing."""
    return table_reader.read_table(path, sheet, import_words().known_headings)


def suggest_mapping(register: Register, table: Table) -> tuple[Suggestion, bool]:
    """The mapping that is remembered for this layout, else the one its headings and values suggest.

    The second value tells whether it was remembered.
    """
    suggestion = suggest_by_headings(table, _type_of(register), import_words_of(register))
    layout = _find_layout(register, table)
    if layout is None:
        return suggestion, False
    try:
        plain = json.loads(layout.text("mapping"))
        unfilled = set(plain.pop(_UNFILLED, ()))
        remembered = parse_mapping(plain, table.headings, mapped_fields(register), words_of(register))
    except (
        ValueError,
        TypeError,
        AttributeError,
        Problem,
    ):  # of another version: as if nothing were remembered
        return suggestion, False
    taken = {column.field for column in remembered.columns}
    filled_now = [
        column
        for column in suggestion.mapping.columns
        if column.heading in unfilled and column.field not in taken
    ]
    mapping = replace(remembered, columns=(*remembered.columns, *filled_now))
    return Suggestion(mapping, find_unmapped(table, mapping, suggestion)), True


def read_mapping(register: Register, plain: object, table: Table) -> Suggestion:
    """The mapping in parsed JSON, fitted to ``table``. Raises Problem ``bad_mapping``, naming the place."""
    suggestion = suggest_by_headings(table, _type_of(register), import_words_of(register))
    mapping = parse_mapping(plain, table.headings, mapped_fields(register), words_of(register))
    return Suggestion(mapping, find_unmapped(table, mapping, suggestion))


def plan_table_import(register: Register, table: Table, mapping: TableMapping) -> ImportPlan:
    """What taking ``table`` in under ``mapping`` would do to this register. Changes nothing.

    Raises Problem ``no_rows``, ``no_title_column`` and ``erased_person``.
    """
    initiative = _type_of(register)
    return plan_import(
        table,
        mapping,
        initiative,
        register.find(Query("initiative")),
        [_remembered(record, initiative) for record in register.find(Query("import_source"))],
        words_of(register),
        import_words_of(register),
        erased_names(register),
    )


def report_of(
    plan: ImportPlan, actions: Sequence[RowAction], unmapped: Mapping[int, Unmapped]
) -> ImportReport:
    """The report of a plan under decisions: counts, problems (the table's first), mapping, unread columns."""
    problems = [*notes_as_problems(plan.table), *unread_as_problems(plan.table, unmapped)]
    for action in actions:
        problems += _remaining_problems(action)
    return ImportReport(
        count_outcomes(action.outcome for action in actions),
        tuple(problems),
        extra={
            "sheet": plan.table.sheet or None,
            "header_row": plan.table.header_row,
            "mapping": plan.mapping.to_json(),
            "unmapped": [
                {
                    "column": column_letters(column),
                    "heading": plan.table.headings[column],
                    "reason": str(reason),
                }
                for column, reason in sorted(unmapped.items())
            ],
        },
    )


def _remaining_problems(action: RowAction) -> tuple[ImportProblem, ...]:
    """The problems of a row; a decision settles those that kept it out."""
    if not action.is_done:
        return action.row.problems
    return tuple(problem for problem in action.row.problems if problem.level is Level.NOTE)


def _remembered(record: Record, initiative: RecordType) -> Remembered:
    return Remembered(
        record.id,
        record.text("initiative_id"),
        record.text("source"),
        record.text("external_id"),
        values_from_json(record.text("last_values"), initiative),
    )


def _find_layout(register: Register, table: Table) -> Record | None:
    condition = Condition("fingerprint", Test.IS, layout_fingerprint(table.headings))
    found = register.find(Query("import_layout", conditions=(condition,)))
    return found[0] if found else None


# ------------------------------------------------------------------------------------------------ applying


@dataclass(frozen=True)
class TableImport:
    """A list that was taken in: the report, and what the register's own ``catch_up`` is to be given.

    ``actions`` tells what was done row by row.
    """

    report: ImportReport
    actions: tuple[RowAction, ...] = ()
    changes: ChangeSet | None = field(default=None, compare=False)


def apply_table_import(
    register: Register,
    plan: ImportPlan,
    decisions: Mapping[int, Decision] = _NO_DECISIONS,
    unmapped: Mapping[int, Unmapped] | None = None,
) -> Job[TableImport]:
    """Carry out a plan under decisions (by row number) as one transaction and one undo step.

    A job. The plan is worked out anew against the register as it is now, so that nothing is overwritten that
    was changed since the preview. The mapping is remembered for the layout. Taking the same list in again
    changes nothing.
    """
    total = len(plan.rows)
    message = _("Importing {name}").format(name=plan.table.file_name)
    yield Progress(0, total, message)
    with register.open_beside() as beside:
        fresh = plan_table_import(beside, plan.table, plan.given)
        actions = decide(fresh, decisions)
        layout = _find_layout(beside, plan.table)
        yield Progress(0, total, message)
        stages = get_stages(beside)
        work = _Work(fresh, actions, layout, beside.clock(), today(beside.clock), stages)
        committed = beside.transact(
            IMPORT, lambda writer: _take_in(writer, work), detail=plan.table.file_name
        )
        # Nothing is yielded from here on: work that is stopped has changed nothing.
        if unmapped is None:
            suggestion = suggest_by_headings(plan.table, _type_of(beside), import_words_of(beside))
            unmapped = find_unmapped(plan.table, plan.given, suggestion)
    return TableImport(report_of(fresh, actions, unmapped).as_applied(), actions, committed.changes)


def import_table(
    register: Register,
    path: Path,
    *,
    sheet: str = "",
    mapping_file: Path | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
) -> Job[ImportReport]:
    """Read, plan and take in the list at ``path`` in one go, for where no person reviews it.

    A job for the thread the register belongs to. Without a ``mapping_file`` (JSON) the remembered or
    suggested mapping is taken. Conflicts are left as they are and lookalikes stay out, both reported; what
    did not go in is handed back in the workbook ``rejects``, also by a dry run, when there is any. Raises
    Problem.
    """
    if rejects is not None:
        check_target(rejects, ".xlsx", path, register.path)
    table = yield from read_table(path, sheet)
    if mapping_file is None:
        suggestion, _is_known = suggest_mapping(register, table)
    else:
        suggestion = read_mapping(register, read_mapping_file(mapping_file), table)
    plan = plan_table_import(register, table, suggestion.mapping)
    if dry_run:
        actions = decide(plan, _NO_DECISIONS)
        report = report_of(plan, actions, suggestion.unmapped)
    else:
        done = yield from apply_table_import(register, plan, _NO_DECISIONS, suggestion.unmapped)
        register.catch_up(done.changes)
        actions, report = done.actions, done.report
    if rejects is not None:
        _hand_back(rejects, table, actions, plan.mapping.source, is_applied=not dry_run)
    return report


def _hand_back(
    path: Path, table: Table, actions: Sequence[RowAction], source: str, *, is_applied: bool
) -> None:
    """``write_rejects``, with a Problem that does not deny the rows that have gone in by then."""
    try:
        write_rejects(path, table, actions, source)
    except Problem as problem:
        if not is_applied or problem.code == "target_locked":
            raise
        raise Problem(
            problem.what,
            meaning=_("The good rows are in the register; only the workbook of the others is missing."),
            advice=_("Choose another place for it and import again: what is in stays as it is."),
            code=problem.code,
        ) from problem


def write_rejects(path: Path, table: Table, actions: Sequence[RowAction], source: str = "") -> int:
    """Hand back the rows that did not go in as a workbook at ``path``; returns how many there are.

    ``source`` is the name of the list, by default the one that goes by its file. No file is written when
    there are none. Raises Problem ``unwritable`` or ``target_locked``.
    """
    rows = {row.row_number: row for row in table.rows}
    rejected = [
        rejects_writer.RejectedRow(
            rows[action.row.row_number],
            " ".join(_with_column(problem) for problem in problems),
            " ".join(dict.fromkeys(problem.remedy for problem in problems if problem.remedy)),
        )
        for action in actions
        if not action.is_done
        for problems in [[one for one in action.row.problems if one.level is Level.ERROR]]
    ]
    if rejected:
        rejects_writer.write_rejects(path, table, rejected, source or name_list(table))
    return len(rejected)


def _with_column(problem: ImportProblem) -> str:
    return f"{problem.column}: {problem.reason}" if problem.column else problem.reason


@dataclass(frozen=True)
class _Work:
    """What is to be done in one transaction, and when."""

    plan: ImportPlan
    actions: Sequence[RowAction]
    layout: Record | None
    moment: datetime
    day: date
    stages: Mapping[str, str]


def _take_in(writer: Writer, work: _Work) -> None:
    made: list[tuple[str, Values]] = []
    sources: list[tuple[str, Values]] = []
    number = writer.next_number("initiative", "number")
    for action in work.actions:
        initiative_id = action.initiative_id
        if not action.is_done:
            continue
        if action.outcome is Outcome.NEW:
            initiative_id = new_id()
            whole = _whole(action.changes, work.plan.mapping.source, number + len(made), work)
            made.append((initiative_id, whole))
        elif action.changes:
            before = work.plan.stored[initiative_id]
            changes = _with_consequences(before, action.changes, work)
            if "external_id" in changes:
                changes["external_source"] = work.plan.mapping.source
            writer.change("initiative", initiative_id, changes)
        if action.last is not None:
            sources += _remember(writer, work, action, initiative_id)
    writer.put_many("initiative", made)
    writer.put_many("import_source", sources)
    _remember_layout(writer, work)


def _whole(values: Values, source: str, number: int, work: _Work) -> dict[str, Value]:
    """A new initiative: what the list says of it and what that brings; what it does not say stays empty."""
    whole: dict[str, Value] = {"number": number, **values}
    if whole.get("external_id"):
        whole["external_source"] = source
    for name in ("phase", "status"):
        if whole.get(name):
            whole[f"{name}_since"] = work.day
    if not whole.get("stage"):
        whole["stage"] = stage_suggested_by(whole.get("phase"), whole.get("status"), work.stages)
    return whole


def _with_consequences(before: Record, changes: Values, work: _Work) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in changes.items():
        values |= with_consequences(before, name, value, work.day, work.stages)
    return {**values, **changes}


def _remember(writer: Writer, work: _Work, action: RowAction, initiative_id: str) -> list[tuple[str, Values]]:
    """Keep what the list said of a row: in the entry there is, else in a new one, which is returned."""
    last = action.last or {}
    values: Values = {
        "initiative_id": initiative_id,
        "source": work.plan.mapping.source,
        "external_id": last.get("external_id"),
        "last_values": values_to_json(last),
        "imported": writer.moment,  # that of the records, so that a later edit can be told from it
    }
    entry = action.row.remembered
    if entry is None:
        return [(new_id(), values)]
    writer.change("import_source", entry.id, values)
    return []


def _remember_layout(writer: Writer, work: _Work) -> None:
    table = work.plan.table
    if is_handed_back(table.headings):  # a few rows of a list say little about how the whole of it is read
        return
    unfilled = [
        heading
        for column, heading in enumerate(table.headings)
        if heading and all(cell.is_empty for cell in table.cells(column))
    ]
    plain = work.plan.given.to_json() | {_UNFILLED: unfilled}
    mapping = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    fingerprint = layout_fingerprint(table.headings)
    values: Values = {"fingerprint": fingerprint, "mapping": mapping, "used": work.moment}
    if work.layout is None:
        writer.put("import_layout", values)
    elif work.layout.text("mapping") != mapping:
        writer.change("import_layout", work.layout.id, values)
