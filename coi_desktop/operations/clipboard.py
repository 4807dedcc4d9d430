"""Rows to the clipboard with headings and real numbers, and rows from Excel into a table of child records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.exchange.copied_rows import MOST_PASTED, pasted_rows, rows_as_html, rows_as_text
from coi_desktop.i18n import LANGUAGES, N_, _, current_language, ngettext
from coi_desktop.models.changes import Op
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.folding import fold
from coi_desktop.models.ids import new_id
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value, Values
from coi_desktop.models.returned_cells import ColumnReader, WrongCell
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register

PASTE = Op("row.paste", N_("Paste rows"))

#: So many problems are named; the others are counted.
_NAMED = 5


class CopiedRows(NamedTuple):
    """The same rows as text between tabs and as HTML, and how many they are."""

    text: str
    html: str
    number: int


def copy_records(
    register: Register, type_name: str, ids: Sequence[str], columns: Sequence[str]
) -> CopiedRows:
    """Records as rows with headings, in the language spoken now."""
    known = {field.name: field for field in register.fields(type_name)}
    rows = [[record[name] for name in columns] for record in register.get_many(type_name, ids)]
    return copy_cells(register, [known[name] for name in columns], rows)


def copy_cells(
    register: Register, fields: Sequence[FieldSpec], rows: Sequence[Sequence[Value]]
) -> CopiedRows:
    """Rows of values (or the words that are shown for them) with headings, in the language spoken now."""
    words, language = words_of(register), current_language()
    return CopiedRows(
        rows_as_text(fields, rows, words, language), rows_as_html(fields, rows, words, language), len(rows)
    )


def paste_rows(
    register: Register, type_name: str, owner_id: str, fields: Sequence[FieldSpec], text: str
) -> int:
    """Make records under an owner of the text that Excel puts into the clipboard, in one step; how many.

    The columns are taken in the order of ``fields``, or by their names where the first row holds them. All
    goes in or nothing: Problem ``bad_rows`` names what cannot be read, ``too_many`` and ``no_rows`` the rest.
    """
    rows = pasted_rows(text)
    if len(rows) > MOST_PASTED:
        raise _refused(
            _("{count} rows are too many to paste at once.").format(count=len(rows)),
            _("Paste at most {count} at a time, or import them as a list.").format(count=MOST_PASTED),
            "too_many",
        )
    places, rows = _columns(fields, rows)
    values = _read(register, fields, places, rows)
    if not values:
        raise _refused(
            _("There are no rows in the clipboard."), _("Copy cells in Excel, and try again."), "no_rows"
        )
    kind = record_type(type_name)
    records = [(new_id(), {**one, kind.parent: owner_id}) for one in values]
    register.transact(PASTE, lambda writer: writer.put_many(type_name, records), detail=kind.label())
    return len(records)


def _columns(fields: Sequence[FieldSpec], rows: list[list[str]]) -> tuple[list[int | None], list[list[str]]]:
    """Where each field stands in a row, and the rows without their headings."""
    if not rows:
        return [], rows
    by_label = {
        fold(field.label(language)): place for place, field in enumerate(fields) for language in LANGUAGES
    }
    heads = [by_label.get(fold(cell).strip()) for cell in rows[0]]
    if all(place is None for place in heads) or None in heads:
        return [place if place < len(rows[0]) else None for place in range(len(fields))], rows
    found: list[int | None] = [None] * len(fields)
    for column, place in enumerate(heads):
        if place is not None and found[place] is None:
            found[place] = column
    return found, rows[1:]


def _read(
    register: Register,
    fields: Sequence[FieldSpec],
    places: Sequence[int | None],
    rows: Sequence[Sequence[str]],
) -> list[Values]:
    words = words_of(register)
    values: list[dict[str, Value]] = [{} for _row in rows]
    wrong: list[str] = []
    for field, place in zip(fields, places, strict=False):
        if place is None:
            continue
        texts = [row[place] if place < len(row) else "" for row in rows]
        cells = [Cell(CellKind.TEXT, text) for text in texts]
        reader = ColumnReader(field, words, cells)
        for number, cell in enumerate(cells):
            value = reader.read(cell)
            if isinstance(value, WrongCell):
                wrong.append(_wrong(number, field, cell.text, value))
            elif value is not None:
                values[number][field.name] = value
    filled = [one for one in values if one]
    wrong += [
        _("Row {row}: “{field}” is missing.").format(row=number + 1, field=field.label())
        for field in fields
        if field.required
        for number, one in enumerate(values)
        if one and field.name not in one
    ]
    if wrong:
        more = len(wrong) - _NAMED
        named = wrong[:_NAMED]
        if more > 0:
            named.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        raise _refused(
            " ".join(named), _("Correct it in Excel, and copy and paste the rows again."), "bad_rows"
        )
    return list(filled)


def _wrong(number: int, field: FieldSpec, text: str, wrong: WrongCell) -> str:
    return _("Row {row}, {field}, “{text}”: {reason}.").format(
        row=number + 1, field=field.label(), text=text[:40], reason=wrong.reason
    )


def _refused(what: str, advice: str, code: str) -> Problem:
    return Problem(what, meaning=_("Nothing was pasted."), advice=advice, code=code)
