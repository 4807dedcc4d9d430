"""What every editor is: a part that edits one field. It holds raw text or keys; reading them is the draft's
affair.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.ui.forms.draft import Raw
from coi_desktop.ui.forms.privacy_watch import PrivacyWatch
from coi_desktop.ui.plain import PlainLabel, announce, restyle


class Editor(QWidget):
    """Edits one field. ``edited``: the user changed it; ``left``: the keyboard went elsewhere, or a choice
    was made.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, field: FieldSpec) -> None:
        super().__init__()
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column.addLayout(self._row)
        self._remark: PlainLabel | None = None
        self._watch: PrivacyWatch | None = None

    def watch_privacy(self) -> None:
        """Have free text looked at while it is typed, for personal data that does not belong here."""
        watch = self._watch = PrivacyWatch(self, lambda: str(self.raw()), self.say_below, self.field.name)
        self.edited.connect(watch.typed)

    def forget_remark(self) -> None:
        """Another text is shown; what was said about the one before goes."""
        if self._watch is not None:
            self._watch.forget()

    @property
    def remark(self) -> str:
        """What is said below the editor now."""
        return "" if self._remark is None or self._remark.isHidden() else self._remark.text()

    def say_below(self, text: str) -> None:
        """Say something in a quiet line below the editor, to a screen reader too."""
        if self._remark is None:
            if not text:
                return
            self._remark = PlainLabel(tone="warning", wrap=True)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._remark)
        self._remark.setText(f"▲ {text}" if text else "")
        self._remark.setVisible(bool(text))
        if text:
            announce(self._remark, text)

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
