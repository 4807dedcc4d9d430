"""A field as it stands in a form: label, editor, and below it what is to be said about what was typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.draft import Draft, Raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.forms.editors import make_editor
from coi_desktop.ui.plain import PlainLabel, announce, menu_text
from coi_desktop.ui.theme import Looks


class FieldRow(QWidget):
    """Label over editor over note. ``edited`` and ``left`` are the editor's.

    The editor is that of the field's kind unless another is given. ``shown`` is the value the editor stands
    for: as last shown from the register, or saved from what was
    typed.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        field: FieldSpec,
        words: Vocabulary,
        looks: Looks,
        label: str = "",
        editor: Editor | None = None,
    ) -> None:
        super().__init__()
        self.field = field
        self.shown: Value = None
        self.editor = editor or make_editor(field, words, looks)
        name = label or field.label()
        if field.required:
            name = _("{field} (required)").format(field=name)
        self._label = PlainLabel(name, rank="label")
        self._label.setBuddy(self.editor.target)
        self.editor.set_name(name)
        self._below: Remark | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._label)
        self._column.addWidget(self.editor)
        self._column.addStretch(1)
        self.editor.edited.connect(self.edited)
        self.editor.left.connect(self.left)

    @property
    def note(self) -> str:
        """What stands below the editor now."""
        return "" if self._below is None else self._below.text

    def show_value(self, value: Value) -> None:
        """Show a value of the register, with nothing to be said about it."""
        self.shown = value
        self.editor.show_value(value)
        self._say("", wrong=False)

    def show_draft(self, draft: Draft, *, put_back: bool = False) -> None:
        """Say what is to be said about the draft; ``put_back`` also puts its text into the editor."""
        if put_back:
            self.editor.set_raw(draft.raw)
        reading = draft.reading
        wrong = draft.refused or reading.problem
        self._say(wrong or reading.note, wrong=bool(wrong), other=reading.other)

    def set_read_only(self, read_only: bool) -> None:
        """Whether it may only be read."""
        self.editor.set_read_only(read_only)

    def raw(self) -> Raw:
        """What stands in the editor."""
        return self.editor.raw()

    def _say(self, text: str, *, wrong: bool, other: str = "") -> None:
        if self._below is None:
            if not text:
                return
            self._below = Remark()
            self._below.other_wanted.connect(self._take)
            self._column.insertWidget(2, self._below)
        if (text, other) != (self._below.text, self._below.other):
            self._below.say(text, wrong=wrong, other=other)
            self.editor.set_wrong(wrong, text)

    def _take(self, text: str) -> None:
        self.editor.set_raw(text)
        self.edited.emit()
        self.left.emit()


class Remark(QWidget):
    """What is said below a field, and where a number has two meanings, a button for the other one.

    ``other_wanted`` carries the other meaning as text.
    """

    other_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.other = ""
        self._note = PlainLabel(wrap=True)
        self._button = QPushButton()
        self._button.setProperty("look", "link")
        self._button.clicked.connect(lambda: self.other_wanted.emit(self.other))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._note, 1)
        row.addWidget(self._button)

    def say(self, text: str, *, wrong: bool, other: str = "") -> None:
        """Show ``text``; nothing at all when it is empty."""
        self.text, self.other = text, other
        self._note.setText(text)
        self._note.set_tone("wrong" if wrong else "muted")
        self._button.setText(menu_text(_("I meant {number}").format(number=other)) if other else "")
        self._button.setVisible(bool(other))
        self.setVisible(bool(text))
        if text:
            announce(self, text)
