"""The editor of a ranking."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.forms.draft import Raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.plain import PlainLabel, one_line

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RankEditor(Editor):
    """Up to so many of a list, in order: a box for each place. Choosing one again moves it.

    The arrows pass by what another place holds, so that every answer can be reached with them.
    """

    def __init__(self, field: FieldSpec, options: Sequence[tuple[str, str]], at_most: int) -> None:
        super().__init__(field)
        self._kept: tuple[str, ...] = ()
        self._boxes: list[ChoiceBox] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place in range(min(at_most or len(options), len(options))):
            box = ChoiceBox()
            box.addItem("–", "")
            for key, label in options:
                box.addItem(label, key)
            box.activated.connect(self._picked)
            box.installEventFilter(self)
            number = PlainLabel(f"{place + 1}.")
            number.setBuddy(box)
            grid.addWidget(number, place, 0)
            grid.addWidget(box, place, 1)
            self._boxes.append(box)
        self._row.addLayout(grid, 1)

    @property
    def target(self) -> QWidget:
        """The first place."""
        return self._boxes[0]

    def raw(self) -> tuple[str, ...]:
        """The keys in order; what has no place of its own here follows."""
        return (*(str(box.currentData()) for box in self._boxes if box.currentData()), *self._kept)

    def set_raw(self, raw: Raw) -> None:
        """Show keys in order."""
        keys = raw if isinstance(raw, tuple) else ()
        self._kept = keys[len(self._boxes) :]
        for place, box in enumerate(self._boxes):
            found = box.findData(keys[place]) if place < len(keys) else 0
            if found < 0:
                box.addItem(one_line(keys[place]), keys[place])
                found = box.count() - 1
            box.setCurrentIndex(found)
            box.setEnabled(place <= len(keys))

    def show_value(self, value: Value) -> None:
        """Show stored keys."""
        self.set_raw(value if isinstance(value, tuple) else ())

    def set_name(self, name: str) -> None:
        """Each box says which place it is."""
        self.setAccessibleName(name)
        for place, box in enumerate(self._boxes, start=1):
            box.setAccessibleName(_("{question}: number {place}").format(question=name, place=place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in a box that is folded in."""
        if (
            isinstance(watched, ChoiceBox)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _STEPS
            and not event.modifiers()
        ):
            self._step(watched, _STEPS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _step(self, box: ChoiceBox, step: int) -> None:
        taken = {other.currentData() for other in self._boxes if other is not box}
        place = box.currentIndex() + step
        while 0 < place < box.count() and box.itemData(place) in taken:
            place += step
        if 0 <= place < box.count():
            box.setCurrentIndex(place)
            box.activated.emit(place)

    def _picked(self) -> None:
        chosen = self.sender()
        if isinstance(chosen, ChoiceBox):
            for box in self._boxes:
                if box is not chosen and box.currentData() == chosen.currentData():
                    box.setCurrentIndex(0)
        self.set_raw(self.raw())
        self.edited.emit()
        self.left.emit()
