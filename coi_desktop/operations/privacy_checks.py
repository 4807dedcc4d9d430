"""The check of personal data outside case packs: attachments by name and text, tables before they come in.

It informs and never blocks. A finding tells the place and never the number, so it may be logged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from coi_desktop.exchange.attachment_text import AttachmentText, read_attachment_text
from coi_desktop.exchange.copied_rows import pasted_rows
from coi_desktop.i18n import _, current_language
from coi_desktop.models.privacy import (
    Finding,
    FindingKind,
    NamedText,
    PlacedFinding,
    check_texts,
    find_personal_details,
    kind_words,
    masked,
    remark_on,
)
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.tables import CellKind, Table, column_letters
from coi_desktop.models.text import format_number

#: The kinds of findings, the gravest first.
KINDS: tuple[FindingKind, ...] = ("cpr", "name", "person", "mail", "phone", "count")
#: Rows that are named of a finding in a column.
MOST_ROWS = 5

_CELLS_A_STEP = 2_000


class CheckedFile(NamedTuple):
    """What was found in a file, and why its text could not be read (empty: it was)."""

    findings: tuple[PlacedFinding, ...]
    unread: str = ""


def findings_of_file(path: Path, name: str = "") -> Job[tuple[PlacedFinding, ...]]:
    """Personal numbers, mail addresses and telephone numbers in a file's name and text. A job; any thread."""
    checked = yield from check_file(path, name)
    return checked.findings


def check_file(path: Path, name: str = "") -> Job[CheckedFile]:
    """As ``findings_of_file``, with the reason in words where the text could not be read."""
    shown = name or path.name
    found = check_texts([NamedText(_("The name of the file"), Path(shown).stem, is_cell=True)])
    text: AttachmentText = yield from read_attachment_text(path, shown)
    return CheckedFile((*found, *check_texts(text.texts)), unread_reason(text.reason))


def unread_reason(reason: str) -> str:
    """Why a file's text was not checked, in words; empty when it was."""
    if not reason:
        return ""
    words = {
        "unsupported": _("The text of this kind of file cannot be checked."),
        "locked": _("The file is locked with a password, so its text was not checked."),
        "too_large": _("The file is too large for its text to be checked."),
        "too_much_text": _("Only the first part of the file's text was checked."),
        "limits": _("Reading the file took too long, so not all of its text was checked."),
    }
    return words.get(reason, _("The file's text could not be read, so it was not checked."))


def summary_of(findings: Iterable[PlacedFinding]) -> str:
    """How many of each kind, in a line ("2 mulige CPR-numre · 1 mailadresse"); empty for none."""
    counts = Counter(found.finding.kind for found in findings)
    return " · ".join(
        f"{format_number(counts[kind], current_language())} {kind_words(kind, counts[kind])}"
        for kind in KINDS
        if counts[kind]
    )


class ColumnFinding(NamedTuple):
    """What was found in one column of a list: its place and heading, how many of a kind, in which rows."""

    column: int
    heading: str
    kind: FindingKind
    times: int
    rows: tuple[int, ...]

    def remark(self) -> str:
        """What it means and what to do."""
        language = current_language()
        rows = ", ".join(format_number(row, language, grouping=False) for row in self.rows[:MOST_ROWS])
        what = _("{column}: {count} {kind} (row {rows}).").format(
            column=self.heading or column_letters(self.column),
            count=format_number(self.times, language),
            kind=kind_words(self.kind, self.times),
            rows=rows + (" …" if len(self.rows) > MOST_ROWS else ""),
        )
        advice = (
            _("Choose that the column is not read, or delete the numbers in the list first.")
            if self.kind == "cpr"
            else _("Import them only if they belong in the register.")
        )
        return f"{what} {advice}"


def remark_on_pasted(text: str) -> str:
    """What is said of rows that were pasted from a spreadsheet and hold personal data, with the rows; empty
    for none. ``text`` is what stood on the clipboard.
    """
    found: list[Finding] = []
    rows: list[int] = []
    for number, row in enumerate(pasted_rows(text), start=1):
        findings = [one for cell in row for one in find_personal_details(cell, is_cell=True)]
        if findings:
            found += findings
            rows.append(number)
    remark = remark_on(found)
    if not remark:
        return ""
    named = ", ".join(str(row) for row in rows[:MOST_ROWS]) + (" …" if len(rows) > MOST_ROWS else "")
    return _("Pasted row {rows}: {remark}").format(rows=named, remark=remark)


def check_table(table: Table) -> Job[tuple[ColumnFinding, ...]]:
    """What a list holds of personal data, column by column, before it is taken in. A job; any thread."""
    message = _("Looking for personal data")
    total = len(table.rows)
    found: dict[tuple[int, FindingKind], list[int]] = {}
    cells = 0
    for place, row in enumerate(table.rows):
        if cells >= _CELLS_A_STEP or not place:
            cells = 0
            yield Progress(place, total, message)
        cells += len(row.cells)
        for column, cell in enumerate(row.cells):
            if cell.kind in (CellKind.TEXT, CellKind.NUMBER):
                for finding in find_personal_details(cell.text, is_cell=True):
                    found.setdefault((column, finding.kind), []).append(row.row_number)
    return tuple(
        ColumnFinding(column, masked(table.headings[column]), kind, len(rows), tuple(dict.fromkeys(rows)))
        for (column, kind), rows in sorted(found.items(), key=lambda one: (one[0][1] != "cpr", one[0]))
        if column < len(table.headings) and (kind == "cpr" or len(rows) * 2 < max(total, 2))
    )
