"""Putting rows on the clipboard, for Excel as well as for a mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from coi_desktop.i18n import current_language, ngettext
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_number
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.undoing import undo_step

if TYPE_CHECKING:
    from coi_desktop.operations.clipboard import CopiedRows


def copy_rows(desk: Desk, type_name: str, ids: Sequence[str], columns: Sequence[str]) -> None:
    """Copy records with headings; numbers and dates arrive in Excel as numbers and dates."""
    from coi_desktop.operations.clipboard import copy_records

    _put(desk, copy_records(desk.register, type_name, ids, columns))


def copy_cells(desk: Desk, fields: Sequence[FieldSpec], rows: Sequence[Sequence[Value]]) -> None:
    """Copy the rows of a table with headings."""
    from coi_desktop.operations import clipboard

    _put(desk, clipboard.copy_cells(desk.register, fields, rows))


def _put(desk: Desk, copied: CopiedRows) -> None:
    content = QMimeData()
    content.setText(copied.text)
    content.setData("text/html", copied.html.encode())
    QGuiApplication.clipboard().setMimeData(content)
    desk.notices.show_done(
        ngettext("{count} row was copied.", "{count} rows were copied.", copied.number).format(
            count=format_number(copied.number, current_language())
        )
    )


def copied_table() -> str:
    """The rows on the clipboard as text between tabs; empty when there is no more than one cell."""
    content = QGuiApplication.clipboard().mimeData()
    text = content.text() if content.hasText() else ""
    return text if "\t" in text or "\n" in text.strip() else ""


def tell_pasted(desk: Desk, count: int) -> None:
    """Say how many rows were pasted."""
    desk.notices.show_done(
        ngettext("{count} row was pasted.", "{count} rows were pasted.", count).format(
            count=format_number(count, current_language())
        ),
        [undo_step(desk)],
    )
