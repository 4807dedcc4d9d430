"""What rows from Excel would make, where not all can be read as they stand: shown before any is made."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_number
from coi_desktop.operations.pasting import PastePlan
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.readable_table import ReadableTable
from coi_desktop.ui.plain import PlainLabel

_WIDE = 860
_WIDTHS = (64, 300)
_CELL_WIDTH = 120


class PastePreview(QDialog):
    """Every row with what is wrong in it. Those in which nothing is can be pasted without the others."""

    def __init__(self, plan: PastePlan, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Paste rows: {table}").format(table=heading))
        self.setMinimumWidth(_WIDE)
        headings = (_("Row"), _("What is wrong"), *(field.label() for field in plan.fields))
        self.rows = ReadableTable(
            _("Rows in the clipboard"), headings, _WIDTHS + (_CELL_WIDTH,) * len(plan.fields)
        )
        ordered = sorted(plan.rows, key=lambda row: not row.problems)
        self.rows.show_rows(
            [
                TextRow(str(row.number), (str(row.number), " ".join(row.problems), *row.cells))
                for row in ordered
            ]
        )
        good, whole = len(plan.good), len(plan.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(_said(good, whole), rank="section", wrap=True))
        if plan.left_out:
            column.addWidget(
                PlainLabel(
                    _("Columns that are not known here and are left out: {columns}").format(
                        columns=", ".join(plan.left_out)
                    ),
                    tone="warning",
                    wrap=True,
                )
            )
        column.addWidget(self.rows)
        if good < whole:
            column.addWidget(
                PlainLabel(
                    _(
                        "Nothing is pasted yet. Correct the rows in Excel and paste again, or paste the "
                        "others now."
                    ),
                    tone="muted",
                    wrap=True,
                )
            )
        column.addStretch(1)
        self.paste = QPushButton(
            ngettext("&Paste {count} row", "&Paste {count} rows", good).format(
                count=format_number(good, current_language())
            )
        )
        self.paste.setEnabled(good > 0)
        column.addWidget(make_foot(self, self.paste))


def _said(good: int, whole: int) -> str:
    language = current_language()
    if good == whole:
        return _("All {count} rows can be pasted.").format(count=format_number(whole, language))
    return _("{good} of {whole} rows can be pasted. The others hold something that cannot be read.").format(
        good=format_number(good, language), whole=format_number(whole, language)
    )
