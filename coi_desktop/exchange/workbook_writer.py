"""One workbook on its way to a file: options, properties, sheets, remarks, and the one way to close it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.exchange.cells import MAX_TEXT, CellWriter, Remarks, pieces
from coi_desktop.exchange.fast_worksheet import fast_worksheet_class
from coi_desktop.exchange.workbook_names import safe_sheet_name
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.exchange.workbook_styles import Styles, load_palette
from coi_desktop.i18n import _, current_language
from coi_desktop.models.folding import clean_line
from coi_desktop.models.palette import Palette
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.models.workbook_layout import SheetLayout

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Text never becomes a formula, a link or a number; nothing of the machine enters the file, and a file that is
# half made leaves no temporary files.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_LONGEST_PROPERTY = 200


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """What a workbook says of itself: title, unit, the moment it is made (with its zone), program version."""

    title: str
    unit_name: str
    made_at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class ContinuedText:
    """The rest of a text that is too long for its cell, or a part of it."""

    number: int
    sheet: str
    cell: str
    text: str


class WorkbookWriter:
    """A workbook in the language spoken now, written to ``path`` when it is closed.

    The same content and facts give the same bytes: the only moment in the file is ``facts.made_at``, and no
    person is named as its author.
    """

    def __init__(self, path: Path, facts: WorkbookFacts, vocabulary: Vocabulary) -> None:
        from xlsxwriter import Workbook

        self._path = path
        self.facts = facts
        self.vocabulary = vocabulary
        self.language = current_language()
        self.palette: Palette = load_palette()
        self.remarks = Remarks()
        self._package = io.BytesIO()
        self._workbook: Workbook = Workbook(self._package, _OPTIONS)
        self._styles = Styles(self._workbook, self.language)
        self._sheet_names: set[str] = set()
        self._table_names: set[str] = set()
        self._set_properties()

    def add_sheet(self, layout: SheetLayout) -> SheetWriter:
        """A new sheet after the ones there are, with its title."""
        name = safe_sheet_name(layout.words.label(self.language), self._sheet_names)
        self._sheet_names.add(name.lower())
        worksheet = self._workbook.add_worksheet(name, worksheet_class=fast_worksheet_class())
        cells = CellWriter(
            worksheet, self._styles, self.remarks, _("… (continued on the sheet Notes, no. {number})")
        )
        sheet = SheetWriter(self._workbook, worksheet, cells, layout, self.vocabulary, self._table_names)
        sheet.begin(self.facts.title, self.facts.unit_name)
        return sheet

    def add_plain_sheet(self, name: str, *, hidden: bool = False) -> tuple[Worksheet, CellWriter]:
        """A new sheet of nothing but cells, and what writes them; a hidden one is for the program alone."""
        self._sheet_names.add(name.lower())
        worksheet = self._workbook.add_worksheet(name, worksheet_class=fast_worksheet_class())
        if hidden:
            worksheet.hide()
        continued = _("… (continued on the sheet Notes, no. {number})")
        return worksheet, CellWriter(worksheet, self._styles, self.remarks, continued)

    def set_property(self, name: str, text: str) -> None:
        """Give the document a property of our own."""
        self._workbook.set_custom_property(name, text, "text")

    def write_continued(self, layout: SheetLayout) -> bool:
        """Add the sheet for what is too long for a cell, when there is anything; whether it was added."""
        continued = self.remarks.of("continued")
        if not continued:
            return False
        rows = [
            ContinuedText(number, remark.sheet, remark.cell, part)
            for number, remark in enumerate(continued, 1)
            for part in pieces(remark.text, MAX_TEXT - 1)
        ]
        sheet = self.add_sheet(layout)
        sheet.table(layout.block("continued"), rows)
        sheet.finish()
        return True

    def close(self) -> None:
        """Write the file; OSError when it cannot be written."""
        # Packed in memory first: XlsxWriter leaves an archive open that cannot be written to its end.
        self._workbook.close()
        self._path.write_bytes(self._package.getbuffer())

    def report(self, path: Path) -> WorkbookReport:
        """What was written, now that it stands at ``path``."""
        return WorkbookReport(
            path=path,
            sheets=tuple(sheet.get_name() for sheet in self._workbook.worksheets()),
            continued=len(self.remarks.of("continued")),
            as_text=len(self.remarks.of("digits")) + len(self.remarks.of("early")),
            left_out=len(self.remarks.of("no_number")),
            personal=len(self.remarks.of("personal")),
        )

    def _set_properties(self) -> None:
        facts = self.facts
        self._workbook.set_properties(
            {
                "title": clean_line(facts.title)[:_LONGEST_PROPERTY],
                "company": clean_line(facts.unit_name)[:_LONGEST_PROPERTY],
                "comments": f"COI Desktop {facts.version}",
                "created": facts.made_at.replace(tzinfo=None),
            }
        )
