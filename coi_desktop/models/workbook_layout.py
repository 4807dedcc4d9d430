"""How a workbook is laid out: sheets, their blocks and columns, as written in ``resources/workbook``.

A block is either a list of facts about one thing (a label and a value a line) or a table of many. Which
things they are is named by ``rows``: a record type, or a name the writer of that workbook gives. Where a
value comes from is a path through records and figures (``indicator.name``), and ``like`` takes words, kind
and value list from a field of a record type, so that nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.strict_tables import CatalogueError, StrictTable

#: How a column is written: by kind of value.
COLUMN_KINDS = ("text", "choice", "choices", "yes_no", "number", "figure", "day")

_STYLE_OF_KIND = {
    Kind.TEXT: "long",
    Kind.LONG: "long",
    Kind.INTEGER: "whole",
    Kind.NUMBER: "number",
    Kind.MONEY: "kroner",
    Kind.DATE: "date",
    Kind.YES_NO: "text",
    Kind.CHOICE: "text",
    Kind.CHOICES: "long",
    Kind.RANK: "long",
}
_COLUMN_OF_KIND = {
    Kind.TEXT: "text",
    Kind.LONG: "text",
    Kind.INTEGER: "number",
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
    Kind.DATE: "day",
    Kind.YES_NO: "yes_no",
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choices",
    Kind.RANK: "choices",
}
_TEXT_STYLES = frozenset({"text", "long", "label", "note", "long_note", "text_large"})
_WIDTH_OF_COLUMN = {
    "text": 30,
    "choice": 20,
    "choices": 26,
    "yes_no": 9,
    "number": 12,
    "figure": 12,
    "day": 12,
}

_COLUMN_KEYS = (
    "path",
    "like",
    "da",
    "en",
    "style",
    "width",
    "values",
    "instead",
    "formula",
    "kind",
    "key",
    "kept",
)
_BLOCK_KEYS = ("key", "rows", "da", "en", "note", "facts", "columns", "fields", "plain", "new_page")
_SHEET_KEYS = ("key", "da", "en", "note", "widths", "block", "tall", "frozen", "pages", "trimmed")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in both languages; empty where a thing has none."""

    da: str = ""
    en: str = ""

    def label(self, language: str | None = None) -> str:
        """The words in ``language`` or the one spoken now."""
        return self.da if (language or current_language()) == "da" else self.en


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One column of a table, or one fact.

    ``path`` leads from a row to the value; ``instead`` to a text for rows where the value is None. ``values``
    is the value list of a choice. With ``formula`` the cells are left to the program, which writes formulas.
    ``kept`` columns stand also when they are empty, because formulas or charts need them.
    """

    key: str
    path: str
    words: Words
    kind: str
    style: str
    width: int
    values: str = ""
    instead: str = ""
    formula: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class BlockLayout:
    """Facts about one thing (``is_facts``) or a table of many.

    ``plain`` tables are no Excel tables with filters: they hold sums, or stand beside other tables. A block
    with ``is_on_new_page`` begins a printed page.
    """

    key: str
    rows: str
    words: Words
    note: Words
    columns: tuple[ColumnLayout, ...]
    is_facts: bool
    plain: bool
    is_on_new_page: bool = False

    def column(self, key: str) -> int:
        """The place of a column, from 0; KeyError when there is none."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: its name, a line on what it shows, blocks from top to bottom.

    ``widths`` in characters hold for the whole sheet (empty: those of the first block). ``tall`` sheets may
    grow over several printed pages; the others are printed on one. ``frozen`` columns stay in view and are
    repeated where a sheet is printed ``pages`` wide. With ``trimmed`` columns without any value are left out.
    """

    key: str
    words: Words
    note: Words
    widths: tuple[int, ...]
    blocks: tuple[BlockLayout, ...]
    tall: bool
    frozen: int
    pages: int = 1
    trimmed: bool = False

    def block(self, key: str) -> BlockLayout:
        """The block called ``key``; KeyError when there is none."""
        for block in self.blocks:
            if block.key == key:
                return block
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class WorkbookLayout:
    """The sheets of one kind of workbook, in order."""

    sheets: tuple[SheetLayout, ...]

    def sheet(self, key: str) -> SheetLayout:
        """The sheet called ``key``; KeyError when there is none."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)

    def with_headings(self, words: Mapping[str, Words]) -> WorkbookLayout:
        """The same sheets with other headings of columns, by path; a heading stays where its block has the
        other one already.
        """
        return WorkbookLayout(
            tuple(
                replace(sheet, blocks=tuple(_with_headings(block, words) for block in sheet.blocks))
                for sheet in self.sheets
            )
        )


def _with_headings(block: BlockLayout, words: Mapping[str, Words]) -> BlockLayout:
    columns = list(block.columns)
    for place, column in enumerate(columns):
        other = words.get(column.path)
        taken = {(one.words.label(language)).lower() for one in columns for language in LANGUAGES}
        if other is not None and not {other.da.lower(), other.en.lower()} & taken:
            columns[place] = replace(column, words=other)
    return replace(block, columns=tuple(columns))


def parse_workbook_layout(file: str, tables: Mapping[str, Any]) -> WorkbookLayout:
    """A layout from its parsed file; CatalogueError names file and place of a mistake."""
    top = StrictTable(file, tables, ["sheet"])
    sheets = tuple(_sheet(table) for table in top.tables("sheet", _SHEET_KEYS))
    _check_unique(file, "sheet", [sheet.key for sheet in sheets])
    for language in LANGUAGES:
        _check_unique(file, "sheet name", [sheet.words.label(language).lower() for sheet in sheets])
    return WorkbookLayout(sheets)


def _sheet(table: StrictTable) -> SheetLayout:
    blocks = (
        tuple(_block(block) for block in table.tables("block", _BLOCK_KEYS)) if table.has("block") else ()
    )
    sheet = SheetLayout(
        key=table.text("key"),
        words=_words(table),
        note=_note(table),
        widths=table.wholes("widths") if table.has("widths") else (),
        blocks=blocks,
        tall=table.yes_no("tall") if table.has("tall") else True,
        frozen=table.whole("frozen") if table.has("frozen") else 0,
        pages=table.whole("pages", 1) if table.has("pages") else 1,
        trimmed=table.yes_no("trimmed") if table.has("trimmed") else False,
    )
    _check_unique(table.place, "block", [block.key for block in blocks])
    return sheet


def _block(table: StrictTable) -> BlockLayout:
    rows = table.text("rows")
    is_facts = table.has("facts")
    if table.has("fields"):
        columns = tuple(_field_column(table, rows, name) for name in table.texts("fields"))
        is_facts = rows in RECORD_TYPES and RECORD_TYPES[rows].single
    else:
        columns = tuple(
            _column(one) for one in table.tables("facts" if is_facts else "columns", _COLUMN_KEYS)
        )
    for language in LANGUAGES:
        _check_unique(table.place, "heading", [column.words.label(language).lower() for column in columns])
    return BlockLayout(
        key=table.optional_text("key") or rows,
        rows=rows,
        words=_words(table) if table.has("da") else Words(),
        note=_note(table),
        columns=columns,
        is_facts=is_facts,
        plain=table.yes_no("plain") if table.has("plain") else False,
        is_on_new_page=table.yes_no("new_page") if table.has("new_page") else False,
    )


def _field_column(table: StrictTable, rows: str, name: str) -> ColumnLayout:
    return _like_field(name, name, _field(table, f"{rows}.{name}"))


def _column(table: StrictTable) -> ColumnLayout:
    like = table.optional_text("like")
    path = table.optional_text("path") or like
    if not path:
        raise CatalogueError(f"{table.place}: path is missing")
    if like:
        column = _like_field(path, path, _field(table, like))
        words = _words(table) if table.has("da") else column.words
        kind, style, width, values = column.kind, column.style, column.width, column.values
    else:
        words, values = _words(table), table.optional_text("values")
        style = table.optional_text("style") or "text"
        kind = (
            "choice"
            if values
            else "text"
            if style in _TEXT_STYLES
            else "day"
            if style == "date"
            else "figure"
        )
        width = _WIDTH_OF_COLUMN[kind]
    kind = table.optional_text("kind") or kind
    if kind not in COLUMN_KINDS:
        raise table.wrong("kind", f"one of {', '.join(COLUMN_KINDS)}")
    return ColumnLayout(
        key=table.optional_text("key") or path,
        path=path,
        words=words,
        kind=kind,
        style=table.optional_text("style") or style,
        width=table.whole("width", 1) if table.has("width") else width,
        values=values,
        instead=table.optional_text("instead"),
        formula=table.yes_no("formula") if table.has("formula") else False,
        kept=table.yes_no("kept") if table.has("kept") else False,
    )


def _like_field(key: str, path: str, field: FieldSpec) -> ColumnLayout:
    kind = _COLUMN_OF_KIND[field.kind]
    width = 50 if field.kind is Kind.LONG else 14 if field.kind is Kind.MONEY else _WIDTH_OF_COLUMN[kind]
    return ColumnLayout(
        key, path, Words(field.da, field.en), kind, _STYLE_OF_KIND[field.kind], width, field.values
    )


def _field(table: StrictTable, name: str) -> FieldSpec:
    type_name, _, field_name = name.partition(".")
    record_type = RECORD_TYPES.get(type_name)
    field = record_type.by_name.get(field_name) if record_type is not None else None
    if field is None or field.kind not in _COLUMN_OF_KIND:
        raise CatalogueError(f"{table.place}: no field {name!r} that a cell can hold")
    return field


def _words(table: StrictTable) -> Words:
    return Words(table.text("da"), table.text("en"))


def _note(table: StrictTable) -> Words:
    if not table.has("note"):
        return Words()
    texts = table.texts("note")
    if len(texts) != len(LANGUAGES):
        raise table.wrong("note", "a Danish and an English text")
    return Words(*texts)


def _check_unique(place: str, what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise CatalogueError(f"{place}: the {what} {name!r} stands twice")
