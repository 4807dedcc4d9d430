"""One cell that came back from Excel: whether it says what a value of ours says, and what it says instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.column_values import (
    NUMBER_KINDS,
    decide_date_order,
    decide_number_form,
    is_dash,
    read_cell,
    shown_text,
)
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import TAGS
from coi_desktop.models.folding import clean, clean_line, fold
from coi_desktop.models.import_report import Level
from coi_desktop.models.records import Value
from coi_desktop.models.returned_sheet import BETWEEN
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.table_mapping import ColumnMapping
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.vocabulary import Vocabulary

#: Texts that no cell can hold whole are compared by their beginnings.
_COMPARED = 1_000
_LONGEST_IN_CELL = 32_000

YES_NO_WORDS: Mapping[str, tuple[str, str]] = {"da": ("Ja", "Nej"), "en": ("Yes", "No")}

_LISTED = (Kind.CHOICES, Kind.RANK)


class WrongCell(NamedTuple):
    """Why a cell gives no value, and what to do about it."""

    reason: str
    remedy: str


def value_as_text(field: FieldSpec, value: Value, words: Vocabulary, language: str) -> str:
    """A choice, several choices, a yes/no or tags as the words of their cell."""
    if isinstance(value, bool):
        return YES_NO_WORDS[language][0 if value else 1]
    if isinstance(value, tuple):
        if field.name == TAGS.name:
            return BETWEEN.join(value)
        return BETWEEN.join(words.label(field.values, key, language) for key in value)
    return words.label(field.values, str(value), language) if field.values and value else str(value or "")


def shown_cell_value(field: FieldSpec, value: Value, words: Vocabulary) -> str:
    """A value as people read it, tags among them; empty when there is none."""
    if field.name == TAGS.name and isinstance(value, tuple):
        return BETWEEN.join(value)
    return show_value(field, value, words)


class ColumnReader:
    """Reads the cells of one column as values of ``field``; forms of numbers and dates go by all of them."""

    def __init__(self, field: FieldSpec, words: Vocabulary, cells: Sequence[Cell]) -> None:
        self.field = field
        self._words = words
        self._column = ColumnMapping(
            0, field.label(), field.name, decide_number_form(field, cells), decide_date_order(cells)
        )
        self._keys: dict[str, str] | None = None

    def says(self, cell: Cell, value: Value) -> bool:
        """Whether the cell says what ``value`` says, as it was written or in another form of the same."""
        if value is None:
            return cell.is_empty
        if cell.is_empty:
            return False
        kind = self.field.kind
        if kind in NUMBER_KINDS:
            return self._says_number(cell, value)
        if kind is Kind.DATE:
            return self._says_day(cell, value)
        if kind in (Kind.TEXT, Kind.LONG) and self.field.name != TAGS.name:
            return self._says_text(cell, value)
        return self._says_words(cell, value)

    def read(self, cell: Cell) -> Value | WrongCell:
        """The value of a cell that was changed; None for an empty one and for a dash alone."""
        if cell.is_empty or is_dash(cell):
            return None
        field = self.field
        if field.name == TAGS.name:
            return tuple(dict.fromkeys(_entries(shown_text(cell)))) or None
        if field.kind is Kind.YES_NO:
            return self._read_yes_no(cell)
        if field.values:
            return self._read_choices(cell)
        reading = read_cell(cell, field, self._column)
        if reading.fault is not None and (
            reading.fault.level is not Level.NOTE or field.kind in (Kind.TEXT, Kind.LONG)
        ):
            return WrongCell(reading.fault.reason, self._remedy(cell) or reading.fault.remedy)
        return reading.values.get(field.name)

    # ------------------------------------------------------------------------------------ saying the same

    def _says_text(self, cell: Cell, value: Value) -> bool:
        tidy = clean if self.field.kind is Kind.LONG else clean_line
        there, here = tidy(shown_text(cell)), tidy(str(value))
        if len(here) > _LONGEST_IN_CELL // 2:
            return there[:_COMPARED] == here[:_COMPARED]
        return there == here

    def _remedy(self, cell: Cell) -> str:
        """What to do about a number or day that reads in two ways: a sheet of ours has no mapping."""
        settled = replace(self._column, number_form="comma", date_order="dmy")
        if read_cell(cell, self.field, settled).fault is not None:
            return ""
        if self.field.kind is Kind.DATE:
            return _("Write the date in a cell that is formatted as a date.")
        return _("Write the number in a cell that is formatted as a number.")

    def _says_number(self, cell: Cell, value: Value) -> bool:
        if cell.kind in (CellKind.NUMBER, CellKind.PERCENT):
            number = cell.number
        else:
            try:
                number = Decimal(cell.text.strip())
            except InvalidOperation:
                return self.read(cell) == value
        return number == Decimal(str(value))

    def _says_day(self, cell: Cell, value: Value) -> bool:
        if cell.kind is CellKind.DATE:
            return cell.day == value
        # A day that Excel cannot count stands as text, in the form it is written by us.
        return cell.text.strip() == str(value) or self.read(cell) == value

    def _says_words(self, cell: Cell, value: Value) -> bool:
        text = clean_line(shown_text(cell))
        as_written = {
            clean_line(value_as_text(self.field, value, self._words, language)) for language in LANGUAGES
        }
        if text in as_written:
            return True
        found = self.read(cell)
        if isinstance(found, tuple) and isinstance(value, tuple) and self.field.kind is not Kind.RANK:
            return sorted(found) == sorted(value)
        return found == value

    # ------------------------------------------------------------------------------------------- reading

    def _read_yes_no(self, cell: Cell) -> Value | WrongCell:
        if cell.kind is CellKind.YES_NO:
            return cell.flag
        text = fold(shown_text(cell)).strip()
        for yes, no in YES_NO_WORDS.values():
            if text in (fold(yes), fold(no)):
                return text == fold(yes)
        return WrongCell(_("this is neither yes nor no"), _("Write Yes or No, or leave the cell empty."))

    def _read_choices(self, cell: Cell) -> Value | WrongCell:
        several = self.field.kind in _LISTED
        text = shown_text(cell)
        entries = _entries(text) if several else [clean_line(text)]
        keys: list[str] = []
        for entry in entries:
            key = self._known_keys().get(fold(entry))
            if key is None:
                return WrongCell(
                    _("“{text}” is not one of the choices").format(text=entry[:80]),
                    _("Choose from the list in the cell, or add the choice in the program first."),
                )
            if key not in keys:
                keys.append(key)
        return tuple(keys) if several else keys[0]

    def _known_keys(self) -> dict[str, str]:
        if self._keys is None:
            keys = self._words.keys(self.field.values)
            self._keys = {fold(key): key for key in keys} | {
                fold(self._words.label(self.field.values, key, language)): key
                for key in reversed(keys)
                for language in LANGUAGES
            }
        return self._keys


def shown_in_list(cell: Cell) -> str:
    """A cell as one entry of a list."""
    return clean_line(shown_text(cell)).replace(";", ",")


def _entries(text: str) -> list[str]:
    parts = (clean_line(part) for part in text.replace("\n", ";").split(";"))
    return [part for part in parts if part]
