"""Rows on their way to and from the clipboard, in the forms that Excel and LibreOffice understand.

Out: as text between tabs, and as an HTML table whose numbers and dates stand beside their shown form, so that
they arrive as numbers and dates whatever the program's language is. In: text between tabs, as Excel gives it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape

from coi_desktop.exchange.csv_writer import harmless, unharmed
from coi_desktop.models.dates import format_date
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_editable
from coi_desktop.models.vocabulary import Vocabulary

#: More than this are not taken from the clipboard at once.
MOST_PASTED = 2_000

_DAY_ZERO = date(1899, 12, 30)
_FIRST_COUNTED = date(1900, 3, 1)
_MOST_DIGITS = 15
_TEXT_STYLE = "mso-number-format:'\\@'"
_DATE_STYLE = "mso-number-format:'dd\\-mm\\-yyyy'"


def rows_as_text(
    fields: Sequence[FieldSpec], rows: Sequence[Sequence[Value]], words: Vocabulary, language: str
) -> str:
    """Headings and rows between tabs; numbers as the language writes them, without grouping.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab")
    writer.writerow([field.label(language) for field in fields])
    for row in rows:
        writer.writerow(
            [_plain(field, value, words, language) for field, value in zip(fields, row, strict=True)]
        )
    return out.getvalue()


def rows_as_html(
    fields: Sequence[FieldSpec], rows: Sequence[Sequence[Value]], words: Vocabulary, language: str
) -> str:
    """Headings and rows as an HTML table; texts marked as texts, so that none becomes a formula."""
    head = "".join(f"<th>{escape(field.label(language))}</th>" for field in fields)
    body = "".join(
        "<tr>"
        + "".join(_cell(field, value, words, language) for field, value in zip(fields, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>'
        f"<table><tr>{head}</tr>{body}</table></body></html>"
    )


def pasted_rows(text: str) -> list[list[str]]:
    """The cells of text between tabs, row by row; blank rows are left out."""
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), dialect="excel-tab")
    rows = [[unharmed(cell) for cell in row] for row in reader]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _plain(field: FieldSpec, value: Value, words: Vocabulary, language: str) -> str:
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return format_editable(Decimal(value), language)
    return harmless(_shown(field, value, words, language))


def _cell(field: FieldSpec, value: Value, words: Vocabulary, language: str) -> str:
    shown = escape(_shown(field, value, words, language)).replace("\n", "<br>")
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        plain = format(Decimal(value), "f")
        if len(plain.strip("-").replace(".", "").strip("0")) <= _MOST_DIGITS:
            return f'<td x:num="{plain}" sdval="{plain}" sdnum="1033;">{shown}</td>'
    if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_COUNTED:
        serial = (value - _DAY_ZERO).days
        return (
            f'<td style="{_DATE_STYLE}" x:num="{serial}" sdval="{serial}" sdnum="1030;1030;DD-MM-YYYY">'
            f"{shown}</td>"
        )
    return f'<td style="{_TEXT_STYLE}" x:str sdnum="1030;1030;@">{shown}</td>'


def _shown(field: FieldSpec, value: Value, words: Vocabulary, language: str) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_date(value, language)
    return show_value(field, value, words)
