"""Pairs of initiatives that look alike: compared and merged, or remembered to be two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.operations.library import words_of
from coi_desktop.operations.merging import Pair, mark_not_duplicates
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_WIDE, _HIGH = 820, 460


class DuplicatesDialog(QDialog):
    """``compare`` is called with the ids of a pair and tells whether they were merged."""

    def __init__(
        self,
        desk: Desk,
        pairs: tuple[Pair, ...],
        compare: Callable[[str, str], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pairs = list(pairs)
        self._compare = compare
        self.setWindowTitle(_("Find duplicates"))
        self.resize(_WIDE, _HIGH)
        self._said = PlainLabel(rank="section", wrap=True)
        self._model = TextRowsModel([_("Initiative"), _("Looks like"), _("Remark")], [])
        self.table = TextTable(self._model, _("Initiatives that look alike"), [300, 300])
        self.compare_button = QPushButton(_("&Compare and merge…"))
        self.apart_button = QPushButton(_("&Not duplicates"))
        foot = QDialogButtonBox()
        for button in (self.compare_button, self.apart_button):
            foot.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(_("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.accept)
        self.compare_button.setProperty("look", "main")
        self.compare_button.setDefault(True)
        self.compare_button.clicked.connect(self.compare)
        self.apart_button.clicked.connect(self.keep_apart)
        self.table.doubleClicked.connect(self.compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._said)
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        self._show()
        self.table.setFocus()

    def compare(self) -> None:
        """Compare the chosen pair; what was merged leaves the list with every pair it was in."""
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self._pairs):
            return
        pair = self._pairs[place]
        if self._compare(pair.first.id, pair.second.id):
            register = self._desk.register
            there = {
                record.id
                for record in register.get_many("initiative", [one.id for two in self._pairs for one in two])
            }
            self._pairs = [two for two in self._pairs if two.first.id in there and two.second.id in there]
            self._show()

    def keep_apart(self) -> None:
        """Remember that the chosen two are two."""
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._pairs):
            pair = self._pairs.pop(place)
            mark_not_duplicates(self._desk.register, pair.first.id, pair.second.id)
            self._show()

    def _show(self) -> None:
        place = max(0, self.table.currentIndex().row())
        self._model.set_rows([self._row(pair) for pair in self._pairs])
        count = len(self._pairs)
        self._said.setText(
            ngettext("{count} pair looks alike", "{count} pairs look alike", count).format(count=count)
            if count
            else _("No initiatives look alike.")
        )
        for button in (self.compare_button, self.apart_button):
            button.setEnabled(bool(count) and self._desk.can_write)
        self.table.selectRow(min(place, count - 1))

    def _row(self, pair: Pair) -> TextRow:
        first, second = pair
        same = first["journal_number"] is not None and first["journal_number"] == second["journal_number"]
        remark = _("Same case file number") if same else ""
        return TextRow(f"{first.id} {second.id}", (self._name(first), self._name(second), remark))

    def _name(self, record: Record) -> str:
        field = record_type("initiative").field("phase")
        phase = show_value(field, record["phase"], words_of(self._desk.register))
        return f"{record.text('title')} · {phase}" if phase else record.text("title")
