"""The backups of the register: when and why each was written, and what would be different with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.backup_differences import Differences, OneRecord, how_label, say_differences
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.text import format_number
from coi_desktop.operations.backups import FoundBackup, find_backups
from coi_desktop.operations.restores import compare_backup
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce, isolated

_WIDE, _HIGH = 820, 600


class RestoreDialog(QDialog):
    """``chosen`` is the backup to restore when the dialog was accepted. Differences are worked out for the
    backup in front, off the UI thread.
    """

    def __init__(
        self, desk: Desk, found: Sequence[FoundBackup], elsewhere: Path | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found = list(found)
        self._told: dict[Path, Differences | Problem] = {}
        self._is_working = False
        self.chosen: FoundBackup | None = None
        self.setWindowTitle(_("Restore from a backup"))
        self.resize(_WIDE, _HIGH)
        self._model = TextRowsModel([_("Written"), _("Why"), _("Initiatives"), _("Place")], [])
        self.table = TextTable(self._model, _("Backups"), [150, 260, 90])
        self.said = PlainLabel(wrap=True, selectable=True)
        self.show_records = QPushButton(_("Show the &records"))
        self.show_records.setCheckable(True)
        self._records = TextRowsModel([_("Kind"), _("Title"), _("Difference"), _("Fields")], [])
        self.records = TextTable(self._records, _("Records that differ"), [130, 300, 180])
        self.restore_button = QPushButton(_("&Restore this backup"))
        self._lay_out()
        self._fill()
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.show_records.toggled.connect(self.records.setVisible)
        self.table.selectRow(0)
        self.table.setFocus()
        self._show()
        if elsewhere is not None:
            look = Work(_("Looking for backups"), _find(desk.register.path, elsewhere), self._add_elsewhere)
            desk.runner.run(look)

    @property
    def front(self) -> FoundBackup | None:
        """The backup the keyboard is on."""
        row = self.table.chosen()
        return None if row is None else self._found[int(row.key)]

    def _lay_out(self) -> None:
        head = _("What stands in the register now is kept as a backup first, so that it can be had back.")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(_("Which backup?"), rank="head"))
        column.addWidget(PlainLabel(head, tone="muted", wrap=True))
        column.addWidget(self.table, 2)
        column.addWidget(self.said)
        column.addWidget(self.show_records, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.records, 3)
        column.addWidget(make_foot(self, self.restore_button, self._accept))
        self.show_records.setAutoDefault(False)
        self.records.hide()

    def _accept(self) -> None:
        self.chosen = self.front
        if self.chosen is not None:
            self.accept()

    def _fill(self) -> None:
        language = current_language()
        place = max(0, self.table.currentIndex().row())
        self._model.set_rows(
            [
                TextRow(
                    str(number),
                    (
                        format_datetime(one.manifest.written.astimezone(), language),
                        one.manifest.reason.label(),
                        format_number(one.manifest.initiatives, language),
                        _("Second place") if one.is_elsewhere else _("This computer"),
                    ),
                )
                for number, one in enumerate(self._found)
            ]
        )
        self.table.selectRow(place)
        self.restore_button.setEnabled(bool(self._found) and self._desk.can_write)

    def _add_elsewhere(self, found: Sequence[FoundBackup]) -> None:
        if isValid(self) and len(found) > len(self._found):
            self._found = list(found)
            self._fill()
            self._show()

    # What differs

    def _show(self, *_indexes: object) -> None:
        front = self.front
        if front is None:
            self._say(_("There is no backup of this register yet."), None)
            return
        told = self._told.get(front.path)
        if told is None:
            self._say(_("Comparing with the register…"), None)
            self._work_out(front)
        elif isinstance(told, Problem):
            self._say(_("It cannot be compared with the register: {why}").format(why=told.what), None)
        else:
            self._say(say_differences(told), told)

    def _say(self, text: str, differences: Differences | None) -> None:
        self.said.setText(text)
        records = () if differences is None else differences.records
        newer = differences is not None and differences.is_newer
        self.show_records.setEnabled(bool(records))
        self._records.set_rows(
            [TextRow(f"{one.how} {one.record_id}", _cells(one, is_newer=newer)) for one in records]
        )
        announce(self.said, text)

    def _work_out(self, found: FoundBackup) -> None:
        if self._is_working:
            return
        self._is_working = True
        job = compare_backup(self._desk.register.path, found)
        told = partial(self._take_in, found)
        self._desk.runner.run(Work(_("Comparing the backup"), job, told, told))

    def _take_in(self, found: FoundBackup, told: Differences | Problem) -> None:
        if isValid(self):
            self._is_working = False
            self._told[found.path] = told
            self._show()


def _find(path: Path, elsewhere: Path) -> Job[list[FoundBackup]]:
    """Those of the second place as well, which may be slow to answer."""
    yield Progress(0, 0)
    return find_backups(path, elsewhere)


def _cells(one: OneRecord, *, is_newer: bool) -> tuple[str, ...]:
    kind = record_type(one.type_name)
    fields = ", ".join(kind.field(name).label() for name in one.fields if name in kind.by_name)
    return kind.label(), isolated(one.title), how_label(one, is_newer=is_newer), fields
