"""Dialogue sheets: steps of a guide as forms to be filled in around a table, on paper or in a workbook.

A sheet is made from the guide itself – its questions, columns, choices, hints – and from what is answered so
far, so that a change of the guide changes the sheet. Which steps have one stands in ``worksheets.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES, speaking
from coi_desktop.models.answers import Answers, Row
from coi_desktop.models.completeness import shown_columns
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.guide import NEVER, TABLES, Asked, Column, Guide, Question, QuestionKind, Step
from coi_desktop.models.guide_answers import Sight
from coi_desktop.models.guide_fields import columns_of
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.question_fields import fields_of, values_of
from coi_desktop.models.records import Value
from coi_desktop.models.row_names import RowNames
from coi_desktop.models.theory import theory_of
from coi_desktop.models.vocabulary import UNKNOWN, UNKNOWN_LIST, ValueList, Vocabulary

FILE = "worksheets.toml"

#: The table whose rows people call by the numbers they have in the picture.
_BOXES = "theory_node"

_USUAL_ROOM = 3
_REFERENCES = (QuestionKind.REFERENCE, QuestionKind.REFERENCES)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A step that has a sheet, how many rows its tables offer to write in, by question, and whether its paper
    lies, because they are wide.
    """

    step_id: str
    room: Mapping[str, int]
    is_wide: bool = False


def parse_worksheets(table: Mapping[str, Any], guide: Guide) -> tuple[SheetPlan, ...]:
    """The sheets of a guide. GuideError names what is not right in the file."""
    top = GuideTable(FILE, "", table)
    plans = []
    for one in top.tables("sheet"):
        step_id = one.text("step")
        if step_id not in {step.id for step in guide.steps}:
            one.fail("there is no such step", at="step")
        room = one.table("room") if one.has("room") else None
        tables = [question.id for question in guide.step(step_id).questions if question.kind in TABLES]
        rooms = {
            question_id: room.whole(name)
            for question_id in tables
            if room is not None and room.has(name := question_id.partition(".")[2])
        }
        if room is not None:
            room.close()
        is_wide = one.flag("wide", default=False)
        one.close()
        plans.append(SheetPlan(step_id, MappingProxyType(rooms), is_wide))
    top.close()
    return tuple(plans)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A single answer: its field (named as in ``question_fields``), what stands beside it, its value.

    ``at_most`` is how many keys of a ranking may be chosen; ``is_optional`` says that the depth does not ask
    for it.
    """

    question_id: str
    field: FieldSpec
    label: str
    hint: str
    value: Value
    at_most: int = 0
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a table: its id (of a grid: what names the line), its name, its values by column."""

    id: str
    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table: its columns as fields, the rows there are, and ``room`` for new ones (in a grid only on
    paper, as long as nothing else gives its lines).

    ``is_numbered``: its rows are called by numbers, from 1, where others point at them.
    """

    question_id: str
    label: str
    hint: str
    row_word: str
    columns: tuple[FieldSpec, ...]
    rows: tuple[SheetRow, ...]
    room: int
    is_grid: bool = False
    is_numbered: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The sheet of one step: its number in the guide, its title, why we ask, what is asked, and whether its
    paper lies.
    """

    step_id: str
    number: int
    title: str
    why: str
    parts: tuple[SheetEntry | SheetTable, ...]
    is_wide: bool = False


@dataclass(frozen=True)
class Worksheets:
    """The sheets of an evaluation of the initiative ``title``; ``words`` offers what their cells may say."""

    evaluation_id: str
    title: str
    source: str
    sheets: tuple[Worksheet, ...]
    words: Vocabulary

    def blank(self) -> Worksheets:
        """The same sheets with nothing filled in; the given lines of grids stay."""
        return replace(self, sheets=tuple(_blank(sheet) for sheet in self.sheets))

    def only(self, step_ids: Iterable[str]) -> Worksheets:
        """The sheets of these steps."""
        wanted = set(step_ids)
        return replace(self, sheets=tuple(one for one in self.sheets if one.step_id in wanted))

    def part(self, name: str) -> SheetEntry | SheetTable | None:
        """The table of a question, or the entry of a field, by name; None when no sheet has it."""
        for sheet in self.sheets:
            for part in sheet.parts:
                if name == (part.field.name if isinstance(part, SheetEntry) else part.question_id):
                    return part
        return None


def _blank(sheet: Worksheet) -> Worksheet:
    parts: list[SheetEntry | SheetTable] = []
    for part in sheet.parts:
        if isinstance(part, SheetEntry):
            parts.append(replace(part, value=None))
        else:
            kept = tuple(SheetRow(row.id, row.name, {}) for row in part.rows) if part.is_grid else ()
            parts.append(replace(part, rows=kept))
    return replace(sheet, parts=tuple(parts))


def make_worksheets(
    guide: Guide,
    answers: Answers,
    depth: str,
    words: Vocabulary,
    plans: Sequence[SheetPlan],
    *,
    evaluation_id: str = "",
    title: str = "",
) -> Worksheets:
    """The sheets of ``plans`` with what is answered so far, in the language spoken now."""
    maker = _Maker(guide, answers, depth, words)
    sheets = tuple(maker.sheet(guide.step(plan.step_id), plan) for plan in plans)
    lists = dict(maker.lists)
    return Worksheets(evaluation_id, title, guide.words().source, sheets, words.below(lambda: lists))


class _Maker:
    """Makes sheets; ``lists`` are the choices beyond the value lists: other rows, "not known yet"."""

    def __init__(self, guide: Guide, answers: Answers, depth: str, words: Vocabulary) -> None:
        self._guide = guide
        self._answers = answers
        self._depth = depth
        self._words = words
        self._sight = Sight(guide, answers)
        self._names = RowNames(guide, answers, words)
        self._values = values_of(guide, answers)
        self.lists: dict[str, ValueList] = {}

    def sheet(self, step: Step, plan: SheetPlan) -> Worksheet:
        """The sheet of a step."""
        help_ = self._guide.words().steps[step.id]
        parts: list[SheetEntry | SheetTable] = []
        for question in step.questions:
            if question.kind in TABLES:
                parts.append(self._table(question, plan.room.get(question.id, _USUAL_ROOM)))
            else:
                parts += self._entries(question)
        return Worksheet(step.id, step.number, help_.title, help_.why, tuple(parts), plan.is_wide)

    def _is_optional(self, question: Question) -> bool:
        return question.required != NEVER and not self._guide.is_reached(question.required, self._depth)

    def _entries(self, question: Question) -> list[SheetEntry]:
        words = self._guide.words().questions[question.id]
        found = []
        for place, field in enumerate(fields_of(self._guide, question)):
            is_first = place == 0
            label = words.label
            if not is_first or question.until is not None:
                label = f"{words.label} – {field.label()}"
            field = self._offering(question, field) if is_first else field
            ranked = question.kind is QuestionKind.RANK
            most = question.at_most or len(self._words.keys(question.values)) if ranked else 0
            entry = SheetEntry(
                question.id,
                field._replace(da=label, en=label),
                label,
                words.hint if is_first else "",
                self._values.get(field.name),
                most,
                self._is_optional(question),
            )
            found.append(entry)
        return found

    def _table(self, question: Question, room: int) -> SheetTable:
        words = self._guide.words().questions[question.id]
        fields = columns_of(self._guide, question)
        columns = shown_columns(question, self._sight, self._depth)
        is_grid = question.kind is QuestionKind.GRID
        return SheetTable(
            question.id,
            words.label,
            words.hint,
            words.row,
            tuple(self._offering(column, fields[column.id], question) for column in columns),
            tuple(self._lines(question) if is_grid else self._rows(question)),
            0 if question.line_keys else room,
            is_grid,
            self._is_numbered(question),
            self._is_optional(question),
        )

    def _rows(self, question: Question) -> Iterable[SheetRow]:
        rows = {str(row.get("id")): row for row in self._names.rows(question)}
        ids = list(rows)
        if question.table == _BOXES:
            ids = [box.id for box in theory_of(self._answers).boxes]
        for row_id in ids:
            row = rows[row_id]
            values = {column.id: row.get(column.id) for column in question.columns}
            yield SheetRow(row_id, self._names.name(question, row), values)

    def _lines(self, question: Question) -> Iterable[SheetRow]:
        for line in self._sight.lines(question, self._depth):
            if not question.line_keys and not line.is_required and line.row is None:
                continue
            row: Row = line.row or {}
            values = {column.id: row.get(column.id) for column in question.columns}
            yield SheetRow(line.key, self._line_name(question, line.key), values)

    def _line_name(self, question: Question, key: str) -> str:
        if question.values:
            return self._words.label(question.values, key)
        source = self._guide.question(question.lines_from)
        named = {str(row.get("id")): row for row in self._names.rows(source)}
        return self._names.name(source, named[key]) if key in named else key

    def _is_numbered(self, question: Question) -> bool:
        own = self._guide.step(question.step_id).questions
        return any(column.rows_of == question.id for other in own for column in other.columns)

    # What a cell may say

    def _offering(self, asked: Asked, field: FieldSpec, question: Question | None = None) -> FieldSpec:
        """The field with the name of the list whose words its cells offer."""
        if isinstance(asked, Column) and asked.kind in _REFERENCES and question is not None:
            kind = Kind.CHOICE if asked.kind is QuestionKind.REFERENCE else Kind.CHOICES
            return field._replace(kind=kind, values=self._row_list(question, asked))
        if field.values and asked.unknown and not self._words.has(field.values, UNKNOWN):
            return field._replace(values=self._list_with_unknown(field.values))
        return field

    def _list_with_unknown(self, name: str) -> str:
        longer = f"{name}+{UNKNOWN}"
        if longer not in self.lists:
            found = self._words.value_list(name)
            unknown = self._words.value_list(UNKNOWN_LIST).words[UNKNOWN]
            self.lists[longer] = ValueList(longer, {**found.words, UNKNOWN: unknown}, found.retired)
        return longer

    def _row_list(self, question: Question, column: Column) -> str:
        name = f"{question.id}.{column.id}"
        if name not in self.lists:
            by_language = {}
            for language in LANGUAGES:
                with speaking(language):
                    by_language[language] = _different(self._row_options(column))
            keys = by_language[LANGUAGES[0]]
            words = {key: {language: by_language[language][key] for language in LANGUAGES} for key in keys}
            self.lists[name] = ValueList(name, words)
        return name

    def _row_options(self, column: Column) -> list[tuple[str, str]]:
        options = list(self._names.options(column))
        if not column.rows_of:
            return options
        target = self._guide.question(column.rows_of)
        if not self._is_numbered(target):
            return options
        named = dict(options)
        ids = [row.id for row in self._rows(target)]
        return [(row_id, f"{number} {named[row_id]}") for number, row_id in enumerate(ids, 1)]


def _different(options: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Words that differ and can stand beside each other in one cell."""
    found: dict[str, str] = {}
    for key, label in options:
        wanted = label = label.replace(";", ",")
        number = 2
        while wanted in found.values():
            wanted, number = f"{label} ({number})", number + 1
        found[key] = wanted
    return found
