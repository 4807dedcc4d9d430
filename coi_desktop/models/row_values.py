"""One row of a list read into values of fields, with everything that is wrong in it, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from coi_desktop.i18n import _
from coi_desktop.models.column_values import Fault, read_cell, shown_text
from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.folding import clean_line
from coi_desktop.models.import_report import ImportProblem, Level
from coi_desktop.models.import_words import ImportWords
from coi_desktop.models.privacy import find_personal_details
from coi_desktop.models.records import Value, Values
from coi_desktop.models.table_headers import fold_heading
from coi_desktop.models.table_mapping import TableMapping
from coi_desktop.models.tables import EMPTY_CELL, Cell, CellKind, Table, TableRow, column_letters
from coi_desktop.models.vocabulary import Vocabulary

#: Tells of a text whether it names a person who was erased from the register.
IsErased = Callable[[str], bool]

_LONGEST_SHOWN = 80
_TEXT_KINDS = (Kind.TEXT, Kind.LONG)
_DETAILS = ("cpr", "mail")


def nobody_erased(_text: str) -> bool:
    """``IsErased`` where nobody was."""
    return False


@dataclass(frozen=True)
class RowValues:
    """What a row says: values by field. A field it says nothing usable about is not there; None: the cell is
    empty.
    """

    row_number: int
    values: Values
    problems: tuple[ImportProblem, ...]

    @property
    def is_rejected(self) -> bool:
        """Whether something in the row keeps it out."""
        return any(problem.level is Level.ERROR for problem in self.problems)


@dataclass(frozen=True)
class RowPlace:
    """One row of a table, for saying where something is wrong."""

    table: Table
    mapping: TableMapping
    row: TableRow

    def problem(self, fault: Fault, field_name: str = "") -> ImportProblem:
        """A fault as a problem with its place: the cell that is read into a field, or the row as a whole."""
        column = self.mapping.column_of(field_name) if field_name else None
        shown, heading = "", ""
        if column is not None:
            shown = reported_value(self.row.cells[column.column])
            heading = column.heading or column_letters(column.column)
        return ImportProblem(
            reason=_sentence(_masked(fault.reason)),
            remedy=fault.remedy,
            sheet=self.table.sheet,
            row=self.row.row_number,
            column=heading,
            value=shown,
            level=fault.level,
        )


def reported_value(cell: Cell) -> str:
    """A cell as a report may show it: in one short line, without personal numbers and mail addresses."""
    return _shortened(_masked(clean_line(shown_text(cell))))


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _masked(text: str) -> str:
    """A text as it may be shown anywhere: personal numbers and mail addresses as dots."""
    for finding in reversed(find_personal_details(text, is_cell=True)):
        if finding.kind in _DETAILS:
            text = text[: finding.start] + "•" * (finding.end - finding.start) + text[finding.end :]
    return text


def read_row(
    place: RowPlace,
    record_type: RecordType,
    vocabulary: Vocabulary,
    import_words: ImportWords,
    is_erased: IsErased = nobody_erased,
) -> RowValues:
    """Read one row under a resolved mapping.

    A row without a title, a row of sums, and a row of a text file with more fields than headings are
    rejected: in the last every value may stand under the wrong heading. A value that ``is_erased`` says names
    a person who was erased is told of and left out; a row whose title does so is rejected.
    """
    values: dict[str, Value] = {}
    problems: list[ImportProblem] = []
    whole = _fault_of_row(place, import_words)
    if whole is not None:
        return RowValues(place.row.row_number, {}, (place.problem(whole),))
    for column in place.mapping.columns:
        field = record_type.field(column.field)
        cell = place.row.cells[column.column]
        reading = read_cell(cell, field, column)
        fault = reading.fault
        if fault is not None:
            problems.append(place.problem(fault, field.name))
        read = {name: value for name, value in reading.values.items() if fault is None or value is not None}
        if any(names_erased(value, is_erased) for value in read.values()):
            problems.append(_erased_problem(place, field))
            continue
        for name, value in read.items():
            values[name] = _in_order(value, record_type.field(name), vocabulary)
        problems += _personal_details(place, cell, field)
    if not values.get("title") and not any(problem.level is Level.ERROR for problem in problems):
        no_title = Fault(_("the row has no title"), _("Write a title in the list, or delete the row."))
        problems.append(place.problem(no_title, "title"))
    return RowValues(place.row.row_number, values, tuple(problems))


def names_erased(value: Value, is_erased: IsErased) -> bool:
    """Whether a value, or one of several, is a text that names a person who was erased."""
    texts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(text, str) and is_erased(text) for text in texts)


def _erased_problem(place: RowPlace, field: FieldSpec) -> ImportProblem:
    """A cell that stays out because of whom it names; without its title the whole row does. What it says is
    not repeated: reports are kept.
    """
    level = Level.ERROR if field.name == "title" else Level.NOTE
    reason = _("it names a person who was erased from the register, and is left out")
    return replace(
        place.problem(Fault(reason, _("Leave the name out in the list."), level), field.name), value=""
    )


def _fault_of_row(place: RowPlace, import_words: ImportWords) -> Fault | None:
    if place.row.surplus and not place.table.sheet:
        return Fault(
            _("the row has more fields than there are headings, so its values may be shifted"),
            _("Put quotation marks around the text with the separator, or import the list as a workbook."),
        )
    first = next((cell for cell in place.row.cells if not cell.is_empty), EMPTY_CELL)
    title = _cell_of(place, "title")
    texts = [fold_heading(cell.text) for cell in (first, title) if cell.kind is CellKind.TEXT]
    if not import_words.totals.isdisjoint(texts):
        return Fault(
            _("the row looks like a row of sums"),
            _("Leave it out; if it is an initiative, give it another title."),
        )
    return None


def _cell_of(place: RowPlace, field_name: str) -> Cell:
    column = place.mapping.column_of(field_name)
    return EMPTY_CELL if column is None else place.row.cells[column.column]


def _in_order(value: Value, field: FieldSpec, vocabulary: Vocabulary) -> Value:
    """Several choices in the order of their list, as they are stored."""
    if field.kind is not Kind.CHOICES or not isinstance(value, tuple):
        return value
    order = vocabulary.keys(field.values)
    return tuple(sorted(value, key=order.index))


def _personal_details(place: RowPlace, cell: Cell, field: FieldSpec) -> list[ImportProblem]:
    """Notes on personal numbers, mail addresses and names of citizens in texts; they inform and never keep a
    row out.
    """
    if field.kind not in _TEXT_KINDS or cell.kind not in (CellKind.TEXT, CellKind.NUMBER):
        return []
    words = {
        "cpr": _("it holds a civil registration number"),
        "mail": _("it holds a mail address"),
        "name": _("it holds the name of a citizen"),
    }
    kinds = dict.fromkeys(finding.kind for finding in find_personal_details(cell.text, is_cell=True))
    remedy = _("Delete it in the list, or in the initiative after the import.")
    return [
        place.problem(Fault(words[kind], remedy, Level.NOTE), field.name) for kind in kinds if kind in words
    ]
