"""What every editor is: a part that edits one field. It holds raw text or keys; reading them is the draft's
affair.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.ui.forms.draft import Raw
from coi_desktop.ui.plain import restyle


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
