"""One editor for each kind of field. An editor holds raw text or keys; reading them is the draft's affair.

Whoever needs an editor asks ``make_editor``; a new kind is one class and one row in the table at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _, current_language
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_date, format_editable, format_number, parse_date
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.draft import NO, YES, Raw
from coi_desktop.ui.plain import PlainLabel, restyle
from coi_desktop.ui.plain_text_edit import PlainTextEdit
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.tick_box import TickBox


class Editor(QWidget):
    """Edits one field. ``edited``: the user changed it; ``left``: the keyboard went elsewhere, or a choice
    was made.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, field: FieldSpec) -> None:
        super().__init__()
        self.field = field
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    @property
    def target(self) -> QWidget:
        """Where the keyboard goes: the label's buddy, and what carries the accessible name."""
        raise NotImplementedError

    def raw(self) -> Raw:
        """What stands in the editor."""
        raise NotImplementedError

    def set_raw(self, raw: Raw) -> None:
        """Put back what the user typed before; nothing is emitted."""
        raise NotImplementedError

    def show_value(self, value: Value) -> None:
        """Show a stored value; nothing is emitted."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Whether it may only be read."""
        self.setEnabled(not read_only)

    def set_name(self, name: str) -> None:
        """The accessible name of what takes the keyboard."""
        self.target.setAccessibleName(name)

    def set_wrong(self, wrong: bool, note: str) -> None:
        """Mark the editor as wrong, and let a screen reader say why when it is reached."""
        self.target.setAccessibleDescription(note)
        if bool(self.target.property("wrong")) != wrong:
            self.target.setProperty("wrong", wrong)
            restyle(self.target)


class UndoingLine(QLineEdit):
    """A line of text that keeps Ctrl+Z to itself only while there is something of its own to take back."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Let undo and redo through to the program when the line has none of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = (event.matches(QKeySequence.StandardKey.Undo) and self.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and self.isRedoAvailable()
            )
            if not mine and _is_undo_or_redo(event):
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere (a menu or another window does not count)."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, field: FieldSpec, _words: Vocabulary, _looks: Looks) -> None:
        super().__init__(field)
        self._line = UndoingLine()
        self._line.textEdited.connect(self.edited)
        self._line.left.connect(self.left)
        self._line.returnPressed.connect(self.left)
        self._row.addWidget(self._line, 1)

    @property
    def target(self) -> QWidget:
        """The line."""
        return self._line

    def raw(self) -> str:
        """The text."""
        return self._line.text()

    def set_raw(self, raw: Raw) -> None:
        """Put the text back, leaving the cursor where it is when nothing differs."""
        text = str(raw)
        if self._line.text() != text:
            self._line.setText(text)
            self._line.setCursorPosition(0)

    def show_value(self, value: Value) -> None:
        """Show a stored text."""
        self.set_raw("" if value is None else str(value))

    def set_read_only(self, read_only: bool) -> None:
        """Read-only text can still be marked and copied."""
        self._line.setReadOnly(read_only)


class NumberEditor(LineEditor):
    """A number: shown with its thousands grouped, plain while it is edited; the unit stands behind."""

    def __init__(self, field: FieldSpec, words: Vocabulary, looks: Looks) -> None:
        super().__init__(field, words, looks)
        self._number: Decimal | None = None
        self._line.setMaximumWidth(180)
        self._line.installEventFilter(self)
        if field.unit:
            self._row.addWidget(PlainLabel(field.unit, tone="muted"))
        self._row.addStretch(0)

    def show_value(self, value: Value) -> None:
        """Show a stored number."""
        number = value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None
        self._number = None if number is None else Decimal(number)
        self._show_number()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the keyboard comes the form that is edited."""
        if watched is self._line and event.type() == QEvent.Type.FocusIn:
            self._show_number(editing=True)
        return False

    def set_raw(self, raw: Raw) -> None:
        """Put typed text back."""
        self._number = None
        super().set_raw(raw)

    def _show_number(self, *, editing: bool | None = None) -> None:
        if self._number is None:
            if editing is None:
                super().set_raw("")
            return
        plain = self._line.hasFocus() if editing is None else editing
        language = current_language()
        is_grouped = self.field.kind is not Kind.INTEGER  # years are whole numbers as well
        text = (
            format_editable(self._number, language)
            if plain
            else format_number(self._number, language, grouping=is_grouped)
        )
        super().set_raw(text)


class DateEditor(LineEditor):
    """A date, typed in any usual form or picked from a calendar with weeks."""

    def __init__(self, field: FieldSpec, words: Vocabulary, looks: Looks) -> None:
        super().__init__(field, words, looks)
        self._line.setMaximumWidth(180)
        self._looks = looks
        self._button = QToolButton()
        self._button.setProperty("look", "quiet")
        self._button.setIcon(looks.icon("calendar"))
        self._button.setIconSize(QSize(20, 20))
        self._button.setAccessibleName(_("Pick a date"))
        self._button.clicked.connect(self._open_calendar)
        looks.changed.connect(self._draw_icon)
        self._row.addWidget(self._button)
        self._row.addStretch(0)

    def set_name(self, name: str) -> None:
        """The button says whose date it picks."""
        super().set_name(name)
        self._button.setAccessibleName(_("Pick a date: {field}").format(field=name))

    def set_read_only(self, read_only: bool) -> None:
        """Nothing to pick when it may only be read."""
        super().set_read_only(read_only)
        self._button.setVisible(not read_only)

    def _draw_icon(self) -> None:
        self._button.setIcon(self._looks.icon("calendar"))

    def _open_calendar(self) -> None:
        from coi_desktop.ui.forms.calendar_popup import pick_date

        pick_date(self._line, parse_date(self._line.text()), self._take_date)

    def _take_date(self, day: date) -> None:
        self._line.setText(format_date(day, current_language()))
        self.edited.emit()
        self.left.emit()

    def show_value(self, value: Value) -> None:
        """Show a stored date."""
        super().set_raw(format_date(value, current_language()) if isinstance(value, date) else "")


class UndoingText(PlainTextEdit):
    """Several lines of text; as UndoingLine."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Let undo and redo through to the program when the text has none of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            mine = (event.matches(QKeySequence.StandardKey.Undo) and document.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and document.isRedoAvailable()
            )
            if not mine and _is_undo_or_redo(event):
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class TextEditor(Editor):
    """Text of several lines, as high as its text, within limits."""

    FEWEST_LINES, MOST_LINES = 2, 12

    def __init__(self, field: FieldSpec, _words: Vocabulary, _looks: Looks) -> None:
        super().__init__(field)
        self._text = UndoingText()
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text.textChanged.connect(self._changed)
        self._text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._text.left.connect(self.left)
        self._is_shown = False
        self._row.addWidget(self._text)
        self._fit()

    @property
    def target(self) -> QWidget:
        """The text."""
        return self._text

    def raw(self) -> str:
        """The text."""
        return self._text.toPlainText()

    def set_raw(self, raw: Raw) -> None:
        """Put the text back."""
        text = str(raw)
        if self._text.toPlainText() != text:
            self._is_shown = True
            self._text.setPlainText(text)
            self._is_shown = False

    def show_value(self, value: Value) -> None:
        """Show a stored text."""
        self.set_raw("" if value is None else str(value))

    def set_read_only(self, read_only: bool) -> None:
        """Read-only text can still be marked and copied."""
        self._text.setReadOnly(read_only)

    def _changed(self) -> None:
        if not self._is_shown:
            self.edited.emit()

    def _fit(self) -> None:
        lines = min(max(round(self._text.document().size().height()), self.FEWEST_LINES), self.MOST_LINES)
        margins = self._text.contentsMargins()
        extra = margins.top() + margins.bottom() + 2 * round(self._text.document().documentMargin()) + 8
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + extra)


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
        """The list as styled, with an arrow of our own: the style sheet takes Qt's away."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.Mid)
        painter.setPen(QPen(colour, 1.6))
        middle, right = self.height() / 2, self.width() - 10.0
        painter.drawPolyline(
            [QPointF(right - 8, middle - 2), QPointF(right - 4, middle + 2), QPointF(right, middle - 2)]
        )
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page while the list has not the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """No wider than a field is."""
        return QSize(160, max(30, super().sizeHint().height()))


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


def make_editor(field: FieldSpec, words: Vocabulary, looks: Looks) -> Editor:
    """The editor of the field's kind. KeyError for kinds people do not edit (references, moments)."""
    return _EDITORS[field.kind](field, words, looks)


def _is_undo_or_redo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


_EDITORS: dict[Kind, Callable[[FieldSpec, Vocabulary, Looks], Editor]] = {
    Kind.TEXT: LineEditor,
    Kind.LONG: TextEditor,
    Kind.INTEGER: NumberEditor,
    Kind.NUMBER: NumberEditor,
    Kind.MONEY: NumberEditor,
    Kind.DATE: DateEditor,
    Kind.YES_NO: YesNoEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.CHOICES: ChoicesEditor,
}
