"""What a sheet that came back from Excel would change: three-way by cell, nothing decided unasked.

For every cell there is what the register held when the sheet was written (``base``), what it holds now
(``here``) and what the sheet says (``there``). Only what was changed in the sheet counts; where it was
changed here as well, somebody has to choose. A row that is missing says nothing, and neither does a column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Record, Value
from coi_desktop.models.returned_cells import ColumnReader, WrongCell
from coi_desktop.models.returned_sheet import ID_COLUMN, ReturnedSheet
from coi_desktop.models.tables import Cell, TableRow, column_letters
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary

#: Fields that tell what a row is and are not changed by way of a sheet.
FIXED_FIELDS = ("number",)

Bases = Mapping[str, Mapping[str, Value]]


class Difference(StrEnum):
    """What became of a cell: changed, emptied, or changed here as well since the sheet was written."""

    CHANGED = "changed"
    CLEARED = "cleared"
    CONFLICT = "conflict"


class CellChange(NamedTuple):
    """One cell that differs: what the register held then, what it holds now, and what the sheet says."""

    field: FieldSpec
    difference: Difference
    base: Value
    here: Value
    there: Value


class RowChanges(NamedTuple):
    """The differing cells of one row; ``record_id`` is empty for a new one. ``part`` names the part of the
    sheet that it stands in, where a sheet has several.
    """

    row_number: int
    record_id: str
    title: str
    changes: tuple[CellChange, ...]
    part: str = ""


class RowProblem(NamedTuple):
    """A cell or row that is not taken in: where it stands, what it shows, why, and what to do."""

    row_number: int
    column: str
    heading: str
    shown: str
    reason: str
    remedy: str

    def sentence(self) -> str:
        """The problem in words, with its place."""
        place = _("Row {row}, {heading}").format(row=self.row_number, heading=self.heading or self.column)
        shown = f" “{self.shown}”" if self.shown else ""
        return f"{place}{shown}: {self.reason}. {self.remedy}"


class ReturnPlan(NamedTuple):
    """What a sheet would change. ``unchanged`` counts rows that say what the register says;
    ``of_initiatives`` tells that its rows are these.

    Without ``is_base_known`` nobody knows what the register held when the sheet was written, and all that
    differs in known rows is a conflict.
    """

    sheet: ReturnedSheet
    rows: tuple[RowChanges, ...]
    problems: tuple[RowProblem, ...]
    unchanged: int
    is_base_known: bool = True
    of_initiatives: bool = True

    @property
    def new_rows(self) -> tuple[RowChanges, ...]:
        """The rows that are new."""
        return tuple(row for row in self.rows if not row.record_id)

    def count(self, difference: Difference) -> int:
        """How many cells of known rows differ in this way."""
        return sum(
            change.difference is difference for row in self.rows if row.record_id for change in row.changes
        )

    def conflicts_as(self, *, sheet: bool) -> dict[tuple[str, str], bool]:
        """All conflicts decided alike: for the sheet, or for what stands here."""
        return {
            (row.record_id, change.field.name): sheet
            for row in self.rows
            for change in row.changes
            if change.difference is Difference.CONFLICT
        }

    def sentence(self) -> str:
        """The counts in words: 37 felter ændret · 1 konflikt · 3 nye tiltag · 40 rækker uændret."""
        changed, emptied = self.count(Difference.CHANGED), self.count(Difference.CLEARED)
        conflicts, new = self.count(Difference.CONFLICT), len(self.new_rows)
        wrong, same = len(self.problems), self.unchanged
        counted = (
            (changed, ngettext("{count} field changed", "{count} fields changed", changed)),
            (emptied, ngettext("{count} field emptied", "{count} fields emptied", emptied)),
            (conflicts, ngettext("{count} conflict", "{count} conflicts", conflicts)),
            (new, ngettext("{count} new initiative", "{count} new initiatives", new)),
            (wrong, ngettext("{count} problem", "{count} problems", wrong)),
            (same, ngettext("{count} row unchanged", "{count} rows unchanged", same)),
        )
        if not self.of_initiatives:
            counted = (
                *counted[:3],
                (new, ngettext("{count} new row", "{count} new rows", new)),
                *counted[4:],
            )
        language = current_language()
        said = [text.format(count=format_number(count, language)) for count, text in counted if count]
        if conflicts and not self.is_base_known:
            said.append(_("the history of the register is no longer the one that the sheet was written from"))
        return " · ".join(said) or _("The sheet has no rows.")


class ReturnDecisions(NamedTuple):
    """What was decided: whether emptied cells empty the field, and per conflict whose value it is to be.

    ``conflicts`` is by (id, field name): True takes the sheet's value, False keeps the register's; one that
    is not named stays as it is here.
    """

    clear_emptied: bool = True
    conflicts: Mapping[tuple[str, str], bool] = {}

    def takes(self, record_id: str, change: CellChange) -> bool:
        """Whether a change is carried out."""
        if change.difference is Difference.CONFLICT:
            return self.conflicts.get((record_id, change.field.name), False)
        return change.difference is Difference.CHANGED or self.clear_emptied


class RowRules(NamedTuple):
    """What the rows of a sheet are: how a record is called, which field a new row must have (empty: none),
    and what is said, with a remedy, of a row that stands twice and of one whose record is gone.
    """

    title_of: Callable[[Record], str]
    new_needs: str
    twice: tuple[str, str]
    gone: tuple[str, str]


def initiative_rules() -> RowRules:
    """The rows of the register's own sheet."""
    return RowRules(
        lambda record: record.text("title"),
        "title",
        (
            _("the same initiative stands in several rows"),
            _("Delete the copies; a new initiative is a row with an empty first column."),
        ),
        (
            _("this initiative is no longer in the register"),
            _("Restore it from the trash, or empty the hidden first cell to add it anew."),
        ),
    )


def plan_return(
    sheet: ReturnedSheet,
    records: Mapping[str, Record],
    bases: Bases | None,
    fields: Sequence[FieldSpec],
    words: Vocabulary,
    *,
    is_erased: Callable[[str], bool] = lambda _text: False,
    rules: RowRules | None = None,
) -> ReturnPlan:
    """What ``sheet`` would change.

    ``records`` holds the records of the register by id, the tags of initiatives under ``tags`` among their
    values; ``rules`` are those of initiatives where nothing else is said;
    ``bases`` gives, for the fields that were changed here since the sheet was written, what they held then:
    None when that is not known. What ``is_erased`` says names a person who was erased does not come back.
    """
    by_name = {field.name: field for field in fields}
    readers = {
        name: ColumnReader(by_name[name], words, sheet.cells(name)) for name in sheet.names if name in by_name
    }
    rules = rules or initiative_rules()
    seen = _ids_seen_twice(sheet)
    rows: list[RowChanges] = []
    problems: list[RowProblem] = []
    unchanged = 0
    for row in sheet.rows:
        plan = _RowPlan(sheet, row, readers, is_erased, rules)
        record_id = plan.text(ID_COLUMN)
        found: RowChanges | None = None
        if not record_id:
            found = plan.new()
        elif record_id in seen:
            plan.refuse(*rules.twice)
        elif record_id not in records:
            plan.refuse(*rules.gone)
        else:
            found = plan.compare(records[record_id], None if bases is None else bases.get(record_id, {}))
        problems += plan.problems
        if found is not None and found.changes:
            rows.append(found)
        elif not plan.problems:
            unchanged += 1
    return ReturnPlan(sheet, tuple(rows), tuple(problems), unchanged, bases is not None)


class _RowPlan:
    """One row on its way into the plan."""

    def __init__(
        self,
        sheet: ReturnedSheet,
        row: TableRow,
        readers: Mapping[str, ColumnReader],
        is_erased: Callable[[str], bool],
        rules: RowRules,
    ) -> None:
        self._rules = rules
        self._sheet = sheet
        self._row = row
        self._readers = readers
        self._is_erased = is_erased
        self.problems: list[RowProblem] = []

    def text(self, name: str) -> str:
        """The text of the cell of a column; empty when there is none."""
        column = self._sheet.column_of(name)
        return "" if column is None else self._row.cells[column].text.strip()

    def refuse(self, reason: str, remedy: str) -> None:
        """Leave the whole row out."""
        column = self._sheet.names.index(ID_COLUMN)
        self._wrong(column, reason, remedy, self.text("title") or self.text(ID_COLUMN))

    def compare(self, record: Record, base: Mapping[str, Value] | None) -> RowChanges:
        """What the row changes in a record that is here: nothing when it has the number of another one.
        Every difference is a conflict where it is not known what the register held then.
        """
        changes: list[CellChange] = []
        is_other = False
        for column, reader, cell in self._cells():
            field = reader.field
            here = record.values.get(field.name)
            then = (base or {}).get(field.name, here)
            if reader.says(cell, then):
                continue
            if field.name in FIXED_FIELDS and not cell.is_empty:
                is_other = True
                self._wrong(
                    column,
                    _("the number belongs to another initiative than the hidden id of the row"),
                    _("Put the old number back; sort only whole rows, with their hidden column."),
                )
                continue
            if field.name in FIXED_FIELDS:
                self._wrong(column, _("this is not changed by way of a sheet"), _("Put the old value back."))
                continue
            there = reader.read(cell)
            if isinstance(there, WrongCell):
                self._wrong(column, there.reason, there.remedy)
            elif there is None and field.required:
                self._wrong(column, _("the cell is empty and must not be"), _("Write something in it."))
            elif there != here and not self._refuse_erased(column, there):
                difference = Difference.CONFLICT if base is None else _difference(then, here, there)
                changes.append(CellChange(field, difference, then, here, there))
        taken = () if is_other else tuple(changes)
        return RowChanges(self._row.row_number, record.id, self._rules.title_of(record), taken)

    def new(self) -> RowChanges | None:
        """The record that a row without an id becomes; None when it cannot."""
        changes: list[CellChange] = []
        for column, reader, cell in self._cells():
            if cell.is_empty or reader.field.name in FIXED_FIELDS:
                continue
            there = reader.read(cell)
            if isinstance(there, WrongCell):
                self._wrong(column, there.reason, there.remedy)
            elif there is not None and not self._refuse_erased(column, there):
                changes.append(CellChange(reader.field, Difference.CHANGED, None, None, there))
        needed = self._rules.new_needs
        title = next((str(one.there) for one in changes if one.field.name == needed), "")
        if not changes:
            return None
        if needed and not title:
            place = self._sheet.column_of(needed) or 0
            self._wrong(place, _("a new initiative needs a title"), _("Write one in the row."))
            return None
        return RowChanges(self._row.row_number, "", title, tuple(changes))

    def _refuse_erased(self, column: int, there: Value) -> bool:
        """Whether a value names a person who was erased; it is told of and left out."""
        texts = there if isinstance(there, tuple) else (there,)
        if not any(isinstance(text, str) and self._is_erased(text) for text in texts):
            return False
        self._wrong(column, _("it names a person who was erased from the register"), _("Leave the name out."))
        return True

    def _cells(self) -> list[tuple[int, ColumnReader, Cell]]:
        return [
            (column, self._readers[name], self._row.cells[column])
            for column, name in enumerate(self._sheet.names)
            if name in self._readers
        ]

    def _wrong(self, column: int, reason: str, remedy: str, shown: str = "") -> None:
        cell = self._row.cells[column]
        heading = self._sheet.headings[column]
        letters = column_letters(column)
        self.problems.append(
            RowProblem(self._row.row_number, letters, heading, shown or cell.text[:80], reason, remedy)
        )


def _difference(base: Value, here: Value, there: Value) -> Difference:
    if base != here:
        return Difference.CONFLICT
    return Difference.CLEARED if there is None else Difference.CHANGED


def _ids_seen_twice(sheet: ReturnedSheet) -> Collection[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for cell in sheet.cells(ID_COLUMN):
        record_id = cell.text.strip()
        if record_id:
            (twice if record_id in seen else seen).add(record_id)
    return twice
