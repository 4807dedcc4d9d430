"""The conditions of the list as chips: read at a glance, changed and taken away by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.filter_words import describe_condition
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.filter_form import FilterForm
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.pages.views_commands import ViewsCommands
from coi_desktop.ui.plain import menu_text, set_tooltip
from coi_desktop.ui.walkthrough.flow_layout import FlowLayout

_LONGEST = 60
#: The edges of a chip beside its words.
_BESIDE_WORDS = 14


class ChipLabel(QPushButton):
    """The words of a chip, which end in an ellipsis where there is no room for them."""

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button as styled."""
        room = self.width() - _BESIDE_WORDS
        if self.fontMetrics().horizontalAdvance(self.text()) <= room:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()


class Chip(QWidget):
    """One condition: Enter changes it, Delete takes it away, and so does the cross."""

    removed = Signal()

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__()
        self.setProperty("look", "chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = ChipLabel(menu_text(text, _LONGEST))
        self.label.setProperty("look", "chip")
        self.label.setAccessibleName(_("Filter: {filter}").format(filter=text))
        set_tooltip(self.label, _("{filter}. Enter changes it, Delete removes it.").format(filter=text))
        self.cross = QToolButton()
        self.cross.setProperty("look", "quiet")
        self.cross.setIcon(desk.looks.icon("close"))
        self.cross.setIconSize(QSize(14, 14))
        self.cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cross.setAccessibleName(_("Remove the filter {filter}").format(filter=text))
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.label)
        row.addWidget(self.cross)

        for part in (self.label, self.cross):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete and Backspace remove the chip, before anything else in the window hears of the key."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.removed.emit()
                return True
        return super().eventFilter(watched, event)


class FilterChips(QWidget):
    """A line of chips, and behind them what can be done while the view is not as it is saved. ``filled`` says
    that there are other chips. It shows itself, and without a ``parent`` would be a window of its own.
    """

    filled = Signal()

    def __init__(self, desk: Desk, chosen: ChosenInitiatives, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen = chosen
        self._commands = ViewsCommands(desk, chosen)
        self._said: tuple[object, ...] = ()
        self.chips: list[Chip] = []
        line = QWidget()
        self._flow = FlowLayout(line, across=6, down=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(line)
        self.save = self._make_link(_("Save vie&w…"), self._commands.save)
        self.reset = self._make_link(_("Rese&t view"), chosen.reset)
        self.save.setVisible(False)
        chosen.asked.connect(self.fill)
        chosen.arranged.connect(self.fill)
        desk.looks.changed.connect(self._fill_anew)
        desk.bridge.changed.connect(self._take_in)
        self.fill()

    def fill(self) -> None:
        """Show a chip for each condition, and the offers while the view is changed."""
        chosen = self._chosen
        said = (chosen.conditions, chosen.unread)
        if said != self._said:
            self._said = said
            self._fill_anew()
        is_changed = chosen.is_changed
        self.save.setVisible(is_changed and self._desk.can_write)
        self.reset.setVisible(is_changed)
        self.setVisible(bool(self.chips) or is_changed)

    def add(self) -> None:
        """Ask for one more condition."""
        self._ask(None)

    def change(self, place: int) -> None:
        """Ask for another condition in place of one."""
        self._ask(place)

    def _ask(self, place: int | None) -> None:
        form = FilterForm(self._desk, None if place is None else self._chosen.conditions[place])
        if self._desk.prompts.ask_dialog(form) and form.condition is not None:
            self._chosen.put_condition(form.condition, place)

    def _remove(self, place: int) -> None:
        self._chosen.drop_condition(place)
        left = self.chips[min(place, len(self.chips) - 1) :][:1]
        if left:
            left[0].label.setFocus()

    def _take_in(self, changes: ChangeSet) -> None:
        if any(map(changes.touches, ("own_field", "choice_value", "phase"))):
            self._fill_anew()

    def _fill_anew(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for link in (self.save, self.reset):
            self._flow.removeWidget(link)
        register, chosen = self._desk.register, self._chosen
        fields, words = register.fields("initiative"), words_of(register)
        texts = [describe_condition(condition, fields, words) for condition in chosen.conditions]
        texts += [_("Not understood any more: {filter}").format(filter=line) for line in chosen.unread]
        self.chips = [Chip(self._desk, text) for text in texts]
        for place, chip in enumerate(self.chips):
            chip.removed.connect(partial(self._remove, place))
            if place < len(chosen.conditions):
                chip.label.clicked.connect(partial(self._change_clicked, place))
            self._flow.addWidget(chip)
            chip.show()
        for link in (self.save, self.reset):
            self._flow.addWidget(link)
        self.filled.emit()

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, in order."""
        stops: list[QWidget] = []
        for chip in self.chips:
            stops += [chip.label, chip.cross]
        return [*stops, self.save, self.reset]

    def _change_clicked(self, place: int, _checked: bool = False) -> None:
        self.change(place)

    def _make_link(self, label: str, run: Callable[[], object]) -> QPushButton:
        link = QPushButton(label)
        link.setProperty("look", "link")
        link.clicked.connect(lambda _checked=False: run())
        return link
