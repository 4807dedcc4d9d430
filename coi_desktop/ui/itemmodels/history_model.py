"""Steps of a history, with the fields that each changed below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_datetime
from coi_desktop.operations.history import FieldStory, StepStory
from coi_desktop.ui.plain import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HistoryModel(QAbstractItemModel):
    """Two columns, what and when; the index of a field knows the row of its step."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[StepStory] = []

    def set_steps(self, steps: Sequence[StepStory]) -> None:
        """Show these steps and no others."""
        self.beginResetModel()
        self._steps = list(steps)
        self.endResetModel()

    def add_steps(self, steps: Sequence[StepStory]) -> None:
        """Show these steps below the others."""
        if steps:
            first = len(self._steps)
            self.beginInsertRows(_NOWHERE, first, first + len(steps) - 1)
            self._steps.extend(steps)
            self.endInsertRows()

    def story(self, index: Index) -> FieldStory | None:
        """The changed field at an index; None on a step."""
        if not index.isValid() or not index.internalId():
            return None
        return self._steps[index.internalId() - 1].fields[index.row()]

    def lines(self) -> list[str]:
        """Everything as lines: the steps, and indented below each what it changed."""
        found: list[str] = []
        for step in self._steps:
            found.append(one_line(_name(step)))
            found.extend(f"  {one_line(tell(story))}" for story in step.fields)
        return found

    # QAbstractItemModel

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """A step, or a field below one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # a QObject's is another
        """The step of a field."""
        step = index.internalId() if index.isValid() else 0
        return self.createIndex(step - 1, 0, 0) if step else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Steps, or the fields of one."""
        if not parent.isValid():
            return len(self._steps)
        is_step = parent.column() == 0 and not parent.internalId()
        return len(self._steps[parent.row()].fields) if is_step else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        """What and when."""
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a line, whole in its tooltip."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._text(index)
        return one_line(text) if role == Qt.ItemDataRole.DisplayRole else tooltip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("What"), _("When"))[section]
        return None

    def _text(self, index: Index) -> str:
        story = self.story(index)
        if story is not None:
            return tell(story) if index.column() == 0 else ""
        step = self._steps[index.row()]
        return (
            _name(step) if index.column() == 0 else format_datetime(step.at.astimezone(), current_language())
        )


def _name(step: StepStory) -> str:
    return _("{step} (taken back)").format(step=step.label) if step.undone else step.label


def tell(story: FieldStory) -> str:
    """One changed field in a line: "Phase: Idea → Trial"."""
    before, after = story.before or _("empty"), story.after or _("empty")
    if not story.before:
        return f"{story.field}: {after}"
    return f"{story.field}: {before} → {after}"
