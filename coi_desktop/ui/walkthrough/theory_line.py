"""One box of the theory of change as a line: its number, its text, and the boxes it leads to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.theory import LEVELS, Box, Theory, box_sentence
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.forms.privacy_watch import watch_line
from coi_desktop.ui.plain import PlainLabel, set_tooltip

_ENDS_WIDTH = 84
_LEVEL_KEYS = {Qt.Key(Qt.Key.Key_1.value + place): level for place, level in enumerate(LEVELS)}


class TheoryLine(QWidget):
    """A line. Its keys are told as signals: ``entered`` (Enter: −1, 0 or 1 columns on), ``level_wanted``,
    ``stepped`` (up or down), ``removing``, and ``left`` when the keyboard has gone elsewhere.
    """

    entered = Signal(object, int)
    level_wanted = Signal(object, str)
    stepped = Signal(object, int)
    removing = Signal(object)
    left = Signal(object)
    typed = Signal()

    def __init__(self, box_id: str, level: str, say: Callable[[str], None], *, can_write: bool) -> None:
        super().__init__()
        self.box_id, self.level = box_id, level
        self.after = ""
        self.starts: tuple[str, ...] = ()
        self.number = PlainLabel(tone="muted")
        self.number.setMinimumWidth(24)
        self.text, self.ends = QLineEdit(), QLineEdit()
        self.ends.setFixedWidth(_ENDS_WIDTH)
        self.ends.setPlaceholderText("→")
        self.remove = QPushButton("×")
        self.remove.setProperty("look", "link")
        self.remove.clicked.connect(lambda: self.removing.emit(self))
        self.remove.setEnabled(can_write)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.number, self.text, PlainLabel("→", tone="muted"), self.ends, self.remove):
            row.addWidget(part, 1 if part is self.text else 0)
        for line in (self.text, self.ends):
            line.setReadOnly(not can_write)
            line.textEdited.connect(lambda _text: self.typed.emit())
            line.installEventFilter(self)
        watch_line(self.text, say, "text")

    def show_box(self, theory: Theory, box: Box) -> None:
        """Show the stored box; what is being typed stays."""
        number = theory.numbers[box.id]
        self.level = box.level
        self.number.setText(str(number))
        if not self.text.isModified():
            self.text.setText(box.text)
        if not self.ends.isModified():
            self.ends.setText(", ".join(str(theory.numbers[end.id]) for end in theory.ends_from(box.id)))
        level = vocabulary().label("theory_level", box.level)
        self.text.setAccessibleName(_("Box {number}, {level}").format(number=number, level=level))
        self.ends.setAccessibleName(_("Box {number} leads to").format(number=number))
        self.remove.setAccessibleName(_("Remove box {number}").format(number=number))
        sentence = box_sentence(theory, box, vocabulary())
        self.text.setAccessibleDescription(sentence)
        set_tooltip(self.ends, sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the outline; all others are the field's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit(self)
        return super().eventFilter(watched, event)

    def _take_key(self, watched: QObject, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        is_ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self.entered.emit(self, (-1 if is_back else 1) if is_ctrl else 0)
        elif held & Qt.KeyboardModifier.AltModifier and key in _LEVEL_KEYS:
            self.level_wanted.emit(self, _LEVEL_KEYS[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(self, -1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Backspace and watched is self.text and not self.text.text():
            if not event.isAutoRepeat():
                self.removing.emit(self)
        else:
            return False
        return True


def _is_ours(event: QKeyEvent) -> bool:
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    is_level = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() in _LEVEL_KEYS
    return is_enter or is_level
