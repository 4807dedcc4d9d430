"""The outline at the left: phases and screens, each with its state (shape and word) and its minutes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.standing import PartState
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.marks import paint_mark
from coi_desktop.ui.plain import PlainLabel, set_tooltip
from coi_desktop.ui.theme import MARK_SIDE
from coi_desktop.ui.walkthrough.states import STATUS_MARKS, part_word
from coi_desktop.ui.walkthrough.walk import Walk

WIDTH = 280
_MARGIN = 12


class Outline(QScrollArea):
    """The screens of the path by phase. ``wanted`` tells the id of the screen someone wants to go to."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__()
        self._desk = desk
        self._walk = walk
        self._entries: dict[str, OutlineEntry] = {}
        self._phases: dict[str, PlainLabel] = {}
        self._path = ""
        self.setObjectName("outline")
        self.setAccessibleName(_("Outline"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH)

    def show_walk(self) -> None:
        """Show how every screen stands, and which one is in front."""
        walkthrough = self._walk.walkthrough
        shown = f"{self._walk.evaluation_id}.{walkthrough.path.id}." + ".".join(
            part.id for part in walkthrough.screens
        )
        if shown != self._path:
            self._path = shown
            self._lay_out()
        for part in walkthrough.screens:
            words = walkthrough.guide.screen_words(walkthrough.path, part.id)
            self._entries[part.id].show_part(part, words.title, part.id == walkthrough.current.id)
        current = self._entries[walkthrough.current.id]
        self.ensureWidgetVisible(current, 0, 24)

    def entry(self, screen_id: str) -> OutlineEntry:
        """The entry of a screen; KeyError when the path does not show it."""
        return self._entries[screen_id]

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("outline_page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(0)
        self._entries = {}
        walkthrough = self._walk.walkthrough
        words = walkthrough.guide.words()
        for phase in walkthrough.phases:
            if not phase.screens:
                continue
            heading = PlainLabel(words.phases[phase.id].title, rank="phase", wrap=True)
            heading.setContentsMargins(_MARGIN, 10, _MARGIN, 4)
            column.addWidget(heading)
            for part in phase.screens:
                entry = OutlineEntry(self._desk)
                entry.clicked.connect(partial(self.wanted.emit, part.id))
                self._entries[part.id] = entry
                column.addWidget(entry)
        column.addStretch(1)
        self.setWidget(page)


class OutlineEntry(QAbstractButton):
    """One screen: mark, number and title, below them state and minutes. Up and Down go along the entries."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._looks = desk.looks
        self._mark = STATUS_MARKS[next(iter(STATUS_MARKS))]
        self._title = ""
        self._below = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        desk.looks.changed.connect(self.update)

    def show_part(self, part: PartState, title: str, is_current: bool) -> None:
        """Show how a screen stands."""
        self._mark = STATUS_MARKS[part.status]
        self._title = f"{part.number} {title}"
        minutes = _("about {minutes} min.").format(minutes=part.minutes)
        self._below = f"{part_word(part.status)} · {minutes}"
        self.setChecked(is_current)
        self.setText(self._title.replace("&", "&&"))
        self.setAccessibleName(f"{self._title}: {self._below}")
        set_tooltip(self, f"{self._title}\n{self._below}", is_said=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus)
        self.update()

    @property
    def below(self) -> str:
        """State and minutes, as they stand under the title."""
        return self._below

    def nextCheckState(self) -> None:
        """The walk says which entry is in front, not the click."""

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(WIDTH, 2 * self.fontMetrics().lineSpacing() + 14)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the screen as Space does; Up and Down go to the entry before or after."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            page = self.parentWidget()
            entries = page.findChildren(OutlineEntry) if page is not None else [self]
            place = entries.index(self) + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= place < len(entries):
                entries[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Background of the one in front, mark, two lines, and the frame of the keyboard."""
        painter = QPainter(self)
        looks, line = self._looks, self.fontMetrics().lineSpacing()
        if self.isChecked():
            painter.fillRect(self.rect(), looks.colour("selected"))
            painter.fillRect(QRectF(0, 0, 4, self.height()), looks.colour("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), looks.colour("hover"))
        paint_mark(
            painter, QRectF(_MARGIN + 2, 7 + (line - MARK_SIDE) / 2, MARK_SIDE, MARK_SIDE), self._mark, looks
        )
        left = _MARGIN + MARK_SIDE + 10
        room = self.width() - left - 8
        font = self.font()
        font.setBold(self.isChecked())
        if QFontMetrics(font).horizontalAdvance(self._title) > room:
            font.setBold(False)  # rather whole than bold: colour and bar say as well which one is in front
        painter.setFont(font)
        painter.setPen(looks.colour("selected_text" if self.isChecked() else "text"))
        elided = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 6, room, line + 2), Qt.AlignmentFlag.AlignVCenter, elided)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(looks.colour("selected_text" if self.isChecked() else "muted"))
        elided = painter.fontMetrics().elidedText(self._below, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 6 + line, room, line + 2), Qt.AlignmentFlag.AlignVCenter, elided)
        if self.hasFocus():
            painter.setPen(looks.colour("focus"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()
