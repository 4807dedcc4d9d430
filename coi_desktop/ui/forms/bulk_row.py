"""One field of several initiatives: what it is in them now, its editor, and whether to empty it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.bulk_plan import Mixed, common_values
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Record, Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.draft import Drafts
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.plain import PlainLabel, one_line
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.tick_box import TickBox

_MOST_VALUES = 3
_LONGEST = 40
_ALL = "all"


class BulkRow(QWidget):
    """A FieldRow with what stands there now above it. ``changed``: it may set something else now."""

    changed = Signal()
    removed = Signal()

    def __init__(self, field: FieldSpec, records: Sequence[Record], words: Vocabulary, looks: Looks) -> None:
        super().__init__()
        self._field = field
        self._drafts = Drafts()
        self._is_edited = False
        self.row = FieldRow(field, words, looks)
        common = common_values(records, [field.name])[field.name]
        if not isinstance(common, Mixed):
            self.row.show_value(common)
        self._now = PlainLabel(_tell_values(field, records, words), tone="muted", wrap=True)
        self.clear = TickBox(_("Empty it"))
        self.clear.setAccessibleName(_("Empty {field}").format(field=field.label()))
        self.clear.setVisible(not field.required)
        self._leave = QToolButton()
        self._leave.setProperty("look", "quiet")
        self._leave.setIcon(looks.icon("close"))
        self._leave.setAccessibleName(_("Leave {field} as it is").format(field=field.label()))
        self._leave.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side = QVBoxLayout()
        side.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignRight)
        side.addWidget(self.clear)
        side.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.row)
        left.addWidget(self._now)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 4)
        across.addLayout(left, 1)
        across.addLayout(side)
        self.row.edited.connect(self._edited)
        self.clear.toggled.connect(self._cleared)
        self._leave.clicked.connect(self.removed)

    def is_set(self) -> bool:
        """Whether the field is to be set at all: it was edited, or is to be emptied."""
        return self._is_edited or self.clear.isChecked()

    def is_readable(self) -> bool:
        """Whether what was typed reads as a value; if not, it is said below the editor."""
        if self.clear.isChecked() or not self._is_edited:
            return True
        draft = self._drafts.put(_ALL, self._field, self.row.raw())
        self.row.show_draft(draft)
        return draft.is_readable

    def value(self) -> Value:
        """The value to set; None empties the field."""
        draft = self._drafts.get(_ALL, self._field.name)
        return None if self.clear.isChecked() or draft is None else draft.reading.value

    def focus(self) -> None:
        """Put the keyboard into the editor."""
        self.row.editor.target.setFocus()

    def _edited(self) -> None:
        self._is_edited = True
        self.changed.emit()

    def _cleared(self, cleared: bool) -> None:
        self.row.setEnabled(not cleared)
        self.changed.emit()


def _tell_values(field: FieldSpec, records: Sequence[Record], words: Vocabulary) -> str:
    """What stands there now: the one value, or the most frequent of mixed ones."""
    found = Counter(record[field.name] for record in records)
    language = current_language()
    if len(found) == 1:
        return _("Now: {value}").format(value=_shown(field, next(iter(found)), words))
    parts = [
        f"{_shown(field, value, words)} ({format_number(count, language)})"
        for value, count in found.most_common(_MOST_VALUES)
    ]
    more = ["…"] if len(found) > _MOST_VALUES else []
    return _("Mixed values: {values}").format(values=", ".join(parts + more))


def _shown(field: FieldSpec, value: Value, words: Vocabulary) -> str:
    return one_line(show_value(field, value, words), _LONGEST) or _("empty")
