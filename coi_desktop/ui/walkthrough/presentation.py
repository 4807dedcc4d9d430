"""Steps of an evaluation on the whole screen of a meeting room: one at a time, in large type."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _
from coi_desktop.models.guide import Screen
from coi_desktop.models.standing import PartState
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import ElidedLabel, PlainLabel, announce
from coi_desktop.ui.tab_order import find_stops_as_laid_out, put_in_tab_order
from coi_desktop.ui.theme import make_style_sheet
from coi_desktop.ui.walkthrough.screen import COLUMN_WIDTH, ScreenForm
from coi_desktop.ui.walkthrough.walk import Walk

#: How much larger everything is than in the window.
SCALE = 2.2

#: Lines and frames so thin stay as they are.
_THIN = 2

#: A widget without a greatest width of its own, and the mark of one that was made larger.
_ANY_WIDTH = 10_000
_ENLARGED = "enlarged"

#: Keys that move between the steps, and how far.
_AWAY = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class StepForm(ScreenForm):
    """The questions of one step, whatever the path shows together. Keys that move belong to the room."""

    column_width = int(COLUMN_WIDTH * SCALE)

    def __init__(self, desk: Desk, walk: Walk, screen: Screen) -> None:
        super().__init__(desk, walk, screen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, part: PartState) -> None:
        """Show the answers; what was made for them meanwhile is made larger as well."""
        self._enlarge()
        super().show_state(part)
        self._enlarge()

    def _enlarge(self) -> None:
        """What has a size of its own in pixels, which no style sheet reaches."""
        for widget in self.findChildren(QWidget):
            if widget.property(_ENLARGED):
                continue
            widget.setProperty(_ENLARGED, True)
            if isinstance(widget, QTableView):
                rows = widget.verticalHeader()
                rows.setDefaultSectionSize(int(rows.defaultSectionSize() * SCALE))
            elif isinstance(widget, (QLineEdit, QToolButton)) and widget.maximumWidth() < _ANY_WIDTH:
                widget.setMaximumWidth(int(widget.maximumWidth() * SCALE))
                widget.setMinimumWidth(int(widget.minimumWidth() * SCALE))
            if isinstance(widget, QToolButton):
                widget.setIconSize(widget.iconSize() * SCALE)

    def title(self) -> str:
        """The title of the step."""
        return self._walk.loaded.guide.words().steps[self.screen_id].title

    def enter(self) -> None:
        """Show the step from its top; the keyboard moves on until somebody goes into a field."""
        self.verticalScrollBar().setValue(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down scroll; what moves between steps goes on to the room."""
        if event.key() in _AWAY:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Presentation(QDialog):
    """Walks the steps beside the panel, over the same answers; what is typed is saved at once."""

    def __init__(self, desk: Desk, walk: Walk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._walk = walk
        self._forms: dict[str, StepForm] = {}
        self._step = _step_in_front(walk)
        self.setWindowTitle(_("Steps in a meeting"))
        self.setObjectName("presentation")
        self._name = ElidedLabel(tone="muted")
        self._place = PlainLabel(tone="muted")
        self._stack = QStackedWidget()
        self.back = QPushButton(_("← &Back"))
        self.leave = QPushButton(_("&Close (Esc)"))
        self.next = QPushButton(_("&Next →"))
        self.next.setProperty("look", "main")
        self._lay_out()
        self._dress()
        self.back.clicked.connect(lambda: self.move_by(-1))
        self.next.clicked.connect(lambda: self.move_by(1))
        self.leave.clicked.connect(self.reject)
        for key, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda by=by: self.move_by(by))
        desk.looks.changed.connect(self._dress)
        walk.changed.connect(self._show_answers)
        walk.ended.connect(self.reject)
        self._show_step()

    @property
    def step_id(self) -> str:
        """The step that is shown."""
        return self._step

    @property
    def front(self) -> StepForm:
        """The questions of the step that is shown."""
        if self._step not in self._forms:
            step = self._walk.loaded.guide.step(self._step)
            ids = tuple(question.id for question in step.questions)
            form = StepForm(self._desk, self._walk, Screen(step.id, step.phase, step.minutes, ids))
            self._forms[self._step] = form
            self._stack.addWidget(form)
        return self._forms[self._step]

    def move_by(self, by: int) -> None:
        """To the step so many places further on; at the ends nothing happens."""
        ids = [part.id for part in self._walk.walkthrough.steps]
        place = ids.index(self._step) + by if self._step in ids else 0
        if 0 <= place < len(ids) and self.front.flush() and self._walk.is_open:
            self._step = ids[place]
            self._show_step()

    def focusNextPrevChild(self, is_on: bool) -> bool:
        """Tab goes as one reads, as in the panel."""
        put_in_tab_order(*find_stops_as_laid_out(self))
        return super().focusNextPrevChild(is_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, right and the keys for pages move where no field wants them; Esc leaves."""
        if event.key() in _AWAY:
            self.move_by(_AWAY[Qt.Key(event.key())])
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave, once everything is in the register."""
        refusals = [form for form in self._forms.values() if not form.flush()] if self._walk.is_open else []
        if not refusals:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """On the whole screen, whoever shows it."""
        super().showEvent(event)
        self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Esc."""
        self.reject()
        event.setAccepted(not self.isVisible())

    def done(self, result: int) -> None:
        """Listen no longer."""
        self._walk.changed.disconnect(self._show_answers)
        self._walk.ended.disconnect(self.reject)
        self._desk.looks.changed.disconnect(self._dress)
        super().done(result)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(32, 16, 32, 0)
        head.addWidget(self._name, 1)
        head.addWidget(self._place)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.back, self.leave, self.next):
            button.setAutoDefault(False)
            row.addWidget(button)
            if button is not self.next:
                row.addStretch(1)
        foot = QWidget()
        foot.setObjectName("foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setLayout(row)
        row.setContentsMargins(32, 14, 32, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _dress(self) -> None:
        usual = QGuiApplication.font().pointSizeF()
        self.setStyleSheet(large_sheet(make_style_sheet(self._desk.looks.theme), usual))

    def _show_step(self) -> None:
        form = self.front
        self._show_answers()
        self._stack.setCurrentWidget(form)
        form.enter()
        announce(form, form.title())

    def _show_answers(self) -> None:
        if not self._walk.is_open:
            return
        parts = self._walk.walkthrough.steps
        part = self._find(parts)
        if part is None:
            self._step = parts[0].id
            part = parts[0]
        self._name.set_line(self._walk.loaded.initiative.text("title"))
        place = parts.index(part)
        self._place.setText(_("step {number} of {total}").format(number=place + 1, total=len(parts)))
        self.back.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < len(parts))
        self.front.show_state(part)

    def _find(self, parts: tuple[PartState, ...]) -> PartState | None:
        return next((part for part in parts if part.id == self._step), None)


def _step_in_front(walk: Walk) -> str:
    """The step of the first question on the screen in front."""
    states = walk.walkthrough.current.questions
    return states[0].question.step_id if states else walk.walkthrough.steps[0].id


def large_sheet(sheet: str, points: float) -> str:
    """A style sheet with every size made larger but those of thin lines; ``points`` is the usual type."""

    def larger(found: re.Match[str]) -> str:
        corner, size, unit = found.group(1) or "", float(found.group(2)), found.group(3)
        if unit == "px" and size <= _THIN:
            return found.group()
        # A corner that is rounder than half its side, as rounding up may make it, is drawn as a square.
        return f"{corner}{int(size * SCALE * 0.92) if corner else round(size * SCALE)}{unit}"

    larger_sheet = re.sub(r"(border-radius: )?\b([0-9]+(?:\.[0-9]+)?)(px|pt)\b", larger, sheet)
    return f"QWidget {{ font-size: {round(points * SCALE)}pt; }}\n{larger_sheet}"
