"""How much of what is worth having about an initiative is filled in, with a way to what is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.initiative_completeness import completeness_of
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import wanted_facts
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow

#: So many missing facts are named; the others are counted with them.
_NAMED = 4


class CompletenessLine(QWidget):
    """Says it in a line and demands nothing; gone when nothing is missing. ``wanted``: a field to go to."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._missing: tuple[str, ...] = ()
        self.label = PlainLabel(tone="muted", wrap=True)
        self._ways: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.label)

    def show_record(self, record: Record, *, can_write: bool) -> None:
        """Tell of this initiative."""
        count, missing = completeness_of(record, wanted_facts())
        language = current_language()
        self.label.setText(
            _("{filled} of {wanted} basic facts are filled in.").format(
                filled=format_number(count.filled, language), wanted=format_number(count.required, language)
            )
        )
        if missing != self._missing:
            self._missing = missing
            self._make_ways(can_write=can_write)
        self.setVisible(bool(missing))

    def _make_ways(self, *, can_write: bool) -> None:
        if self._ways is not None:
            self._column.removeWidget(self._ways)
            self._ways.hide()
            self._ways.deleteLater()
            self._ways = None
        if not self._missing or not can_write:
            return
        fields = record_type("initiative").by_name
        ways = []
        for name in self._missing[:_NAMED]:
            way = QPushButton(_("+ {field}").format(field=fields[name].label()).replace("&", "&&"))
            way.setProperty("look", "link")
            way.setAutoDefault(False)
            way.setAccessibleName(_("Fill in: {field}").format(field=fields[name].label()))
            way.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name))
            ways.append(way)
        self._ways = in_a_flow(*ways)
        self._column.addWidget(self._ways)
