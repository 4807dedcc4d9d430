"""What is said about an attachment: its title, a note, and the measurement that it is evidence of."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.record_types.building import LINE
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.operations.attachments import edit_attachment, find_measurements
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.forms.privacy_watch import PrivacyWatch, watch_line
from coi_desktop.ui.plain import PlainLabel, announce, menu_text
from coi_desktop.ui.plain_text_edit import PlainTextEdit

_WIDTH = 460
_LINES_OF_NOTE = 5


class AttachmentDialog(QDialog):
    """Writes what was changed, as one step, when it is accepted."""

    def __init__(self, desk: Desk, attachment: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._attachment = attachment
        self.setWindowTitle(_("Edit attachment"))
        self.setMinimumWidth(_WIDTH)
        self.title = QLineEdit(attachment.text("title"))
        self.title.setMaxLength(LINE)
        self.note = PlainTextEdit()
        self.note.setPlainText(attachment.text("note"))
        self.note.setFixedHeight(_LINES_OF_NOTE * self.fontMetrics().lineSpacing() + 12)
        self.measurement = self._make_measurement_box()
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._refusal.hide()
        self.remark = PlainLabel(tone="warning", wrap=True)
        self.remark.hide()
        watch_line(self.title, self._say_remark)
        self.note.textChanged.connect(PrivacyWatch(self, self.note.toPlainText, self._say_remark).typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        file_name = shown_codes(attachment.text("file_name"))
        if file_name:
            column.addWidget(PlainLabel(file_name, tone="muted", wrap=True))
        kind = record_type("attachment")
        self._add(column, _("&Title"), kind.field("title").label(), self.title)
        self._add(column, _("&Note"), kind.field("note").label(), self.note)
        self._add(
            column, _("&Evidence of the measurement"), kind.field("measurement_id").label(), self.measurement
        )
        column.addWidget(self.remark)
        column.addWidget(self._refusal)
        column.addSpacing(6)
        column.addWidget(make_foot(self, QPushButton(_("&Save")), self.keep))
        self.title.selectAll()
        self.title.setFocus()

    def _make_measurement_box(self) -> ChoiceBox:
        """The initiative's measurements; the one chosen so far stays choosable."""
        box = ChoiceBox()
        box.addItem("–", None)
        for choice in find_measurements(self._desk.register, self._attachment.text("initiative_id")):
            box.addItem(menu_text(choice.label, 120), choice.id)
        box.setCurrentIndex(max(0, box.findData(self._attachment["measurement_id"])))
        return box

    def _add(self, column: QVBoxLayout, label: str, name: str, editor: QWidget) -> None:
        said = PlainLabel(label)
        said.setBuddy(editor)
        editor.setAccessibleName(name)
        column.addWidget(said)
        column.addWidget(editor)

    def _say_remark(self, text: str) -> None:
        self.remark.setText(text)
        self.remark.setVisible(bool(text))
        if text:
            announce(self.remark, text)

    def keep(self) -> None:
        """Write it and close; what the register refuses is told, and the dialog stays."""
        values = {
            "title": self.title.text(),
            "note": self.note.toPlainText() or None,
            "measurement_id": self.measurement.currentData(),
        }
        try:
            edit_attachment(self._desk.register, self._attachment.id, values)
        except Problem as problem:
            self._refusal.setText(f"{problem.what} {problem.advice}")
            self._refusal.show()
            return
        self.accept()
