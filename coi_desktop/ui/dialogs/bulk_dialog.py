"""Several initiatives at once: which fields to set, and what that would change before anything is changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.bulk_plan import BulkEdit, BulkPlan, Selection, editable_fields
from coi_desktop.models.bulk_words import counts, line_cells, summary
from coi_desktop.models.fields import Kind
from coi_desktop.models.folding import clean_line
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_number
from coi_desktop.operations.bulk import preview_bulk
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.bulk_row import BulkRow
from coi_desktop.ui.forms.choice_editors import ActingBox
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.tab_order import find_stops, put_in_tab_order

_WIDE, _HIGH = 820, 600
_MOST_LINES = 500
_PAUSE = 150
"""Milliseconds after the last key before the preview is worked out."""

_EDITED = frozenset(Kind) - {Kind.RANK, Kind.REFERENCE, Kind.TIME}


class BulkDialog(QDialog):
    """Fields are added one by one; the preview below follows. ``plan`` is what was accepted."""

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._selection = selection
        self._words = words_of(desk.register)
        self._fields = [
            field for field in editable_fields(desk.register.fields("initiative")) if field.kind in _EDITED
        ]
        self._all_fields = {field.name: field for field in desk.register.fields("initiative")}
        self._rows: dict[str, BulkRow] = {}
        self.plan: BulkPlan | None = None
        self.setWindowTitle(
            ngettext("Edit {count} initiative", "Edit {count} initiatives", len(selection.records)).format(
                count=format_number(len(selection.records), current_language())
            )
        )
        self.resize(_WIDE, _HIGH)
        self.chooser = ActingBox()
        self.add_tags = QLineEdit()
        self.remove_tags = QLineEdit()
        self._said = PlainLabel(rank="section", wrap=True)
        self._counts = PlainLabel(tone="muted", wrap=True)
        self._lines = TextRowsModel([_("Initiative"), _("Field"), _("Before"), _("After")], [])
        self.preview = TextTable(self._lines, _("What would change"), [270, 130, 190])
        self.change_button = QPushButton(_("&Change"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.update_preview)
        self._lay_out()
        self.update_preview()
        self.chooser.setFocus()

    def add_field(self, name: str) -> BulkRow:
        """Offer a field to be set; the one that is there when it was added before."""
        if name not in self._rows:
            field = self._all_fields[name]
            row = BulkRow(field, self._selection.records, self._words, self._desk.looks)
            row.changed.connect(self._pause.start)
            row.removed.connect(lambda: self._drop_field(name))
            self._rows[name] = row
            self._column.insertWidget(self._column.count() - 1, row)
            row.show()
            stops = [stop for one in self._rows.values() for stop in find_stops(one)]
            put_in_tab_order(self.remove_tags, *stops)
        self._rows[name].focus()
        self._pause.start()
        return self._rows[name]

    def update_preview(self) -> None:
        """Work out what would change, and show it."""
        self._pause.stop()
        edit = self._read()
        self.plan = None if edit is None else preview_bulk(self._desk.register, self._selection, edit)
        lines = () if self.plan is None else self.plan.lines
        self._lines.set_rows(
            [
                TextRow(line.record_id, line_cells(line, self._all_fields, self._words))
                for line in lines[:_MOST_LINES]
            ]
        )
        self._said.setText(self._sentence(edit))
        self._counts.setText("" if self.plan is None else self._counted(self.plan))
        self.change_button.setEnabled(bool(lines))
        announce(self._said, self._said.text())

    def _sentence(self, edit: BulkEdit | None) -> str:
        if self.plan is not None and edit is not None and any(edit):
            return summary(self.plan)
        return (
            _("Choose a field to set, or write a tag.") if edit is not None else _("A field cannot be read.")
        )

    def _counted(self, plan: BulkPlan) -> str:
        said = counts(plan, list(self._all_fields.values()))
        if len(plan.lines) > _MOST_LINES:
            shown = format_number(_MOST_LINES, current_language())
            said += " · " + _("the first {count} are shown").format(count=shown)
        return said

    def _accept(self) -> None:
        self.update_preview()
        if self.plan is not None and self.plan.lines:
            self.accept()

    def _read(self) -> BulkEdit | None:
        """What is to be done; None while something that was typed does not read as a value."""
        values: dict[str, Value] = {}
        for name, row in self._rows.items():
            if not row.is_readable():
                return None
            if row.is_set():
                values[name] = row.value()
        return BulkEdit(values, _tags(self.add_tags.text()), _tags(self.remove_tags.text()))

    def _drop_field(self, name: str) -> None:
        row = self._rows.pop(name)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.chooser.setFocus()
        self._pause.start()

    def _choose(self, place: int) -> None:
        name = self.chooser.itemData(place)
        if name:
            self.chooser.setCurrentIndex(0)
            self.add_field(name)

    def _lay_out(self) -> None:
        self.chooser.addItem(_("Choose a field…"), "")
        for field in self._fields:
            self.chooser.addItem(field.label(), field.name)
        self.chooser.setAccessibleName(_("Field to set"))
        self.chooser.activated.connect(self._choose)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        for label, line in ((_("&Put on tags"), self.add_tags), (_("&Take off tags"), self.remove_tags)):
            line.setPlaceholderText(_("several with commas between"))
            line.setAccessibleName(label.replace("&", ""))
            line.textEdited.connect(self._pause.start)
            form.addRow(label, line)
        within = QWidget()
        self._column = QVBoxLayout(within)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(within)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addWidget(self.chooser, 1, Qt.AlignmentFlag.AlignTop)
        top.addLayout(form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(area, 2)
        column.addWidget(self._said)
        column.addWidget(self._counts)
        column.addWidget(self.preview, 3)
        column.addWidget(make_foot(self, self.change_button, self._accept))


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := clean_line(part))))
