"""The initiatives as a list: the table, what stands in its place when nothing fits, and the line below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.initiative_model import PAGE, InitiativeModel
from coi_desktop.ui.pages.chosen_initiatives import FIRST_COLUMNS, ChosenInitiatives
from coi_desktop.ui.pages.initiative_table import InitiativeTable
from coi_desktop.ui.plain import PlainLabel, announce

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from coi_desktop.ui.pages.empty_state import EmptyState

#: So long after the last letter nobody is typing.
MILLISECONDS_AT_REST = 150
_DONE = object()


class InitiativeList(QWidget):
    """Shows what the chosen initiatives ask for; ``row_chosen``: another row is current."""

    row_chosen = Signal()

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = chosen
        register, words = desk.register, words_of(desk.register)
        self._marks: dict[str, QIcon] = {}
        self._has_marks = False
        self.model = InitiativeModel(register, words, FIRST_COLUMNS, self._mark)
        self.model.setParent(self)
        self.table = InitiativeTable(
            self.model, lambda: register.fields("initiative"), words, desk.settings, desk.looks
        )
        columns = self.table.remembered_columns()
        if columns != FIRST_COLUMNS or chosen.widths:
            self.table.show_columns(list(columns), chosen.widths)
        chosen.columns, chosen.order = columns, self.table.order
        self.total = 0
        self._nothing_found: EmptyState | None = None
        self._count = PlainLabel(tone="muted")
        self._columns = QToolButton()
        self._rows = QStackedWidget()
        self._rest = QTimer(self, singleShot=True, interval=MILLISECONDS_AT_REST)
        self._rest.timeout.connect(self._choose_at_rest)
        self._ordering: Iterator[None] | None = None
        desk.bridge.closed.connect(self._rest.stop)
        self._lay_out()
        self.table.sorted_by.connect(chosen.set_order)
        self.table.arranged.connect(self._take_columns)
        self.table.selectionModel().currentRowChanged.connect(self.row_chosen)
        chosen.found.connect(self.ask)
        chosen.looking.connect(self._show_looking)
        chosen.dressed.connect(self._dress)

    def _lay_out(self) -> None:
        self._columns.setText(_("Columns"))
        self._columns.setProperty("look", "link")
        self._columns.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._columns.setIconSize(QSize(18, 18))
        self._columns.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._columns.clicked.connect(self._show_columns)
        below = QHBoxLayout()
        below.setContentsMargins(12, 2, 6, 2)
        below.addWidget(self._count)
        below.addStretch(1)
        below.addWidget(self._columns)
        self._rows.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._rows, 1)
        column.addLayout(below)

    def draw(self) -> None:
        """Take icons and marks anew: at first when the window has painted, then for every theme."""
        self._has_marks = True
        self._marks.clear()
        self.model.redraw()
        self._columns.setIcon(self._desk.looks.icon("columns", "accent"))

    def keep_setup(self) -> None:
        """Put columns and order into the settings."""
        self.table.keep_setup()

    # What is shown

    def ask(self) -> None:
        """Ask the register for what is to be shown; the chosen initiative stays chosen.

        It is looked for among the first rows at once, in all of them at rest: whoever types need not wait.
        """
        query = self._chosen.query
        self.table.mark_hits(query.search)
        self.model.set_query(query, keeps_records=self._desk.register.writable)
        self.table.show_groups(query.grouping is not None)
        self.choose_quietly(self._chosen.record_id, most=PAGE)
        self._ordering = None
        self._rest.start(MILLISECONDS_AT_REST)
        self.count_rows()
        if self._count.isVisible():  # a screen reader reads a window that comes up by itself
            announce(self._count, self._count.text())

    def refresh(self) -> None:
        """Read everything anew."""
        self.model.refresh()
        self.choose_quietly(self._chosen.record_id)
        self.count_rows()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        if changes.touches("own_field"):
            self._chosen.drop_lost_fields()
            self._drop_lost_columns()
        self.model.take_in(changes)
        if self._chosen.grouping:
            self.table.verticalHeader().viewport().update()  # how many a group holds may have changed
        self.choose_quietly(self._chosen.record_id)
        self.count_rows()

    def choose_quietly(self, record_id: str, most: int = 0) -> None:
        """Select the row of an initiative where it stands, without scrolling; with ``most`` it is looked for
        among so many first rows.
        """
        row = self.model.row_of(record_id, most) if record_id else -1
        if row >= 0 and row != self.table.currentIndex().row():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.setAutoScroll(most > 0)
            self.table.selectionModel().setCurrentIndex(self.table.cell(row), flags)
            self.table.setAutoScroll(True)

    def _choose_at_rest(self) -> None:
        """Work out the whole order a little at a time; then the chosen initiative is found wherever it is."""
        if self._ordering is None:
            self._ordering = self._desk.register.iter_ordering(self.model.query)
        if next(self._ordering, _DONE) is _DONE:
            self._ordering = None
            self.choose_quietly(self._chosen.record_id)
        else:
            self._rest.start(0)

    def _show_looking(self, done: float) -> None:
        """Say how far the search through long texts is."""
        self._count.setText(
            _("Looking through the texts: {percent} %").format(
                percent=format_number(round(done * 100), current_language())
            )
        )

    def current_id(self) -> str:
        """The initiative in the current row, or an empty string."""
        return self.model.id_at(self.table.currentIndex().row())

    def enter(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.choose(self.model.id_at(0))

    def count_rows(self) -> None:
        """Say how many of all are shown."""
        self.total = self._desk.register.count("initiative")
        shown, language = self.model.rowCount(), current_language()
        self._count.setText(
            _("{shown} of {total} shown").format(
                shown=format_number(shown, language), total=format_number(self.total, language)
            )
        )
        if not shown and self._nothing_found is None:
            self._nothing_found = self._make_nothing_found()
            self._rows.addWidget(self._nothing_found)
        self._rows.setCurrentWidget(
            self.table if shown or self._nothing_found is None else self._nothing_found
        )

    def _make_nothing_found(self) -> EmptyState:
        from coi_desktop.ui.pages.empty_state import EmptyState, Offer

        return EmptyState(
            _("Nothing fits the search"),
            _("Search looks at the beginnings of words in all texts, and at any part of titles and names."),
            (Offer(_("&Clear the search"), self._chosen.clear),),
        )

    def _mark(self, status: str) -> QIcon | QColor | None:
        """The picture that stands before the word of a status; room for it until the window has painted."""
        if not self._has_marks:
            return QColor(Qt.GlobalColor.transparent)
        from coi_desktop.ui.marks import STATUS_MARKS, make_mark_icon

        mark = STATUS_MARKS.get(status)
        if mark is None:
            return None
        if status not in self._marks:
            self._marks[status] = make_mark_icon(mark, self._desk.looks, self.devicePixelRatioF())
        return self._marks[status]

    # Columns

    def _show_columns(self) -> None:
        self.table.make_column_menu().popup(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _take_columns(self) -> None:
        self._chosen.take_columns(tuple(self.table.shown_columns()), self.table.widths)

    def _drop_lost_columns(self) -> None:
        known = {field.name for field in self._desk.register.fields("initiative")}
        columns = self.table.shown_columns()
        if not known.issuperset(columns):
            self.table.show_columns([name for name in columns if name in known])

    def _dress(self) -> None:
        """A view brought its columns and order along, or a field is gone."""
        query = self._chosen.query
        if not self._desk.register.takes_long(query):
            self.model.set_query(query)  # the columns are not to be drawn over what was asked before
        self.table.show_order(self._chosen.order)
        self.table.show_columns(list(self._chosen.columns), self._chosen.widths)
