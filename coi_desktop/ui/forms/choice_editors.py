"""Editors of what is chosen: one of a list, yes or no, several of a list."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.draft import NO, YES, Raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.plain import times_larger
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.tick_box import TickBox

_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


#: What stands beside the chosen words of a list: its edges and its arrow.
_BESIDE_TEXT = 58


class ChoiceBox(QComboBox):
    """A list that folds out. The wheel turns it only when it has the keyboard, so scrolling a form changes
    nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setMinimumHeight(30)
        self.setMaxVisibleItems(20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list as styled, with an arrow of our own: the style sheet takes Qt's away. What is chosen ends
        in an ellipsis where there is no room for it.
        """
        room = self.width() - round(_BESIDE_TEXT * times_larger(self))
        if self.fontMetrics().horizontalAdvance(self.currentText()) > room:
            self._paint_cut(room)
        else:
            super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.Mid)
        larger = times_larger(self)
        painter.setPen(QPen(colour, 1.6 * larger))
        middle, right = self.height() / 2, self.width() - 10.0 * larger
        side = 4 * larger
        painter.drawPolyline(
            [
                QPointF(right - 2 * side, middle - side / 2),
                QPointF(right - side, middle + side / 2),
                QPointF(right, middle - side / 2),
            ]
        )
        painter.end()

    def _paint_cut(self, room: int) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, max(0, room)
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def childEvent(self, event: QChildEvent) -> None:
        """The list that folds out is called as the box is; it is made when it is first wanted."""
        super().childEvent(event)
        if event.type() == QEvent.Type.ChildPolished:
            self.view().setAccessibleName(self.accessibleName())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page while the list has not the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """No wider than a field is."""
        return QSize(160, max(30, super().sizeHint().height()))


class ActingBox(ChoiceBox):
    """A list whose choice does something at once: keys open it instead of choosing in passing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and letters fold the list out; Enter there chooses. Escape is the dialog's."""
        with_other_keys = event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        )
        if event.key() in _MOVES and not with_other_keys:
            self.showPopup()
        elif event.text().strip() and event.text().isprintable() and not with_other_keys:
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel chooses nothing."""
        event.ignore()


class ChoiceEditor(Editor):
    """One of a list of values, or none."""

    def __init__(self, field: FieldSpec, words: Vocabulary, looks: Looks) -> None:
        super().__init__(field)
        self._words = words
        self._box = ChoiceBox()
        self._box.addItem("–", "")
        for key, label in self._items():
            self._box.addItem(label, key)
        self._box.activated.connect(self._picked)
        self._row.addWidget(self._box, 1)

    def _items(self) -> list[tuple[str, str]]:
        return [
            (key, self._words.label(self.field.values, key)) for key in self._words.keys(self.field.values)
        ]

    @property
    def target(self) -> QWidget:
        """The list."""
        return self._box

    def offer(self, key: str, label: str) -> None:
        """Offer one more value, after the others."""
        self._box.addItem(label, key)

    def raw(self) -> str:
        """The key that is chosen; empty for none."""
        return str(self._box.currentData() or "")

    def set_raw(self, raw: Raw) -> None:
        """Choose a key; one that is not in the list (from another version) is added to it as it is."""
        key = str(raw)
        place = self._box.findData(key)
        if place < 0:
            self._box.addItem(self._words.label(self.field.values, key), key)
            place = self._box.count() - 1
        self._box.setCurrentIndex(place)

    def show_value(self, value: Value) -> None:
        """Choose a stored key."""
        self.set_raw("" if value is None else str(value))

    def _picked(self) -> None:
        self.edited.emit()
        self.left.emit()


class YesNoEditor(ChoiceEditor):
    """Yes, no, or not answered."""

    def _items(self) -> list[tuple[str, str]]:
        return [(YES, _("Yes")), (NO, _("No"))]

    def set_raw(self, raw: Raw) -> None:
        """Choose an answer."""
        self._box.setCurrentIndex(max(0, self._box.findData(str(raw))))

    def show_value(self, value: Value) -> None:
        """Show a stored answer."""
        self.set_raw("" if value is None else YES if value else NO)


class ChoicesEditor(Editor):
    """Several of a list of values: a box to tick for each."""

    def __init__(self, field: FieldSpec, words: Vocabulary, looks: Looks) -> None:
        super().__init__(field)
        self._kept: tuple[str, ...] = ()
        self._boxes: dict[str, TickBox] = {}
        column = QVBoxLayout()
        column.setSpacing(0)
        for key in words.keys(field.values):
            box = TickBox(words.label(field.values, key))
            box.clicked.connect(self._ticked)
            self._boxes[key] = box
            column.addWidget(box)
        self._row.addLayout(column)

    @property
    def target(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()))

    def raw(self) -> tuple[str, ...]:
        """The ticked keys, in the order of the list; keys that are not in it are kept."""
        return (*(key for key, box in self._boxes.items() if box.isChecked()), *self._kept)

    def set_raw(self, raw: Raw) -> None:
        """Tick these keys."""
        keys = raw if isinstance(raw, tuple) else ()
        self._kept = tuple(key for key in keys if key not in self._boxes)
        for key, box in self._boxes.items():
            box.setChecked(key in keys)

    def show_value(self, value: Value) -> None:
        """Tick the stored keys."""
        self.set_raw(value if isinstance(value, tuple) else ())

    def set_name(self, name: str) -> None:
        """Each box says its own words; the group says the field's."""
        self.setAccessibleName(name)

    def _ticked(self) -> None:
        self.edited.emit()
        self.left.emit()
