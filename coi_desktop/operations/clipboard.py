"""Rows to the clipboard with headings and real numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coi_desktop.exchange.copied_rows import rows_as_html, rows_as_text
from coi_desktop.i18n import current_language
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register


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
