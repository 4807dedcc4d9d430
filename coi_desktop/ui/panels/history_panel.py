"""Steps in plain words, newest first: of one record or of the whole register, by pages, with what changed in
the chosen line and the way back to a value.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.records import Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.operations.history import (
    FieldStory,
    current_value,
    find_history,
    register_field,
    restore_value,
)
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.itemmodels.history_model import HistoryModel
from coi_desktop.ui.panels.difference_text import DifferenceText
from coi_desktop.ui.plain import menu_text, one_line
from coi_desktop.ui.undoing import undo_step

#: Steps read at a time.
PAGE = 50

#: A step that changed more fields than this is folded.
MOST_OPEN_FIELDS = 8

_LONGEST_VALUE = 24


class HistoryPanel(QWidget):
    """A tree of steps over what changed in the chosen line. ``show_record`` with an empty id: everything."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record_id: str | None = None
        self._oldest: int | None = None
        self._model = HistoryModel()
        self.tree = QTreeView()
        self.fields = ChoiceBox()
        self.older = QPushButton(_("Show &older"))
        self.before = QPushButton()
        self.after = QPushButton()
        self.difference = DifferenceText(desk.looks)
        self._lay_out()
        self.fields.activated.connect(lambda _place: self.read())
        self.older.clicked.connect(self._read_more)
        self.before.clicked.connect(lambda: self._restore(to_before=True))
        self.after.clicked.connect(lambda: self._restore(to_before=False))
        self.tree.selectionModel().currentChanged.connect(self._show_story)

    def show_record(self, record_id: str | None) -> None:
        """Show the history of this initiative, or of the whole register."""
        self._record_id = record_id
        self.read()

    def read(self) -> None:
        """Read the newest steps anew."""
        self._model.set_steps(())
        self._oldest = None
        self._read_more()
        self._show_story()

    def take_in(self, _changes: ChangeSet) -> None:
        """Something was done: read anew."""
        self.read()

    def lines(self) -> list[str]:
        """What is shown, as lines: the steps, and indented below each what it changed."""
        return self._model.lines()

    def chosen(self) -> FieldStory | None:
        """The changed field the keyboard is on."""
        return self._model.story(self.tree.currentIndex())

    def _read_more(self) -> None:
        found = find_history(
            self._desk.register,
            self._record_id,
            limit=PAGE,
            before=self._oldest,
            field_name=str(self.fields.currentData() or "") if self._record_id else "",
        )
        first = self._model.rowCount()
        self._model.add_steps(found)
        for row, step in enumerate(found, start=first):
            if len(step.fields) <= MOST_OPEN_FIELDS:
                self.tree.expand(self._model.index(row, 0))
        self.older.setVisible(len(found) == PAGE)
        if found:
            self._oldest = found[-1].revision

    def _show_story(self, *_indexes: QModelIndex) -> None:
        """Show both values of the chosen line, and which of them the field can go back to."""
        story = self.chosen()
        self.before.hide()
        self.after.hide()
        self.difference.setVisible(story is not None)
        if story is None:
            return
        whole_before, whole_after = (
            self._shown(story, story.value_before),
            self._shown(story, story.value_after),
        )
        self.difference.show_difference(whole_before, whole_after)
        if story.is_whole or not self._desk.can_write:
            return
        try:
            now = current_value(self._desk.register, story)
        except KeyError:
            return
        for button, value, text in (
            (self.before, story.value_before, whole_before),
            (self.after, story.value_after, whole_after),
        ):
            said = one_line(text, _LONGEST_VALUE) or _("empty")
            button.setText(_("Restore “{value}”").format(value=menu_text(said)))
            button.setVisible(value != now)

    def _shown(self, story: FieldStory, value: Value) -> str:
        try:
            field = register_field(self._desk.register, story)
        except KeyError:
            return "" if value is None else str(value)
        return show_value(field, value, words_of(self._desk.register))

    def _restore(self, *, to_before: bool) -> None:
        story = self.chosen()
        if story is None or not self._desk.routes.flush():
            return
        try:
            changed = restore_value(
                self._desk.register, story, story.value_before if to_before else story.value_after
            )
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="restore_value")
            return
        if changed:
            said = _("“{field}” is back to the chosen value.").format(field=story.field)
            self._desk.notices.show_done(said, [undo_step(self._desk)])

    def _lay_out(self) -> None:
        tree = self.tree
        tree.setModel(self._model)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(_("History"))
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().resizeSection(1, 140)
        tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.fields.addItem(_("All fields"), "")
        for field in self._desk.register.fields("initiative"):
            if field.shown:
                self.fields.addItem(field.label(), field.name)
        self.fields.setAccessibleName(_("Show changes of"))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 0, 8, 6)
        buttons.addWidget(self.older)
        buttons.addStretch(1)
        buttons.addWidget(self.before)
        buttons.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.fields)
        column.addWidget(tree, 3)
        column.addWidget(self.difference, 1)
        column.addLayout(buttons)
        for hidden in (self.before, self.after, self.difference, self.older):
            hidden.hide()
