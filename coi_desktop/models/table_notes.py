"""What is worth knowing about a table, in words and with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from coi_desktop.i18n import N_, _
from coi_desktop.models.heading_match import Unmapped
from coi_desktop.models.import_report import ImportProblem, Level
from coi_desktop.models.row_values import reported_value
from coi_desktop.models.tables import NoteKind, Table

_WORDS: Mapping[NoteKind, tuple[str, str]] = {
    NoteKind.HIDDEN_SHEETS: (
        N_("The workbook has hidden sheets that were not read: {names}."),
        N_("Show them in Excel, and choose one of them if the list is there."),
    ),
    NoteKind.OTHER_SHEETS: (
        N_("The workbook has other sheets that were not read: {names}."),
        N_("Choose one of them if the list is there."),
    ),
    NoteKind.HIDDEN_ROWS: (
        N_("Hidden rows were read as well ({count}): {rows}."),
        N_("Delete them in the list if they do not belong to it."),
    ),
    NoteKind.HIDDEN_COLUMNS: (
        N_("Hidden columns were read as well ({count}): {columns}."),
        N_("Leave them out of the mapping if they do not belong to the list."),
    ),
    NoteKind.FORMULAS: (
        N_("Formulas without stored results, whose values are not known ({count}): {cells}."),
        N_("Open the list in Excel, save it, and import it again."),
    ),
    NoteKind.ERRORS: (
        N_("Cells that hold errors instead of values ({count}): {cells}."),
        N_("Correct the formulas in the list, and import it again."),
    ),
    NoteKind.FAR_CELLS: (
        N_("Cells to the right of the last heading were not read ({count}): {cells}."),
        N_("Give their columns headings if they belong to the list."),
    ),
    NoteKind.REPEATED_HEADINGS: (
        N_("Rows that repeat the headings were left out ({count}): {rows}."),
        "",
    ),
    NoteKind.FILLED_DOWN: (
        N_("Cells that take the value of the cell they are merged with: {count}."),
        N_("See in the preview that this is what the list means."),
    ),
    NoteKind.SECOND_READER: (
        N_("The file was read in a simpler way: errors, formulas without results, hidden rows are not seen."),
        N_("Save it as “Excel workbook (.xlsx)” to have them told."),
    ),
    NoteKind.ENCODING: (
        N_("The file says nothing about its letters; they were read as {encoding}."),
        N_("See in the preview that æ, ø and å stand right."),
    ),
    NoteKind.REPLACED: (
        N_("Characters that could not be read: {count}."),
        N_("Save the file as “CSV UTF-8” in Excel, and import that."),
    ),
    NoteKind.MOJIBAKE: (
        N_("Rows in which letters such as æ, ø and å seem to be spoilt ({count}): {rows}."),
        N_("The list was spoilt before it came here: fetch it anew from where it comes from."),
    ),
    NoteKind.DATES_1904: (
        N_("The workbook counts its dates from 1904, and they were read so."),
        N_("See in the preview that the dates are right."),
    ),
}


def notes_as_problems(table: Table) -> tuple[ImportProblem, ...]:
    """Every note of a table as a problem of level ``note``, in the language spoken now."""
    problems = []
    for note in table.notes:
        reason, remedy = _WORDS[note.kind]
        problems.append(
            ImportProblem(
                reason=_(reason).format(**note.arguments),
                remedy=_(remedy) if remedy else "",
                sheet=table.sheet,
                level=Level.NOTE,
            )
        )
    return tuple(problems)


_UNREAD_WORDS: Mapping[Unmapped, tuple[str, str]] = {
    Unmapped.UNFITTING: (
        N_("The column was not read, because hardly any of its values fits its heading."),
        N_("Correct the values, or say in the mapping which field the column is."),
    ),
    Unmapped.OTHER_MEASURE: (
        N_("The column was not read, because its heading says that its amounts are not in whole kroner."),
        N_("Write the amounts in whole kroner and correct the heading, or say in the mapping that they are."),
    ),
}


def unread_as_problems(table: Table, unmapped: Mapping[int, Unmapped]) -> tuple[ImportProblem, ...]:
    """Every column that is left out although its heading is known as a problem of level ``note``, with its
    first value.
    """
    problems = []
    for column, why in sorted(unmapped.items()):
        if why in _UNREAD_WORDS:
            reason, remedy = _UNREAD_WORDS[why]
            row = next(row for row in table.rows if not row.cells[column].is_empty)
            problems.append(
                ImportProblem(
                    reason=_(reason),
                    remedy=_(remedy),
                    sheet=table.sheet,
                    row=row.row_number,
                    column=table.headings[column],
                    value=reported_value(row.cells[column]),
                    level=Level.NOTE,
                )
            )
    return tuple(problems)
