"""One sheet from top to bottom: title, facts, tables, charts, and how it is printed."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coi_desktop.errors import Problem
from coi_desktop.exchange.block_rows import read_path, trimmed
from coi_desktop.exchange.cells import CellWriter, cut
from coi_desktop.exchange.chart_language import mark_language
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_names import safe_table_name
from coi_desktop.i18n import _, current_language
from coi_desktop.models.folding import clean_line
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.models.workbook_layout import BlockLayout, ColumnLayout, SheetLayout

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

#: Rows of a sheet in Excel.
MAX_ROWS = 1_048_576

A4 = 9
FACT_WIDTHS = (30, 90)
TABLE_STYLE = "Table Style Light 1"

#: What the button of a filter takes of a heading, in letters.
FILTER_BUTTON = "   "

#: The width of a column nobody has set, in characters.
_USUAL_WIDTH = 8

_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
_LONGEST_IN_FOOTER = 45
_LINE_POINTS, _TITLE_LINES = 15, 1.5

#: Letters of the usual size beside each other on a page A4 across, and how small print may be, in percent.
_LETTERS_ON_A_PAGE, _SMALLEST_SCALE = 96, 40
_TALLEST_ROW = 400


class SheetWriter:
    """Writes one sheet downwards; ``row`` is the next free row, counted from 0."""

    def __init__(
        self,
        workbook: Workbook,
        worksheet: Worksheet,
        cells: CellWriter,
        layout: SheetLayout,
        vocabulary: Vocabulary,
        table_names: set[str],
    ) -> None:
        self.workbook = workbook
        self.worksheet = worksheet
        self.cells = cells
        self.layout = layout
        self.language = current_language()
        self.row = 0
        self._vocabulary = vocabulary
        self._table_names = table_names
        self._widths = list(layout.widths)
        self._head_row: int | None = None
        self._tables = 0
        self._beside: tuple[int, tuple[int, ...]] = (0, ())
        self._lines: dict[int, int] = {}
        self._hidden: set[int] = set()
        self._break = 0
        self._pages: list[int] = []

    @property
    def name(self) -> str:
        """The sheet's name in the workbook."""
        return str(self.worksheet.get_name())

    def begin(self, title: str, unit_name: str) -> None:
        """Write the sheet's title and what it shows; set up the page."""
        self.cells.text(0, 0, self.layout.words.label(self.language), "title")
        self.height(0, _TITLE_LINES)
        self.row = 1
        note = self.layout.note.label(self.language)
        if note:
            self.note(note)
        self.row += 1
        self._set_up_page(title, unit_name)

    def note(self, text: str) -> None:
        """A line in quiet letters."""
        self.cells.text(self.row, 0, text, "note")
        self.row += 1

    def heading(self, text: str) -> None:
        """The heading of a block."""
        self.cells.text(self.row, 0, text, "heading")
        self.row += 1

    def block(self, layout: BlockLayout, rows: Sequence[Any] | Any) -> PlacedBlock | None:
        """Write a block with its heading; None, and nothing written, when it has no content."""
        if layout.is_facts:
            return self.facts(layout, rows)
        return self.table(layout, rows)

    # ------------------------------------------------------------------------------------------- facts

    def facts(self, layout: BlockLayout, thing: Any) -> PlacedBlock | None:
        """Write what is known about one thing, a label and a value a line; what is empty is left out."""
        found = [] if thing is None else [(column, self._fact(column, thing)) for column in layout.columns]
        if not any(value is not None for _column, value in found):
            return None
        shown = [
            (column, value, self._text_instead(column, thing) if value is None else "")
            for column, value in found
        ]
        self._begin_block(layout, FACT_WIDTHS)
        lines = {}
        first = self.row
        for column, value, instead in shown:
            if value is None and not instead and not column.formula:
                continue
            lines[column.key] = self.row
            self.label(self.row, column.words.label(self.language))
            if instead:
                self.cells.text(self.row, 1, instead)
            elif not column.formula:
                self._write_column(replace(column, style=f"{column.style}@left"), self.row, 1, [value])
            self.row += 1
        self.row += 1
        return PlacedBlock(self.name, first, self.row - 2, {}, lines)

    def _fact(self, column: ColumnLayout, thing: Any) -> Any:
        value = read_path([thing], column.path)[0]
        return None if value in ("", ()) else value

    def _text_instead(self, column: ColumnLayout, thing: Any) -> str:
        return str(read_path([thing], column.instead)[0] or "") if column.instead else ""

    def label(self, row: int, text: str) -> None:
        """What stands before a value, in the first column."""
        self.cells.text(row, 0, text, "label")
        self._reckon_lines(row, 0, [text])

    def head(self, row: int, column: int, text: str) -> None:
        """The heading of a column of a table that the sheet's layout does not know."""
        self.cells.text(row, column, text, "head")
        self._reckon_lines(row, column, [text])

    def wrapped(self, row: int, column: int, text: str) -> None:
        """A text that goes on in the next line of its cell."""
        self.cells.text(row, column, text, "long")
        self._reckon_lines(row, column, [text])

    # ------------------------------------------------------------------------------------------ tables

    def table(
        self, layout: BlockLayout, rows: Sequence[Any], *, column: int = 0, last_line: int = 0
    ) -> PlacedBlock | None:
        """Write rows as a table with filters, from ``column`` on; None when there are no rows.

        ``last_line`` more rows are left free below for sums. Problem (``too_many_rows``) for more rows than a
        sheet can hold.
        """
        if not rows:
            return None
        if self.layout.trimmed:
            layout = trimmed(layout, rows)
        self._begin_block(layout, [one.width for one in layout.columns])
        head, first = self.row, self.row + 1
        last = head + len(rows)
        if last >= MAX_ROWS:
            raise too_many_rows(self.name, MAX_ROWS)
        places = {one.key: column + place for place, one in enumerate(layout.columns)}
        room = "" if layout.plain else FILTER_BUTTON
        for one in layout.columns:
            self._reckon_lines(head, places[one.key], [one.words.label(self.language) + room])
        if layout.plain:
            for one in layout.columns:
                self.cells.text(head, places[one.key], one.words.label(self.language), "head")
        else:
            self._add_table(layout, head, column, last)
            if self._head_row is None:
                self._head_row = head
            self._tables += 1
        for one in layout.columns:
            if not one.formula:
                self._write_column_of(one, first, places[one.key], rows)
        self.row = last + 2 + last_line
        return PlacedBlock(self.name, first, last, places, {})

    def _add_table(self, layout: BlockLayout, head: int, column: int, last: int) -> None:
        words = layout.words.label(self.language) or self.layout.words.label(self.language)
        name = safe_table_name(words, self._table_names)
        self._table_names.add(name.lower())
        styles = self.cells.styles
        headings = [
            {"header": one.words.label(self.language), "header_format": styles.get("head")}
            for one in layout.columns
        ]
        right = column + len(layout.columns) - 1
        options = {"name": name, "columns": headings, "style": TABLE_STYLE, "title": words}
        self.worksheet.add_table(head, column, last, right, options)

    def _write_column_of(self, layout: ColumnLayout, first: int, place: int, rows: Sequence[Any]) -> None:
        values = read_path(rows, layout.path)
        self._write_column(layout, first, place, values)
        if layout.instead:
            texts = read_path(rows, layout.instead)
            gaps = [text if value is None else None for value, text in zip(values, texts, strict=True)]
            self.cells.texts(first, place, gaps)

    def _write_column(self, layout: ColumnLayout, first: int, place: int, values: Sequence[Any]) -> None:
        cells, style = self.cells, layout.style
        if layout.kind == "number":
            cells.numbers(first, place, values, style)
        elif layout.kind == "figure":
            cells.figures(first, place, values, style)
        elif layout.kind == "day":
            cells.days(first, place, values, style)
        else:
            texts = self._texts(layout, values)
            cells.texts(first, place, texts, style)
            if cells.styles.wraps(style):
                self._reckon_lines(first, place, texts)

    def _texts(self, layout: ColumnLayout, values: Sequence[Any]) -> Sequence[str | None]:
        """What is read in the cells of a column that holds words."""
        if layout.kind == "yes_no":
            words = {True: _("Yes"), False: _("No"), None: None}
            return [words[value] for value in values]
        if layout.kind == "choice":
            return self._labels(layout.values, values)
        if layout.kind == "choices":
            lists = [self._labels(layout.values, keys or ()) for keys in values]
            return [", ".join(filter(None, words)) for words in lists]
        return values

    def _reckon_lines(self, first: int, place: int, values: Sequence[str | None]) -> None:
        """Remember how many lines the rows need: not every program makes rows high enough by itself."""
        width = self._width(place)
        for row, text in enumerate(values, first):
            if text and (len(text) > width or "\n" in text):
                lines = lines_of(text, width)
                if lines > self._lines.get(row, 1):
                    self._lines[row] = lines

    def _width(self, place: int) -> int:
        if place < len(self._widths):
            return self._widths[place]
        first, beside = self._beside
        return beside[place - first] if first <= place < first + len(beside) else _USUAL_WIDTH

    def _labels(self, values: str, keys: Iterable[Any]) -> list[str | None]:
        known: dict[Any, str | None] = {None: None, "": None}
        found = []
        for key in keys:
            if key not in known:
                known[key] = self._vocabulary.label(values, str(key), self.language)
            found.append(known[key])
        return found

    # ------------------------------------------------------------------------------------------ charts

    def chart(
        self, chart: Chart, row: int, column: int, size: tuple[int, int], alt_text: str, offset: int = 0
    ) -> None:
        """Put a native chart on the sheet, ``size`` and ``offset`` downwards in pixels, with its alternative
        text.
        """
        width, height = size
        chart.set_size({"width": width, "height": height})
        mark_language(chart, self.language)
        place = {"object_position": 2, "description": alt_text, "x_offset": 4, "y_offset": 4 + offset}
        self.worksheet.insert_chart(row, column, chart, place)

    def picture(self, png: bytes, scale: float, alt_text: str, column: int = 0) -> None:
        """Put a picture below what is written, ``scale`` times its pixels, with its alternative text."""
        place = {
            "image_data": io.BytesIO(png),
            "x_scale": scale,
            "y_scale": scale,
            "object_position": 2,
            "description": alt_text,
        }
        self.worksheet.insert_image(self.row, column, "picture.png", place)

    def widen(self, column: int, widths: Sequence[int]) -> None:
        """Set the widths of columns beside the table, from ``column`` on."""
        self._beside = (column, tuple(widths))

    def hide(self, column: int) -> None:
        """Hide a column that only a chart looks at."""
        self._hidden.add(column)

    def break_before(self, column: int) -> None:
        """Print what stands from a column on, beside the table, on pages of its own."""
        self._break = column

    def begin_page(self) -> None:
        """Print what follows on a new page."""
        self._pages.append(self.row)

    def link(self, row: int, column: int, sheet_name: str) -> None:
        """A link to another sheet of this workbook, by its name."""
        target = sheet_name.replace("'", "''")
        style = self.cells.styles.get("link")
        self.worksheet.write_url(row, column, f"internal:'{target}'!A1", style, sheet_name)

    def join(self, row: int, first: int, last: int, style: str) -> None:
        """Join cells of a row into one, for a text on a page that is read and not computed with."""
        self.worksheet.merge_range(row, first, row, last, "", self.cells.styles.get(style))

    def height(self, row: int, lines: float) -> None:
        """Fix a row's height to a number of lines of text."""
        self.worksheet.set_row(row, min(_TALLEST_ROW, lines * _LINE_POINTS + 3))

    # ------------------------------------------------------------------------------------------- page

    def finish(self) -> None:
        """Set widths, what stays in view, and what is repeated on every printed page."""
        first, beside = self._beside
        for place, width in [*enumerate(self._widths), *enumerate(beside, first)]:
            self.worksheet.set_column(place, place, width)
        for place in self._hidden:
            self.worksheet.set_column(place, place, None, None, {"hidden": True})
        if self._break:
            self._print_beside()
        if self._pages:
            self.worksheet.set_h_pagebreaks(self._pages)
        for row, lines in self._lines.items():
            self.height(row, lines)
        single = self._tables == 1 and self._head_row is not None
        head = self._head_row if single and self._head_row is not None else 0
        self.worksheet.freeze_panes(head + 1, self.layout.frozen if single else 0)
        self.worksheet.repeat_rows(head if single else 0, head if single else 1)
        if self.layout.pages > 1 and self.layout.frozen:
            self.worksheet.repeat_columns(0, self.layout.frozen - 1)

    def _print_beside(self) -> None:
        """As large as the wider of table and what stands beside it allows on a page; then the page breaks."""
        first, beside = self._beside
        table = self._widths[: self._break]
        widest = max(sum(table) + len(table), sum(beside) + len(beside) + 2 * (first - self._break))
        scale = int(100 * _LETTERS_ON_A_PAGE / max(widest, 1))
        self.worksheet.set_print_scale(max(_SMALLEST_SCALE, min(100, scale)))
        self.worksheet.set_v_pagebreaks([self._break])

    def _begin_block(self, layout: BlockLayout, widths: Sequence[int]) -> None:
        self._widths += list(widths)[len(self._widths) :]
        if layout.is_on_new_page:
            self.begin_page()
        words = layout.words.label(self.language)
        if words:
            self.heading(words)
        note = layout.note.label(self.language)
        if note:
            self.note(note)

    def _set_up_page(self, title: str, unit_name: str) -> None:
        sheet = self.worksheet
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(self.layout.pages, 0 if self.layout.tall else 1)
        sheet.hide_gridlines(2)
        left = " · ".join(_in_footer(one) for one in (unit_name, title) if one)
        page = _("page {number} of {count}").format(number="&P", count="&N")
        sheet.set_footer(f"&L&8{left}&C&8&A&R&8{page}")


def lines_of(text: str, letters: int) -> int:
    """About how many lines a text takes where so many letters stand in a line."""
    return sum(max(1, math.ceil(len(part) / letters)) for part in text.split("\n"))


def too_many_rows(name: str, limit: int) -> Problem:
    """The Problem of a table with more rows than a sheet can hold."""
    return Problem(
        _("The sheet {name} would have more than {limit} rows, which no workbook can hold.").format(
            name=name, limit=limit
        ),
        meaning=_("Nothing was written; a file that was there before is untouched."),
        advice=_("Choose fewer initiatives and export again."),
        code="too_many_rows",
    )


def _in_footer(text: str) -> str:
    return cut(clean_line(text), _LONGEST_IN_FOOTER)[0].replace("&", "&&")
