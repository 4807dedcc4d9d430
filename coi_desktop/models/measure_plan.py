"""What taking measurements in would do: each beside what is there, reviewed before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from coi_desktop.i18n import _
from coi_desktop.models.answer_sets import suggest_choices
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.import_report import ImportProblem, ImportReport, Level, Outcome, count_outcomes
from coi_desktop.models.measure_answers import AnswersReader
from coi_desktop.models.measure_candidates import Candidate, IsErased, measured_name, refused
from coi_desktop.models.measure_columns import MeasureTable
from coi_desktop.models.measure_mapping import AFTER, BEFORE, MeasureMapping, part_of
from coi_desktop.models.measure_rows import RowsReader
from coi_desktop.models.measure_words import MeasureWords
from coi_desktop.models.points import INITIATIVE
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.table_headers import fold_heading
from coi_desktop.models.table_notes import notes_as_problems
from coi_desktop.models.tables import EMPTY_CELL, Table, TableRow
from coi_desktop.models.vocabulary import Vocabulary

_DONE = (Outcome.NEW, Outcome.UPDATED)


@dataclass(frozen=True)
class Surroundings:
    """What a table is laid beside: the evaluation's indicators and measurements, and the words spoken here.

    ``source`` is what is noted as the source of summed-up answers.
    """

    indicators: tuple[Record, ...]
    measurements: tuple[Record, ...]
    words: Vocabulary
    known: MeasureWords
    is_erased: IsErased
    today: date
    source: str


@dataclass(frozen=True)
class PlannedMeasurement:
    """One measurement of the table: what it says, what becomes of it, and what is there already.

    ``changes`` are the fields that would be set in ``existing``; ``conflicts`` those of them that hold
    something else there.
    """

    place: int
    indicator_id: str
    indicator: str
    values: Values
    outcome: Outcome
    row_number: int = 0
    problems: tuple[ImportProblem, ...] = ()
    existing: Record | None = None
    changes: Values = field(default_factory=lambda: MappingProxyType({}))
    conflicts: tuple[str, ...] = ()

    def under(self, taken: AbstractSet[int]) -> Outcome:
        """What becomes of it when the conflicts at the places ``taken`` go by the table."""
        is_taken = self.outcome is Outcome.CONFLICT and self.place in taken
        return Outcome.UPDATED if is_taken else self.outcome


@dataclass(frozen=True)
class MeasurePlan:
    """The measurements of a table, in its order, and the baselines that a first round gives."""

    ready: MeasureTable
    before: MeasureTable | None
    mapping: MeasureMapping
    rows: tuple[PlannedMeasurement, ...]
    baselines: Mapping[str, Values]

    def report(self, indicators: Sequence[Record], taken: AbstractSet[int] = frozenset()) -> ImportReport:
        """Counts, problems and the mapping, as every import reports them."""
        problems = [*notes_as_problems(self.ready.table)]
        problems += [
            ImportProblem(one.remark(), sheet=self.ready.table.sheet, level=Level.NOTE)
            for one in self.ready.personal
        ]
        for row in self.rows:
            is_done = row.under(taken) in _DONE
            problems += [one for one in row.problems if not is_done or one.level is Level.NOTE]
        return ImportReport(
            count_outcomes(row.under(taken) for row in self.rows),
            tuple(dict.fromkeys(problems)),
            extra={
                "sheet": self.ready.table.sheet or None,
                "header_row": self.ready.table.header_row,
                "mapping": self.mapping.to_json(indicators),
            },
        )


def plan_measures(
    ready: MeasureTable,
    mapping: MeasureMapping,
    around: Surroundings,
    before: MeasureTable | None = None,
) -> MeasurePlan:
    """What taking a table in would do. ``before`` is the table of a first round, with the same headings.

    Raises Problem ``personal_column``, ``no_rows``, ``headings_differ``, and those of the readers.
    """
    if not around.indicators:
        raise refused(
            _("The evaluation has no indicators yet."),
            _("Add them in step 8 first: measurements belong to an indicator."),
            "no_indicator",
        )
    if not ready.table.rows:
        raise refused(_("There are no rows below the headings."), _("Choose another sheet."), "no_rows")
    aligned = None if before is None else align_table(before, ready.table, mapping)
    _refuse_personal(ready, mapping)
    indicators = {one.id: one for one in around.indicators}
    tables = {AFTER: ready.table} if aligned is None else {BEFORE: aligned, AFTER: ready.table}
    mapping = with_choices(mapping, tables.values(), indicators, around.known)
    if mapping.shape == "answers":
        found = AnswersReader(
            tables, mapping, indicators, around.known, around.is_erased, around.source
        ).candidates()
    else:
        found = RowsReader(
            ready.table, mapping, indicators, around.words, around.is_erased, around.today
        ).candidates()
    rows = _lay_beside(list(found), indicators, around.measurements)
    if not rows:
        raise refused(_("No row holds a value."), _("See which columns are read."), "no_rows")
    return MeasurePlan(ready, before, mapping, rows, _baselines(rows, mapping, indicators))


def with_choices(
    mapping: MeasureMapping,
    tables: Iterable[Table],
    indicators: Mapping[str, Record],
    known: MeasureWords,
) -> MeasureMapping:
    """The mapping with what is known of each answer filled in; what a person said of one comes first."""
    tables = tuple(tables)
    columns = []
    for column in mapping.table.columns:
        part, indicator_id = part_of(column.field)
        if indicator_id and part != "value":
            cells = [cell for table in tables for cell in table.cells(column.column)]
            found = suggest_choices(indicators[indicator_id], cells, known)
            choices = {text: MappingProxyType({column.field: key}) for text, key in found.items()}
            given = {text: MappingProxyType(dict(keys)) for text, keys in column.choices.items() if keys}
            column = replace(column, choices=MappingProxyType({**choices, **given}))
        columns.append(column)
    return replace(mapping, table=replace(mapping.table, columns=tuple(columns)))


def align_table(before: MeasureTable, after: Table, mapping: MeasureMapping) -> Table:
    """The table of the first round with its columns where those of the second stand, found by heading.

    Raises Problem ``headings_differ`` and ``personal_column``.
    """
    places: dict[int, int] = {}
    for column in mapping.table.columns:
        wanted = fold_heading(column.heading)
        found = [
            place for place, heading in enumerate(before.table.headings) if fold_heading(heading) == wanted
        ]
        if len(found) != 1:
            raise refused(
                _("{name} has no column “{heading}”, or has it twice.").format(
                    name=before.table.file_name, heading=clean_line(column.heading)[:80]
                ),
                _("The files of both rounds need the same headings."),
                "headings_differ",
            )
        if found[0] in before.personal_places:
            raise _personal(before, found[0])
        places[column.column] = found[0]
    rows = tuple(
        TableRow(
            row.row_number,
            tuple(
                row.cells[places[place]] if place in places else EMPTY_CELL
                for place in range(len(after.headings))
            ),
        )
        for row in before.table.rows
    )
    return replace(before.table, headings=after.headings, rows=rows)


def _refuse_personal(ready: MeasureTable, mapping: MeasureMapping) -> None:
    for column in mapping.table.columns:
        if column.column in ready.personal_places:
            raise _personal(ready, column.column)


def _personal(ready: MeasureTable, place: int) -> Exception:
    one = next(found for found in ready.personal if found.column == place)
    return refused(one.remark().removesuffix(one.advice).strip(), one.advice, "personal_column")


# ---------------------------------------------------------------------------------- beside what is there


_Key = tuple[str, Value, str, str]


def _lay_beside(
    found: Sequence[Candidate], indicators: Mapping[str, Record], measurements: Sequence[Record]
) -> tuple[PlannedMeasurement, ...]:
    here: dict[_Key, list[Record]] = {}
    for record in measurements:
        here.setdefault(_key(record.text("indicator_id"), record.values), []).append(record)
    seen: dict[_Key, Candidate] = {}
    rows = []
    for place, one in enumerate(found):
        planned = _plan_one(place, one, indicators, here, seen)
        rows.append(planned)
        if planned.outcome is not Outcome.REJECTED:
            seen.setdefault(_key(one.indicator_id, one.values), one)
    return tuple(rows)


def _plan_one(
    place: int,
    one: Candidate,
    indicators: Mapping[str, Record],
    here: Mapping[_Key, Sequence[Record]],
    seen: Mapping[_Key, Candidate],
) -> PlannedMeasurement:
    indicator = indicators.get(one.indicator_id)
    name = "" if indicator is None else measured_name(indicator)
    values: Values = MappingProxyType({key: value for key, value in one.values.items() if value is not None})
    planned = PlannedMeasurement(
        place, one.indicator_id, name, values, Outcome.NEW, one.row_number, one.problems
    )
    if any(problem.level is Level.ERROR for problem in one.problems):
        return replace(planned, outcome=Outcome.REJECTED)
    key = _key(one.indicator_id, values)
    if key in seen:
        return _stands_twice(planned, seen[key])
    records = here.get(key, ())
    if not records:
        return planned
    judged = [_differences(record, values) for record in records]
    best = min(range(len(records)), key=lambda at: (bool(judged[at][1]), len(judged[at][0])))
    changes, conflicts = judged[best]
    outcome = Outcome.CONFLICT if conflicts else Outcome.UPDATED if changes else Outcome.IDENTICAL
    return replace(
        planned,
        outcome=outcome,
        existing=records[best],
        changes=MappingProxyType(changes),
        conflicts=tuple(conflicts),
    )


def _stands_twice(planned: PlannedMeasurement, first: Candidate) -> PlannedMeasurement:
    same = all(first.values.get(name) == value for name, value in planned.values.items())
    row = str(first.row_number)
    if same:
        reason = _("the same measurement stands in row {row} already").format(row=row)
        note = ImportProblem(reason, row=planned.row_number, level=Level.NOTE)
        return replace(planned, outcome=Outcome.IDENTICAL, problems=(*planned.problems, note))
    reason = _("row {row} has another value for the same indicator, date, series and group").format(row=row)
    remedy = _("Keep one of the rows, or give them a date or a group each.")
    fault = ImportProblem(reason, remedy, row=planned.row_number)
    return replace(planned, outcome=Outcome.REJECTED, problems=(*planned.problems, fault))


def _key(indicator_id: str, values: Values) -> _Key:
    series, subgroup = values.get("series"), values.get("subgroup")
    return indicator_id, values.get("date"), str(series or INITIATIVE), fold(clean_line(str(subgroup or "")))


def _differences(record: Record, values: Values) -> tuple[dict[str, Value], list[str]]:
    """The fields that would be set, and those of them that hold something else."""
    changes: dict[str, Value] = {}
    conflicts: list[str] = []
    for name, value in values.items():
        stored = record.values.get(name)
        if name == "series":
            stored = stored or INITIATIVE
        if stored == value:
            continue
        changes[name] = value
        if stored not in (None, ""):
            conflicts.append(name)
    return changes, conflicts


def _baselines(
    rows: Sequence[PlannedMeasurement], mapping: MeasureMapping, indicators: Mapping[str, Record]
) -> dict[str, Values]:
    """For indicators without a baseline, the one that the first of two rounds of answers gives."""
    if mapping.shape != "answers" or mapping.series != INITIATIVE:
        return {}
    found: dict[str, Values] = {}
    for indicator_id in dict.fromkeys(row.indicator_id for row in rows):
        record = indicators[indicator_id]
        taken = [
            row
            for row in rows
            if row.indicator_id == indicator_id
            and "subgroup" not in row.values
            and row.outcome is not Outcome.REJECTED
        ]
        if len(taken) < 2 or record.number("baseline") is not None:
            continue
        first = min(taken, key=lambda row: str(row.values["date"])).values
        found[indicator_id] = MappingProxyType(
            {
                "baseline": first["value"],
                "baseline_date": first["date"],
                "baseline_status": "measured",
                "baseline_n": first["n"],
                "baseline_sd": first.get("sd"),
                "baseline_source": first.get("source"),
            }
        )
    return found
