"""Linking an initiative to another: how they belong together, and which one it is."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.library import words_of
from coi_desktop.operations.links import add_link, find_candidates
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_KINDS = "initiative_link.kind"


class LinkDialog(QDialog):
    """Typing finds initiatives as the list does; the chosen one is linked to."""

    def __init__(self, desk: Desk, initiative_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._initiative = initiative_id
        words = words_of(desk.register)
        self.setWindowTitle(_("Add a link"))
        self.resize(480, 420)
        self.kind = ChoiceBox()
        for key in words.keys(_KINDS):
            self.kind.addItem(words.label(_KINDS, key), key)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Part of the title"))
        self.found = TextTable(
            TextRowsModel((_("Initiative"), _("Phase")), []), _("Initiatives found"), (255,)
        )
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._refusal.hide()
        self.link = QPushButton(_("&Link"))
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.found.activated.connect(self._link)
        self.found.selectionModel().selectionChanged.connect(self._offer)
        self._find()
        self.search.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        for text, editor in (
            (_("&How they belong together"), self.kind),
            (_("&Which initiative"), self.search),
        ):
            label = PlainLabel(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text.replace("&", ""))
            column.addWidget(label)
            column.addWidget(editor)
        column.addWidget(self.found, 1)
        column.addWidget(self._refusal)
        column.addWidget(make_foot(self, self.link, self._link))

    def _find(self) -> None:
        words = words_of(self._desk.register)
        rows = [
            TextRow(
                record.id,
                (record.text("title"), words.label("initiative.phase", record.text("phase"))),
            )
            for record in find_candidates(self._desk.register, self._initiative, self.search.text())
        ]
        self.found.rows.set_rows(rows)
        if rows:
            self.found.selectRow(0)
        self._offer()

    def _offer(self, *_selection: object) -> None:
        self.link.setEnabled(self.found.chosen() is not None)
        self._refusal.hide()

    def _link(self, *_index: object) -> None:
        row = self.found.chosen()
        if row is None:
            return
        try:
            add_link(self._desk.register, self._initiative, self.kind.currentData(), row.key)
        except Problem as problem:
            self._refusal.setText(str(problem))
            self._refusal.show()
            return
        self.accept()
