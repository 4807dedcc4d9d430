"""What is always seen of an initiative: its head stays while the tabs below it turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.operations.library import words_of
from coi_desktop.ui.commands import evaluate
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.marks import LIGHT_MARKS, STATUS_MARKS, MarkedLabel
from coi_desktop.ui.plain import ElidedLabel, isolated, set_tooltip

if TYPE_CHECKING:
    from coi_desktop.ui.panels.evidence_badge import EvidenceBadge

#: So that running down the list with the arrow key works no evaluation out.
MILLISECONDS_BEFORE_EVIDENCE = 120


class RecordHead(QWidget):
    """What is always seen of an initiative: title, status, phase, where it belongs, what comes next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel_head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._words = words_of(desk.register)
        self._record_id = ""
        self._is_put_off = False
        self._badge: EvidenceBadge | None = None
        self._begin: QPushButton | None = None
        self._soon = QTimer(self, singleShot=True, interval=MILLISECONDS_BEFORE_EVIDENCE)
        self._soon.timeout.connect(self._show_evidence)
        desk.bridge.closed.connect(self._soon.stop)
        self._title = ElidedLabel(rank="head")
        self._status = MarkedLabel(desk.looks)
        self._light = MarkedLabel(desk.looks)
        self._light.hide()
        self._where = ElidedLabel(tone="muted")
        self._next = ElidedLabel(tone="muted")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._status)
        line.addWidget(self._light)
        line.addWidget(self._where, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 8)
        self._column.setSpacing(3)
        self._column.addWidget(self._title)
        self._column.addLayout(line)
        self._column.addWidget(self._next)

    def show_record(self, record: Record) -> None:
        """Show an initiative's head."""
        kind = record_type("initiative")

        def word(name: str) -> str:
            return show_value(kind.field(name), record[name], self._words)

        self._title.set_line(record.text("title"))
        self._status.show_mark(STATUS_MARKS.get(record.text("status")), word("status"))
        self._where.set_line(
            " · ".join(part for part in (word("phase"), word("field"), word("owner")) if part)
        )
        self._next.set_line(self._say_next(record))
        self._next.setVisible(bool(self._next.text()))
        if record.id != self._record_id:
            self._record_id = record.id
            self._light.hide()
            for part in (self._badge, self._begin):
                if part is not None:
                    part.hide()
        self.show_evidence_soon()

    def show_evidence_soon(self) -> None:
        """Work the evidence level out when the keyboard rests on this initiative."""
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was put off while nobody looked is worked out."""
        super().showEvent(event)
        if self._is_put_off:
            self.show_evidence_soon()

    def _show_evidence(self) -> None:
        self._is_put_off = not self.isVisible()
        if self._is_put_off:
            return
        register = self._desk.register
        if not register.get_many("initiative", [self._record_id]):
            return
        self._show_light()
        is_evaluated = bool(register.children("evaluation", self._record_id))
        self._offer_to_begin(is_offered=not is_evaluated and self._desk.can_write)
        if not is_evaluated:
            if self._badge is not None:
                self._badge.hide()
            return
        if self._badge is None:
            from coi_desktop.ui.panels.evidence_badge import EvidenceBadge

            self._badge = EvidenceBadge(self._desk.looks)
            self._column.addWidget(self._badge)
        self._badge.setVisible(self._badge.show_initiative(register, self._record_id))

    def _show_light(self) -> None:
        """The worst of the lights as they are now, where one can be worked out."""
        from coi_desktop.operations.status_reports import find_lights

        light = find_lights(self._desk.register, self._record_id).overall
        self._light.setVisible(light is not None)
        if light is not None:
            word = self._words.label("light", light.value)
            self._light.show_mark(LIGHT_MARKS[light.value], _("Light: {word}").format(word=word))

    def _offer_to_begin(self, *, is_offered: bool) -> None:
        """Where nothing is evaluated yet, a button says how one begins."""
        if self._begin is None and is_offered:
            self._begin = QPushButton(_("&Begin the evaluation"))
            set_tooltip(self._begin, _("About half an hour for the light one; F8"))
            self._begin.clicked.connect(lambda: evaluate(self._desk))
            self._column.addSpacing(2)
            self._column.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)
        if self._begin is not None:
            self._begin.setVisible(is_offered)

    def _say_next(self, record: Record) -> str:
        what, day = record.text("next_milestone"), record.day("next_date")
        parts = [isolated(what) if what else "", format_date(day, current_language())]
        text = " · ".join(part for part in parts if part)
        return _("Next: {what}").format(what=text) if text else ""
