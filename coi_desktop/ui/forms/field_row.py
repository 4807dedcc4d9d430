"""A field as it stands in a form: label, editor, and below it what is to be said about what was typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.draft import Draft, Raw
from coi_desktop.ui.forms.editors import Editor, make_editor
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
        self._note = PlainLabel(wrap=True)
        self._other = QPushButton()
        self._other.setProperty("look", "link")
        self._other.clicked.connect(self._take_other)
        self._other_text = ""
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self._note, 1)
        below.addWidget(self._other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._label)
        column.addWidget(self.editor)
        column.addWidget(self._below)
        column.addStretch(1)
        self._below.hide()
        self.editor.edited.connect(self.edited)
        self.editor.left.connect(self.left)

    @property
    def note(self) -> str:
        """What stands below the editor now."""
        return self._note.text() if not self._below.isHidden() else ""

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
        self._other_text = reading.other
        self._say(wrong or reading.note, wrong=bool(wrong), other=reading.other)

    def set_read_only(self, read_only: bool) -> None:
        """Whether it may only be read."""
        self.editor.set_read_only(read_only)

    def raw(self) -> Raw:
        """What stands in the editor."""
        return self.editor.raw()

    def _say(self, text: str, *, wrong: bool, other: str = "") -> None:
        if text == self.note and other == self._other.text():
            return
        self._note.setText(text)
        self._note.set_tone("wrong" if wrong else "muted")
        self._other.setText(menu_text(_("I meant {number}").format(number=other)) if other else "")
        self._other.setVisible(bool(other))
        self._below.setVisible(bool(text))
        self.editor.set_wrong(wrong, text)
        if text:
            announce(self, text)

    def _take_other(self) -> None:
        self.editor.set_raw(self._other_text)
        self.edited.emit()
        self.left.emit()
