"""One editor for each kind of field. An editor holds raw text or keys; reading them is the draft's affair.

Whoever needs an editor asks ``make_editor``; a new kind is one class and one row in the table at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date, parse_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_editable, format_number
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.choice_editors import ChoiceEditor, ChoicesEditor, YesNoEditor
from coi_desktop.ui.forms.draft import Raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.plain_text_edit import PlainTextEdit
from coi_desktop.ui.theme import Looks


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
        if field.kind is Kind.TEXT:
            self.watch_privacy()

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
            self.forget_remark()

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
        if field.unit():
            self._row.addWidget(PlainLabel(field.unit(), tone="muted"))
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
        # In a narrow panel each pixel is the date's.
        self._row.setSpacing(1)
        self._line.setTextMargins(-2, 0, -2, 0)
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
    """Several lines of text; as UndoingLine. ``resized``: the text may take another number of lines now."""

    left = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it when the lines are broken anew."""
        super().resizeEvent(event)
        self.resized.emit()

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
    TEXT = UndoingText

    def __init__(self, field: FieldSpec, _words: Vocabulary, _looks: Looks) -> None:
        super().__init__(field)
        self._text = self.TEXT()
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text.textChanged.connect(self._changed)
        self._text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._text.resized.connect(self._fit)
        self._text.left.connect(self.left)
        self._is_shown = False
        self._row.addWidget(self._text)
        self.watch_privacy()
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
            self.forget_remark()

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
