"""A number of today, kept from anywhere: the baseline of a measure that has none yet, else a measurement."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.records import Record
from coi_desktop.operations.evaluations import measure_now
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.forms.draft import read_raw
from coi_desktop.ui.plain import PlainLabel, one_line

_WIDTH = 460


class MeasureNow(QDialog):
    """Keeps the number when it is accepted; ``kept`` is then its text, ``measure`` what was measured."""

    def __init__(
        self, desk: Desk, initiative_id: str, indicators: Sequence[Record], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._indicators = {indicator.id: indicator for indicator in indicators}
        self.kept = ""
        self.setWindowTitle(_("Measure now"))
        self.setMinimumWidth(_WIDTH)
        self.which = ChoiceBox()
        self.which.setAccessibleName(_("Which measure?"))
        for indicator in indicators:
            self.which.addItem(one_line(indicator.text("name")) or "–", indicator.id)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("The number of today"))
        self.line.setPlaceholderText(_("The number of today"))
        self._purpose = PlainLabel(tone="muted", wrap=True)
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._refusal.hide()
        title = desk.register.get("initiative", initiative_id).text("title")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(one_line(title), rank="head", wrap=True))
        for part in (self.which, self.line, self._purpose, self._refusal):
            column.addWidget(part)
        column.addSpacing(6)
        column.addWidget(make_foot(self, QPushButton(_("Note it")), self.keep))
        self.which.currentIndexChanged.connect(self._say_what_for)
        self._say_what_for()
        self.line.setFocus()

    @property
    def measure(self) -> str:
        """The name of the chosen measure."""
        return self.which.currentText()

    def keep(self) -> None:
        """Keep it and close; what is no number is said, and the dialog stays."""
        reading = read_raw(FieldSpec("value", Kind.NUMBER, "Tal", "Number"), self.line.text())
        if reading.problem or not isinstance(reading.value, Decimal):
            self._refuse(reading.problem or _("Write the number."))
            return
        try:
            measure_now(self._desk.register, str(self.which.currentData()), reading.value)
        except Problem as problem:
            self._refuse(str(problem))
            return
        self.kept = self.line.text()
        self.accept()

    def _refuse(self, text: str) -> None:
        self._refusal.setText(text)
        self._refusal.show()
        self.line.setFocus()

    def _say_what_for(self) -> None:
        indicator = self._indicators.get(str(self.which.currentData()))
        if indicator is not None and indicator["baseline"] is None:
            self._purpose.setText(_("Measure now, before it is too late: this becomes the baseline."))
        else:
            self._purpose.setText(_("Measure now: this is kept as a measurement of today."))
