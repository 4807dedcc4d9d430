"""What is noted in passing, in a strip above the foot: a finding, or a number of today. No window opens."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.records import Record
from coi_desktop.operations.evaluations import add_quick_finding, measure_now
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.forms.draft import read_raw
from coi_desktop.ui.forms.finding_fields import make_finding_line, make_sign_box
from coi_desktop.ui.forms.privacy_watch import watch_line
from coi_desktop.ui.plain import PlainLabel, announce, isolated, one_line
from coi_desktop.ui.undoing import undo_step
from coi_desktop.ui.walkthrough.walk import Walk


class NoteStrip(QWidget):
    """A line of fields with a button that keeps them; Enter keeps, Escape closes. ``closed``: it is shut."""

    closed = Signal()

    def __init__(self, desk: Desk, walk: Walk, label: str) -> None:
        super().__init__()
        self._desk = desk
        self._walk = walk
        self._note = PlainLabel(tone="wrong", wrap=True)
        self._note.hide()
        self._keep = QPushButton(_("Note it"))
        self._keep.clicked.connect(self.keep)
        shut = QPushButton(_("Cancel"))
        shut.clicked.connect(self.shut)
        self._label = PlainLabel(label, rank="label")
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for part in self._parts():
            self._row.addWidget(part, 3 if isinstance(part, QLineEdit) else 1)
            part.installEventFilter(self)
        self._row.addWidget(self._keep)
        self._row.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._label)
        column.addLayout(self._row)
        column.addWidget(self._note)
        self.hide()

    def _parts(self) -> Sequence[QWidget]:
        raise NotImplementedError

    def open(self) -> None:
        """Show the strip with the keyboard in its first field."""
        self._say("")
        self.show()
        self._parts()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self) -> None:
        """Take the strip away."""
        self.hide()
        self.closed.emit()

    def keep(self) -> None:
        """Keep what is noted."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps, Escape closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.shut()
                return True
        return super().eventFilter(watched, event)

    def _done(self, text: str) -> None:
        self.shut()
        self._desk.notices.show_done(text, [undo_step(self._desk)])

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        if text:
            announce(self, text)


class FindingStrip(NoteStrip):
    """A finding in a line, with its direction where one likes."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        self._line = make_finding_line()
        self._sign = make_sign_box()
        super().__init__(desk, walk, _("Quick finding: what did you see or hear? Without names."))
        watch_line(self._line, self._say)

    def _parts(self) -> Sequence[QWidget]:
        return (self._line, self._sign)

    def keep(self) -> None:
        """Note the finding of today."""
        loaded = self._walk.loaded
        values = {"evaluation_id": loaded.evaluation.id, "sign": self._sign.currentData() or None}
        try:
            add_quick_finding(self._desk.register, loaded.initiative.id, self._line.text(), values)
        except Problem as problem:
            self._say(f"{problem.what} {problem.advice}")
            return
        text = self._line.text()
        self._line.clear()
        self._sign.setCurrentIndex(0)
        self._done(_("Noted: “{text}”").format(text=isolated(text)))


class MeasureStrip(NoteStrip):
    """A number of today for one of the indicators: its baseline while it has none, else a measurement."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        self._which = ChoiceBox()
        self._which.setAccessibleName(_("Which measure?"))
        self._which.currentIndexChanged.connect(self._say_what_for)
        self._line = QLineEdit()
        self._line.setAccessibleName(_("The number of today"))
        self._line.setPlaceholderText(_("The number of today"))
        super().__init__(desk, walk, "")

    def _parts(self) -> Sequence[QWidget]:
        return (self._which, self._line)

    def show_indicators(self) -> None:
        """Offer the indicators of the evaluation."""
        chosen = self._which.currentData()
        self._which.blockSignals(True)
        self._which.clear()
        for indicator in self._indicators():
            self._which.addItem(one_line(indicator.text("name")) or "–", indicator.id)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._which.blockSignals(False)
        has_any = self._which.count() > 0
        for part in (*self._parts(), self._keep):
            part.setEnabled(has_any)
        self._say_what_for()

    def open(self) -> None:
        """Show the strip, or go to where indicators are made while there is none."""
        if self._which.count():
            super().open()
            return
        self._walk.jump_to_question("indicators.indicators")
        self._desk.notices.show_done(_("Say first what you measure: add a measure here, with its baseline."))

    def keep(self) -> None:
        """Keep the number."""
        field = FieldSpec("value", Kind.NUMBER, "Tal", "Number")
        reading = read_raw(field, self._line.text())
        if reading.problem or not isinstance(reading.value, Decimal):
            self._say(reading.problem or _("Write the number."))
            return
        name = self._which.currentText()
        try:
            measure_now(self._desk.register, self._which.currentData(), reading.value)
        except Problem as problem:
            self._say(str(problem))
            return
        text = self._line.text()
        self._line.clear()
        self._done(_("Kept for {name}: {number}").format(name=isolated(name), number=isolated(text)))

    def _indicators(self) -> tuple[Record, ...]:
        return self._walk.loaded.snapshot.rows("indicator") if self._walk.is_open else ()

    def _say_what_for(self) -> None:
        chosen = next((one for one in self._indicators() if one.id == self._which.currentData()), None)
        if chosen is not None and chosen["baseline"] is None:
            text = _("Measure now, before it is too late: this becomes the baseline.")
        else:
            text = _("Measure now: this is kept as a measurement of today.")
        self._label.setText(text)
