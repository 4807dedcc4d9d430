"""What dialogue sheets that came back would change in an evaluation: three-way by cell, as any sheet of ours.

Every part of a sheet – a single answer, a table – is planned as a sheet of rows (``return_plan``), and all of
them are one plan. Rows that are new may be pointed at by others that are new, by their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.guide import Guide
from coi_desktop.models.privacy import find_personal_details, remark_on
from coi_desktop.models.records import Record, Value
from coi_desktop.models.return_plan import (
    CellChange,
    ReturnPlan,
    RowChanges,
    RowProblem,
    RowRules,
    plan_return,
)
from coi_desktop.models.returned_sheet import BETWEEN, ID_COLUMN, ReturnedSheet
from coi_desktop.models.returned_worksheets import NUMBER, ReturnedPart, ReturnedWorksheets
from coi_desktop.models.tables import Cell, CellKind, column_letters, column_number
from coi_desktop.models.vocabulary import ValueList, Vocabulary
from coi_desktop.models.worksheets import SheetEntry, SheetTable, Worksheets

#: What the key of a row begins with that is still to be made; its number in the sheet follows.
NEW = "new:"

_NUMBERS = re.compile(r"[0-9]{1,3}([ ;,.og&]+[0-9]{1,3})*")

#: Whether a value may be an answer: the name of the question, of the column (or empty), the value; a sentence
#: for what may not.
Check = Callable[[str, str, Value], str]


class WorksheetReturn(NamedTuple):
    """The plan, the words of its choices, and what is worth knowing of personal data (empty: nothing)."""

    plan: ReturnPlan
    words: Vocabulary
    remark: str


def plan_worksheets(
    book: ReturnedWorksheets,
    guide: Guide,
    now: Worksheets,
    then: Worksheets | None,
    *,
    check: Check,
    is_erased: Callable[[str], bool] = lambda _text: False,
) -> WorksheetReturn:
    """What the sheets would change. ``now`` and ``then`` (None: nobody knows) are the sheets of the
    evaluation as it is and as it was when they were written, with all columns.
    """
    made = _new_rows(book, guide, now)
    lists = _with_new_rows(guide, now, made)
    words = now.words.below(lambda: lists)
    plans = [
        _Planned(part, guide, now, then, words, check, is_erased).plan(book)
        for part in book.parts
        if now.part(part.name) is not None
    ]
    whole = ReturnPlan(
        ReturnedSheet(book.file_name, "", book.mark.of_sheet, (), (), ()),
        tuple(row for plan in plans for row in plan.rows),
        tuple(problem for plan in plans for problem in plan.problems),
        sum(plan.unchanged for plan in plans),
        then is not None,
        of_initiatives=False,
    )
    return WorksheetReturn(whole, words, _remark(whole))


class _Planned:
    """One part on its way into the plan."""

    def __init__(
        self,
        part: ReturnedPart,
        guide: Guide,
        now: Worksheets,
        then: Worksheets | None,
        words: Vocabulary,
        check: Check,
        is_erased: Callable[[str], bool],
    ) -> None:
        self._part = part
        self._guide = guide
        self._now = now
        self._then = then
        self._words = words
        self._check = check
        self._is_erased = is_erased

    def plan(self, book: ReturnedWorksheets) -> ReturnPlan:
        """The plan of the part."""
        here = self._now.part(self._part.name)
        assert here is not None
        title = self._title(here)
        records = _records(here, book.mark.evaluation_id)
        then = self._then
        bases: dict[str, Mapping[str, Value]] | None = None
        if then is not None:
            known = then.part(self._part.name)
            held = _records(known, book.mark.evaluation_id) if known is not None else {}
            bases = {key: record.values for key, record in held.items()}
        names = _row_names(here)
        rules = RowRules(
            lambda record: " · ".join(part for part in (title, names.get(record.id, "")) if part),
            "",
            (_("the same row stands there twice"), _("Delete the copy, or empty its hidden first cell.")),
            (
                _("this row is no longer in the evaluation"),
                _("Restore it from the trash, or write it into an empty row."),
            ),
        )
        fields = (here.field,) if isinstance(here, SheetEntry) else here.columns
        sheet = self._spelled_out(here, fields)
        plan = plan_return(sheet, records, bases, fields, self._words, is_erased=self._is_erased, rules=rules)
        checked, wrong = self._checked(plan.rows, title)
        return plan._replace(
            rows=checked, problems=(*(self._placed(one, title) for one in plan.problems), *wrong)
        )

    def _title(self, part: SheetEntry | SheetTable) -> str:
        question = self._guide.question(part.question_id)
        step = self._guide.words().steps[question.step_id].title
        return step if isinstance(part, SheetEntry) else f"{step} · {part.label}"

    def _placed(self, problem: RowProblem, title: str) -> RowProblem:
        """A problem with the place where the cell stands on its sheet."""
        heading = f"{title} · {problem.heading}" if problem.heading else title
        rows_at = self._part.rows_at
        if not rows_at:
            return problem._replace(heading=heading)
        row = rows_at[column_number(problem.column)] or problem.row_number
        return problem._replace(
            row_number=row, column=column_letters(problem.row_number - 1), heading=heading
        )

    def _checked(
        self, rows: Iterable[RowChanges], title: str
    ) -> tuple[tuple[RowChanges, ...], list[RowProblem]]:
        """The rows with what may be an answer, and what may not as problems."""
        kept: list[RowChanges] = []
        wrong: list[RowProblem] = []
        for row in rows:
            changes: list[CellChange] = []
            for change in row.changes:
                if change.there is False and change.here is None and _is_tick(change.field):
                    continue
                name = change.field.name if self._is_table else ""
                reason = (
                    "" if _points_at_new(change.there) else self._check(self._part.name, name, change.there)
                )
                if not reason:
                    changes.append(change)
                    continue
                wrong.append(
                    RowProblem(
                        self._row_of(row, change.field),
                        "",
                        f"{title} · {change.field.label()}",
                        "",
                        reason.rstrip("."),
                        _("Choose one of the answers offered."),
                    )
                )
            if changes:
                named = row.title or " · ".join((title, _first_text(changes)))
                kept.append(replace_row(row, tuple(changes), named, self._part.name))
        return tuple(kept), wrong

    @property
    def _is_table(self) -> bool:
        return isinstance(self._now.part(self._part.name), SheetTable)

    def _row_of(self, row: RowChanges, field: FieldSpec) -> int:
        names, rows_at = self._part.sheet.names, self._part.rows_at
        return rows_at[names.index(field.name)] if rows_at and field.name in names else row.row_number

    def _spelled_out(self, part: SheetEntry | SheetTable, fields: Iterable[FieldSpec]) -> ReturnedSheet:
        """The sheet with numbers of rows in the place of which their names are written."""
        sheet = self._part.sheet
        if isinstance(part, SheetEntry):
            return sheet
        named = {
            sheet.names.index(field.name): _by_number(self._words, field)
            for field in fields
            if field.values and self._words.has_list(field.values) and field.name in sheet.names
        }
        named = {column: names for column, names in named.items() if names}
        if not named:
            return sheet
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    _spelled(cell, named[column]) if column in named else cell
                    for column, cell in enumerate(row.cells)
                ),
            )
            for row in sheet.rows
        )
        return sheet._replace(rows=rows)


def replace_row(row: RowChanges, changes: tuple[CellChange, ...], title: str, part: str) -> RowChanges:
    """A row with other changes, under the name of its part."""
    return row._replace(changes=changes, title=title, part=part)


def _records(part: SheetEntry | SheetTable, evaluation_id: str) -> dict[str, Record]:
    if isinstance(part, SheetEntry):
        return {evaluation_id: Record("answers", evaluation_id, {part.field.name: part.value})}
    return {row.id: Record(part.question_id, row.id, row.values) for row in part.rows}


def _row_names(part: SheetEntry | SheetTable) -> dict[str, str]:
    return {row.id: row.name for row in part.rows} if isinstance(part, SheetTable) else {}


def _is_tick(field: FieldSpec) -> bool:
    return field.kind is Kind.YES_NO and field.name.endswith("#none_yet")


def _points_at_new(value: Value) -> bool:
    keys = value if isinstance(value, tuple) else (value,)
    return any(isinstance(key, str) and key.startswith(NEW) for key in keys)


def _first_text(changes: Iterable[CellChange]) -> str:
    texts = [change for change in changes if change.field.kind in (Kind.TEXT, Kind.LONG)]
    return clean_line(str(texts[0].there))[:80] if texts else _("new row")


# ----------------------------------------------------------------------------- rows that are still to be made


def _new_rows(book: ReturnedWorksheets, guide: Guide, now: Worksheets) -> dict[str, dict[str, str]]:
    """The rows to be made of tables whose rows are called by numbers: by question, their keys and names."""
    found: dict[str, dict[str, str]] = {}
    for part in book.parts:
        table = now.part(part.name)
        if not isinstance(table, SheetTable) or not table.is_numbered or NUMBER not in part.sheet.names:
            continue
        texts = [field.name for field in table.columns if field.kind in (Kind.TEXT, Kind.LONG)]
        text_column = part.sheet.column_of(texts[0]) if texts else None
        id_column, number_column = part.sheet.names.index(ID_COLUMN), part.sheet.names.index(NUMBER)
        for row in part.sheet.rows:
            number = row.cells[number_column].text
            if row.cells[id_column].is_empty and number.isdigit():
                text = row.cells[text_column].text if text_column is not None else ""
                name = clean_line(f"{number} {text}").replace(";", ",")
                found.setdefault(part.name, {})[f"{NEW}{row.row_number}"] = name
    return found


def _with_new_rows(
    guide: Guide, now: Worksheets, made: Mapping[str, Mapping[str, str]]
) -> dict[str, ValueList]:
    """The lists of rows to point at, with those that are still to be made."""
    lists = {}
    for question in guide.by_id.values():
        for column in question.columns:
            name = f"{question.id}.{column.id}"
            new = made.get(column.rows_of, {})
            if new and now.words.has_list(name):
                known = now.words.value_list(name)
                more = {key: dict.fromkeys(LANGUAGES, text) for key, text in new.items()}
                lists[name] = ValueList(name, {**known.words, **more}, known.retired)
    return lists


def _by_number(words: Vocabulary, field: FieldSpec) -> dict[str, str]:
    """What stands for the rows of a numbered list: its number, and its text without it."""
    if "." not in field.values or field.kind not in (Kind.CHOICE, Kind.CHOICES):
        return {}
    found: dict[str, str] = {}
    for key in words.keys(field.values):
        label = words.label(field.values, key)
        number, _blank, text = label.partition(" ")
        if not number.isdigit():
            return {}
        found.setdefault(number, label)
        found.setdefault(fold(text), label)
        found.setdefault(fold(text.rpartition(" · ")[2]), label)
    return found


def _spelled(cell: Cell, names: Mapping[str, str]) -> Cell:
    """A cell with the names of rows where their numbers or texts stand."""
    text = clean_line(cell.text)
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER) or not text:
        return cell
    entries = re.findall("[0-9]+", text) if _NUMBERS.fullmatch(text) else text.split(";")
    spelled = [names.get(fold(entry).strip(), entry.strip()) for entry in entries]
    return Cell(CellKind.TEXT, BETWEEN.join(spelled))


def _remark(plan: ReturnPlan) -> str:
    texts = [change.there for row in plan.rows for change in row.changes if isinstance(change.there, str)]
    return remark_on([finding for text in texts for finding in find_personal_details(text)])
