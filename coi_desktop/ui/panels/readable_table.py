"""A table to read, as high as its rows, with every text of the chosen row below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

MOST_ROWS = 8
_EDGE = 4


class ReadableTable(QWidget):
    """Rows of texts. What does not fit into the cells stands below, for the row the keyboard is on; not where
    everything ``fits``.
    """

    def __init__(
        self, name: str, headings: Sequence[str], widths: Sequence[int], *, fits: bool = False
    ) -> None:
        super().__init__()
        self._fits = fits
        self._headings = tuple(headings)
        self.model = TextRowsModel(headings, [])
        self.table = TextTable(self.model, name, widths)
        if fits:
            header = self.table.horizontalHeader()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.whole_row = PlainLabel(wrap=True, selectable=True)
        self.whole_row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole_row.setObjectName("example")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table)
        column.addWidget(self.whole_row)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole_row)

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        """Show these rows; the place that was chosen stays chosen."""
        chosen = max(0, self.table.currentIndex().row())
        self.model.set_rows(rows)
        side = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        bar = 0 if self._fits else self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(min(len(rows), MOST_ROWS) * side + head + bar + _EDGE)
        self.table.selectRow(min(chosen, len(rows) - 1))
        self._show_whole_row()

    def _show_whole_row(self, *_indexes: object) -> None:
        row = self.table.chosen()
        cells = row.cells if row is not None else ()
        lines = [f"{heading}: {cell}" for heading, cell in zip(self._headings, cells, strict=False) if cell]
        self.whole_row.setText("\n".join(lines))
        self.whole_row.setVisible(bool(lines) and not self._fits)
