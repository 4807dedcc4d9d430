"""A walk-through as a whole: head, outline, questions, help, foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.guide import Screen
from coi_desktop.operations.library import UNIT_TABLES
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import announce
from coi_desktop.ui.tab_order import find_stops_as_laid_out, put_in_tab_order
from coi_desktop.ui.walkthrough.help_panel import HelpPanel
from coi_desktop.ui.walkthrough.outline import Outline
from coi_desktop.ui.walkthrough.screen import ScreenForm
from coi_desktop.ui.walkthrough.shift_strip import ShiftStrip
from coi_desktop.ui.walkthrough.walk import Walk
from coi_desktop.ui.walkthrough.walk_foot import WalkFoot
from coi_desktop.ui.walkthrough.walk_head import WalkHead

#: Milliseconds from a screen's coming to the front until the next one is made.
PAUSE_BEFORE_NEXT = 150

#: Narrower than this there is no room beside the questions for outline and help; for the outline; for help in
#: its place: then the head has the ways to the steps, and the help stands in place of the questions.
LEAST_WITH_HELP, LEAST_WITH_OUTLINE, LEAST_TO_UNFOLD = 1010, 600, 700


class WalkPanel(QWidget):
    """Walks one evaluation at a time. ``closed``: the user wants back to the list."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.walk = Walk(desk, self)
        self.head = WalkHead(desk, self.walk)
        self.shift = ShiftStrip(desk, self.walk.visit)
        self.outline = Outline(desk, self.walk)
        self.help = HelpPanel(desk, self.walk)
        self.foot = WalkFoot(desk, self.walk)
        self._is_help_wanted = False
        self._unfold = QPushButton(_("Sho&w the help"))
        self._unfold.setProperty("look", "link")
        self._screens: dict[str, ScreenForm] = {}
        self._stack = QStackedWidget()
        self._ahead = QTimer(self, singleShot=True, interval=PAUSE_BEFORE_NEXT)
        self._ahead.timeout.connect(self._make_next)
        self._lay_out()
        self._make_room()
        self.walk.changed.connect(self._show_answers)
        self.walk.leaving.connect(self.flush)
        self.walk.moved.connect(self._show_screen)
        self.walk.sought.connect(lambda question_id: self.front.seek(question_id))
        self.walk.ended.connect(self.closed)
        desk.bridge.changed.connect(self._follow_words)
        self.outline.wanted.connect(self._go_to)
        self.foot.closed.connect(self._leave)
        self.walk.method_wanted.connect(self._show_method)
        self.head.step_wanted.connect(self._go_to)
        self.head.help_wanted.connect(self._show_help)
        self.help.fold_wanted.connect(lambda: self._fold_help(True))
        self._unfold.clicked.connect(lambda: self._fold_help(False))
        for key, move in (("Ctrl+PgDown", self.walk.forward), ("Ctrl+PgUp", self.walk.back)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(move)

    def open(self, evaluation_id: str, position: str = "", question_id: str = "") -> None:
        """Walk an evaluation: at ``position`` or where it was left, or at a question. KeyError when there is
        none.
        """
        self.flush()
        self.walk.open(evaluation_id, position, question_id)

    @property
    def front(self) -> ScreenForm:
        """The screen in front."""
        return self._screen_of(self.walk.walkthrough.current.id)

    def flush(self) -> bool:
        """Write what is typed on any screen; False when the register refused something."""
        refusals = [screen for screen in tuple(self._screens.values()) if not screen.flush()]
        return not refusals

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields whose text is not in the register."""
        labels = (label for screen in self._screens.values() for label in screen.unsaved())
        return tuple(dict.fromkeys(labels))

    def focusNextPrevChild(self, is_on: bool) -> bool:
        """Tab goes as one reads: head, outline, questions from top to bottom, help, foot. Rows and cards that
        came later were made last, and take their place before each step.
        """
        put_in_tab_order(*find_stops_as_laid_out(self))
        return super().focusNextPrevChild(is_on)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks on again."""
        super().showEvent(event)
        self.walk.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks on: changes elsewhere cost nothing here."""
        self.walk.watch(False)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the questions come first: help and outline make room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        width = self.width()
        has_room_for_all = width >= LEAST_WITH_HELP
        has_room_beside = width >= LEAST_TO_UNFOLD
        is_wanted = not self._desk.settings.get("help_folded") if has_room_for_all else self._is_help_wanted
        is_alone = is_wanted and not has_room_beside
        self.help.set_alone(is_alone)
        self.help.setVisible(is_wanted)
        self._stack.setVisible(not is_alone)
        self._unfold.setVisible(has_room_beside and not is_wanted)
        has_outline = width >= LEAST_WITH_OUTLINE and (has_room_for_all or not is_wanted)
        self.outline.setVisible(has_outline)
        self.head.offer_ways(to_steps=not has_outline, to_help=not has_room_beside)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.outline)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.shift)
        column.addLayout(middle, 1)
        column.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.foot)

    def _screen_of(self, screen_id: str) -> ScreenForm:
        """The form of a screen, made when it is first wanted; it keeps what is typed in it."""
        path = self.walk.walkthrough.path
        key = f"{path.id}.{screen_id}"
        if key not in self._screens:
            made = ScreenForm(self._desk, self.walk, _screen(path.screens, screen_id))
            made.step_entered.connect(self.help.show_step)
            self._screens[key] = made
            self._stack.addWidget(made)
        return self._screens[key]

    def _follow_words(self, changes: ChangeSet) -> None:
        """The unit has changed its words: screens are made anew with them, when they are wanted."""
        if not self._screens or not any(map(changes.touches, UNIT_TABLES)):
            return
        self.flush()
        screens, self._screens = self._screens, {}
        if self.walk.is_open:
            self._show_answers()
            self._stack.setCurrentWidget(self.front)
        for screen in screens.values():
            self._stack.removeWidget(screen)
            screen.deleteLater()

    def _show_answers(self) -> None:
        if not self.walk.is_open:
            return
        walkthrough = self.walk.walkthrough
        self.head.show_walk()
        self.shift.show_walk()
        self.outline.show_walk()
        self.foot.show_walk()
        self.front.show_state(walkthrough.current)

    def _show_screen(self) -> None:
        """Another screen comes to the front."""
        screen = self.front
        if self._stack.isHidden():
            self._fold_help(True)
        self._show_answers()
        self._stack.setCurrentWidget(screen)
        self.help.show_screen()
        screen.enter()
        words = self.walk.walkthrough.guide.screen_words(self.walk.walkthrough.path, screen.screen_id)
        announce(screen, words.title)
        self._ahead.start()

    def _make_next(self) -> None:
        """Have the form of the next screen ready while this one is read."""
        if self.walk.is_open:
            self._screen_of(self.walk.walkthrough.forward().current.id)

    def _go_to(self, screen_id: str) -> None:
        self.walk.jump(screen_id)
        self.front.enter()

    def _leave(self) -> None:
        if self.flush():
            self.closed.emit()

    def _show_method(self, method: str) -> None:
        if self.help.isHidden():
            self._fold_help(False)
        self.help.show_method(method)

    def _show_help(self) -> None:
        """The help in place of the questions, and back."""
        is_shown = self.help.isVisible()
        self._fold_help(is_shown)
        if not is_shown:
            self.help.enter()

    def _fold_help(self, is_folded: bool) -> None:
        if self.width() >= LEAST_WITH_HELP:
            self._desk.settings.set("help_folded", is_folded)
        self._is_help_wanted = not is_folded
        self._make_room()
        if is_folded and self.isVisible():
            (self.head.help if self._unfold.isHidden() else self._unfold).setFocus()


def _screen(screens: tuple[Screen, ...], screen_id: str) -> Screen:
    return next(screen for screen in screens if screen.id == screen_id)
