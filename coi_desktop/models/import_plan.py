"""What taking in a list would do, worked out row by row and field by field before anything is done.

Three-way: what the list says now, what it said last time, and what stands in the register. Only the list
changed: the field is updated. Only the register changed: it is kept. Both changed, and differently: a
conflict, which waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.column_values import Fault
from coi_desktop.models.fields import RecordType
from coi_desktop.models.heading_match import resolve_mapping
from coi_desktop.models.import_report import ImportProblem, Outcome, count_outcomes
from coi_desktop.models.import_words import ImportWords
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.row_matching import Layout, Match, Matcher, Remembered, RowKey
from coi_desktop.models.row_values import IsErased, RowPlace, RowValues, nobody_erased, read_row
from coi_desktop.models.table_mapping import TableMapping
from coi_desktop.models.tables import Table
from coi_desktop.models.vocabulary import Vocabulary


class FieldOutcome(StrEnum):
    """What becomes of one field of a matched row: taken from the list, kept as it is, or waiting."""

    UPDATED = "updated"
    KEPT = "kept"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that differs: what stands in the register, what the list said last time, what it says now."""

    field: str
    outcome: FieldOutcome
    local: Value
    last: Value
    incoming: Value


@dataclass(frozen=True)
class PlannedRow:
    """One row: what it says (``values`` by field), what would become of it, and what is wrong with it.

    ``initiative_id`` is the initiative it belongs to, ``like`` those it only looks like.
    """

    row_number: int
    outcome: Outcome
    values: Values
    initiative_id: str = ""
    remembered: Remembered | None = None
    differences: tuple[FieldDifference, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    like: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title the row says, or an empty text."""
        value = self.values.get("title")
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class ImportPlan:
    """The whole plan: every row in the list's order, and what it was made from.

    ``given`` is the mapping as a person left it, ``mapping`` the same with everything decided that the values
    decide. ``stored`` holds the initiatives that rows belong to or look like, as they stood.
    """

    table: Table
    given: TableMapping
    mapping: TableMapping
    rows: tuple[PlannedRow, ...]
    stored: Mapping[str, Record]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows come to each outcome."""
        return count_outcomes(row.outcome for row in self.rows)

    @property
    def problems(self) -> tuple[ImportProblem, ...]:
        """Every problem of every row, in the order of the list."""
        return tuple(problem for row in self.rows for problem in row.problems)


def plan_import(
    table: Table,
    given: TableMapping,
    record_type: RecordType,
    initiatives: Iterable[Record],
    remembered: Iterable[Remembered],
    vocabulary: Vocabulary,
    import_words: ImportWords,
    is_erased: IsErased = nobody_erased,
) -> ImportPlan:
    """Work out what each row of ``table`` would do to a register with these initiatives.

    What ``given`` leaves open is decided by the values of the list. What ``is_erased`` says names a person
    who was erased does not come back. Raises Problem ``no_rows`` for a list without rows, ``no_title_column``
    when no column is read as the title, without which there are no initiatives, and ``erased_person`` when
    the list itself is called after an erased person: its name and headings are remembered.
    """
    _check(table, given)
    _check_names(table, given, is_erased)
    mapping = resolve_mapping(table, given, record_type, import_words)
    stored = {record.id: record for record in initiatives}
    places = [RowPlace(table, mapping, row) for row in table.rows]
    rows = [read_row(place, record_type, vocabulary, import_words, is_erased) for place in places]
    usable = [row for row in rows if not row.is_rejected]
    layout = Layout(
        mapping.source,
        has_ids=mapping.column_of("external_id") is not None,
        has_departments=mapping.column_of("department") is not None,
    )
    matcher = Matcher(stored.values(), remembered, layout)
    matches = matcher.match([RowKey.of(row.row_number, row.values) for row in usable])
    planned = []
    for place, row in zip(places, rows, strict=True):
        match = matches.get(row.row_number)
        if match is None:
            planned.append(_without_match(row, Outcome.REJECTED))
        elif match.double_of:
            planned.append(_double(row, place, match.double_of))
        elif match.initiative_id:
            planned.append(_matched(row, match, stored[match.initiative_id], record_type, place))
        elif match.like and mapping.lookalikes == "ask":
            planned.append(_lookalike(row, match, place, stored[match.like[0]]))
        else:
            planned.append(_without_match(row, Outcome.NEW))
    known = {one for row in planned for one in (row.initiative_id, *row.like) if one}
    return ImportPlan(table, given, mapping, tuple(planned), {one: stored[one] for one in known})


def _check(table: Table, mapping: TableMapping) -> None:
    if not table.rows:
        raise Problem(
            _("{name} has headings, but no rows below them.").format(name=table.file_name),
            meaning=_("Nothing was imported or changed."),
            advice=_("See that you chose the right sheet."),
            code="no_rows",
        )
    if mapping.column_of("title") is None:
        raise Problem(
            _("No column of {name} is read as the title of the initiatives.").format(name=table.file_name),
            meaning=_("Nothing was imported or changed."),
            advice=_("Say which column holds the title; its heading could be “Titel” or “Projektnavn”."),
            code="no_title_column",
        )


def _check_names(table: Table, mapping: TableMapping, is_erased: IsErased) -> None:
    if any(map(is_erased, (table.file_name, table.sheet, mapping.source, *table.headings))):
        raise Problem(
            _("The name or a heading of the list names a person who was erased from the register."),
            meaning=_("Nothing was imported or changed."),
            advice=_("Give the file, the sheet or the column another name, and import it again."),
            code="erased_person",
        )


def _without_match(row: RowValues, outcome: Outcome) -> PlannedRow:
    return PlannedRow(row.row_number, outcome, row.values, problems=row.problems)


def _double(row: RowValues, place: RowPlace, first: int) -> PlannedRow:
    fault = Fault(
        _("the list has this initiative already, in row {row}").format(row=first),
        _("Delete one of the two rows, or give them ids or titles of their own."),
    )
    problems = (*row.problems, place.problem(fault, "title"))
    return PlannedRow(row.row_number, Outcome.REJECTED, row.values, problems=problems)


def _lookalike(row: RowValues, match: Match, place: RowPlace, like: Record) -> PlannedRow:
    fault = Fault(
        _("it looks like “{title}”, which is in the register already").format(title=like.text("title")),
        _("Say whether it is the same; without a decision it does not go in."),
    )
    problems = (*row.problems, place.problem(fault, "title"))
    return PlannedRow(row.row_number, Outcome.LOOKALIKE, row.values, problems=problems, like=match.like)


def _matched(
    row: RowValues, match: Match, local: Record, record_type: RecordType, place: RowPlace
) -> PlannedRow:
    last = match.remembered.values if match.remembered is not None else {}
    compared = (
        compare_field(name, local[name], last, incoming)
        for name, incoming in row.values.items()
        if not _is_foreign_id(name, local, place.mapping.source)
    )
    differences = tuple(difference for difference in compared if difference is not None)
    found = {difference.outcome for difference in differences}
    outcome = next((Outcome(one.value) for one in _WEIGHTIEST_FIRST if one in found), Outcome.IDENTICAL)
    waiting = [one.field for one in differences if one.outcome is FieldOutcome.CONFLICT]
    conflicts = tuple(
        place.problem(_conflict(record_type, name, is_new=name not in last), name) for name in waiting
    )
    problems = (*row.problems, *conflicts)
    return PlannedRow(row.row_number, outcome, row.values, local.id, match.remembered, differences, problems)


def _is_foreign_id(field_name: str, local: Record, source: str) -> bool:
    """Whether the initiative carries the id of another list, which this list has no say in."""
    return (
        field_name == "external_id"
        and local["external_id"] is not None
        and local["external_source"] != source
    )


def _conflict(record_type: RecordType, field_name: str, *, is_new: bool) -> Fault:
    field = record_type.field(field_name).label()
    if is_new:
        reason = _("“{field}” says something else in the register").format(field=field)
    else:
        reason = _("“{field}” was changed both in the list and in the register since the last import").format(
            field=field
        )
    return Fault(reason, _("Choose which of the two holds; until then the row is left as it is."))


_WEIGHTIEST_FIRST = (FieldOutcome.CONFLICT, FieldOutcome.UPDATED, FieldOutcome.KEPT)


def compare_field(name: str, local: Value, last: Values, incoming: Value) -> FieldDifference | None:
    """The difference in one field, three-way; None when there is none.

    Without a last value (the list is new, or the column is) an empty cell says nothing, an empty field is
    filled, and two different values are a conflict.
    """
    if incoming == local:
        return None
    if name not in last:
        if incoming is None:
            return None
        outcome = FieldOutcome.UPDATED if local is None else FieldOutcome.CONFLICT
        return FieldDifference(name, outcome, local, None, incoming)
    before = last[name]
    if incoming == before:
        return FieldDifference(name, FieldOutcome.KEPT, local, before, incoming)
    outcome = FieldOutcome.UPDATED if local == before else FieldOutcome.CONFLICT
    return FieldDifference(name, outcome, local, before, incoming)
