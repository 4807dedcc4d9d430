"""Asks what a view or a tag is to be called."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.plain import PlainLabel

_LONGEST = 60


class NamingDialog(QDialog):
    """A name that is refused keeps the dialog open and says why. ``save`` is called with the name."""

    def __init__(
        self,
        title: str,
        name: str,
        save: Callable[[str], object],
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._save = save
        self.setWindowTitle(title)
        self.setMinimumWidth(360)
        self.line = QLineEdit(name)
        self.line.setMaxLength(_LONGEST)
        label = label or _("&Name of the view")
        self.line.setAccessibleName(label.replace("&", ""))
        self.line.selectAll()
        above = PlainLabel(label)
        above.setBuddy(self.line)
        self.refusal = PlainLabel(tone="wrong", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(above)
        column.addWidget(self.line)
        column.addWidget(self.refusal)
        column.addWidget(make_foot(self, QPushButton(_("&Save")), self.save))
        self.line.setFocus()

    def save(self) -> None:
        """Save under the name and close."""
        try:
            self._save(self.line.text())
        except Problem as problem:
            self.refusal.setText(str(problem))
            self.refusal.show()
            self.line.setFocus()
            return
        self.accept()
