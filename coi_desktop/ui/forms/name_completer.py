"""Fields for a person complete what is typed from the names the unit knows: plain text, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.forms.field_row import FieldRow

_MOST_SHOWN = 8


class NameCompleter(QObject):
    """Offers names while one is typed into an editor; they are read anew each time the field is come to."""

    def __init__(self, editor: Editor, line: QLineEdit, read_names: Callable[[], Sequence[str]]) -> None:
        super().__init__(line)
        self._editor = editor
        self._read_names = read_names
        self._names = QStringListModel(self)
        self._is_fresh = False
        self.completer = QCompleter(self._names, self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(_MOST_SHOWN)
        popup = self.completer.popup()
        if popup is not None:
            popup.setAccessibleName(editor.field.label())
        line.setCompleter(self.completer)
        line.textEdited.connect(self._typed)
        editor.left.connect(self._left)
        self.completer.activated.connect(self._taken)

    def _typed(self, text: str) -> None:
        if not self._is_fresh:
            self._is_fresh = True
            self._names.setStringList(list(self._read_names()))
            self.completer.setCompletionPrefix(text)
            self.completer.complete()

    def _left(self) -> None:
        self._is_fresh = False

    def _taken(self) -> None:
        """A name was picked: that is as good as typed."""
        self._editor.edited.emit()
        self._editor.left.emit()


def offer_names(
    rows: Mapping[str, FieldRow], fields: Sequence[str], read_names: Callable[[], Sequence[str]]
) -> None:
    """Have those ``rows`` of a form that are ``fields`` for a person offer names."""
    for name in fields:
        row = rows.get(name)
        if row is not None and isinstance(row.editor.target, QLineEdit):
            NameCompleter(row.editor, row.editor.target, read_names)
