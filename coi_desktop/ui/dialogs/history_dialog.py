"""The history of the whole register, with the way back to any value."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.panels.history_panel import HistoryPanel

_WIDE, _HIGH = 820, 620


class HistoryDialog(QDialog):
    """A panel of all steps; a step that changed very many rows is told by its name alone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("History of the register"))
        self.resize(_WIDE, _HIGH)
        self.panel = HistoryPanel(desk)
        self.panel.fields.hide()
        foot = QDialogButtonBox()
        foot.addButton(_("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.panel, 1)
        column.addWidget(foot)
        self.panel.show_record(None)
        desk.bridge.changed.connect(self.panel.take_in)


def show_history(desk: Desk) -> None:
    """Show what was done in the register."""
    if desk.routes.flush():
        desk.prompts.ask_dialog(HistoryDialog(desk))
