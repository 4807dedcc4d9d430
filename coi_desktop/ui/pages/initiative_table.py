"""The list itself: columns chosen and remembered, order by a click on a heading, rows of one height."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.query import Order
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.settings import Settings
from coi_desktop.ui.itemmodels.initiative_model import InitiativeModel
from coi_desktop.ui.pages.chosen_initiatives import FIRST_COLUMNS
from coi_desktop.ui.theme import MARK_SIDE, Looks

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent

    from coi_desktop.ui.delegates.title_delegate import TitleDelegate

ROW_HEIGHT = 28

_WIDTHS = {
    "title": 235,
    "phase": 165,
    "status": 92,
    "field": 120,
    "owner": 120,
    "next_date": 100,
    "number": 55,
}
#: The title takes what room there is, and gives way to the other columns down to this.
_LEAST_TITLE = 170
_NARROW, _WIDE = 110, 160
_GROUP_WIDTH = 120
#: Keys that act on the column with the keyboard.
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_KINDS = (Kind.TEXT, Kind.CHOICE, Kind.CHOICES, Kind.INTEGER, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.YES_NO)


def possible_columns(fields: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields that may be columns: the short ones, and the moments a record was made and last changed."""
    return tuple(
        field for field in fields if (field.shown and field.kind in _KINDS) or field.kind is Kind.TIME
    )


class InitiativeTable(QTableView):
    """A table over the initiative model. ``sorted_by`` is emitted with an Order when a heading is clicked,
    ``several_chosen`` with how many rows are chosen when that changes, ``opened`` for Enter on one,
    ``arranged`` when columns were chosen, moved, or drawn wide or narrow by hand; ``widths`` are those of the
    latter, by field.
    """

    sorted_by = Signal(object)
    arranged = Signal()
    menu_wanted = Signal(QPoint)
    copy_wanted = Signal()
    opened = Signal()
    several_chosen = Signal(int)

    def __init__(
        self,
        model: InitiativeModel,
        find_fields: Callable[[], Sequence[FieldSpec]],
        words: Vocabulary,
        settings: Settings,
        looks: Looks,
    ) -> None:
        super().__init__()
        self._rows = model
        self._find_fields = find_fields
        self._words = words
        self._settings = settings
        self._looks = looks
        self._search = ""
        self._title_delegate: TitleDelegate | None = None
        self._is_filling = False
        self.widths: dict[str, int] = {}
        self._chosen_count = 0
        self._column = 0
        self.order = self._remembered_order()
        self.setModel(model)
        self.setAccessibleName(_("Initiatives"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(MARK_SIDE, MARK_SIDE))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionsClickable(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(max(ROW_HEIGHT, self.fontMetrics().height() + 10))
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu_at)
        header.sectionClicked.connect(self._sort_by_section)
        header.sectionResized.connect(self._widened)
        header.sectionMoved.connect(self._moved)
        self._dress_columns()

    # Columns

    def remembered_columns(self) -> tuple[str, ...]:
        """The columns chosen last time, without those that are no fields any more."""
        known = {field.name for field in possible_columns(self._find_fields())}
        chosen = tuple(name for name in self._settings.get("list_columns") if name in known)
        return chosen or FIRST_COLUMNS

    def shown_columns(self) -> list[str]:
        """The columns from left to right, as the user arranged them."""
        header = self.horizontalHeader()
        fields = self._rows.fields
        return [fields[header.logicalIndex(place)].name for place in range(len(fields))]

    def make_column_menu(self) -> QMenu:
        """A menu to tick columns in."""
        from coi_desktop.ui.pages.column_menu import add_current_column, make_column_menu

        menu = make_column_menu(
            self,
            possible_columns(self._find_fields()),
            self.shown_columns(),
            self._toggle_column,
            self._reset_columns,
        )
        section = self.currentIndex().column()
        if section >= 0:
            field = self._rows.fields[section]
            sort = partial(self._sort_by_section, section) if _is_sortable(field) else None
            add_current_column(menu, self, field.label(), sort)
        return menu

    def keep_setup(self) -> None:
        """Put columns and order into the settings."""
        self._settings.set("list_columns", self.shown_columns())
        self._settings.set("list_sort", [self.order.field, "down" if self.order.descending else "up"])

    def show_order(self, order: Order) -> None:
        """Show by a heading what the list is ordered by."""
        self.order = order
        self._show_order()

    def show_groups(self, grouped: bool) -> None:
        """Show at the side where a group begins."""
        side = self.verticalHeader()
        side.setMinimumWidth(_GROUP_WIDTH if grouped else 0)
        side.setMaximumWidth(2 * _GROUP_WIDTH)
        side.setVisible(grouped)
        self._fill()

    def mark_hits(self, search: str) -> None:
        """Mark these words in the titles."""
        if bool(search) != bool(self._search):
            self._search = search
            if self._title_delegate is None:
                from coi_desktop.ui.delegates.title_delegate import TitleDelegate

                self._title_delegate = TitleDelegate(self._looks, self)
            self._dress_columns()
        self._search = search
        if self._title_delegate is not None:
            self._title_delegate.search = search

    def cell(self, row: int) -> QModelIndex:
        """Where the keyboard stands in a row: in the column it was in last."""
        return self._rows.index(row, min(self._column, self._rows.columnCount() - 1))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Note the column, for when the rows are others."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._column = current.column()

    def _toggle_column(self, name: str, shown: bool) -> None:
        columns = self.shown_columns()
        if shown and name not in columns:
            columns.append(name)
        elif not shown and name in columns:
            columns.remove(name)
        self.show_columns(columns)
        self.arranged.emit()

    def _reset_columns(self) -> None:
        self.show_columns(list(FIRST_COLUMNS), {})
        self.arranged.emit()

    def show_columns(self, columns: list[str], widths: Mapping[str, int] | None = None) -> None:
        """Show these fields as columns, in this order, those of ``widths`` (None: as before) so wide."""
        if widths is not None:
            self.widths = dict(widths)
        current = self._rows.id_at(self.currentIndex().row())
        self._rows.set_columns(columns)
        header = self.horizontalHeader()
        self._is_filling = True
        for place in range(len(columns)):
            header.moveSection(header.visualIndex(place), place)
        self._dress_columns()
        self.choose(current)

    def _dress_columns(self) -> None:
        header = self.horizontalHeader()
        self._is_filling = True
        for place, field in enumerate(self._rows.fields):
            usual = _WIDTHS.get(field.name, _WIDE if field.kind is Kind.TEXT else _NARROW)
            header.resizeSection(place, self.widths.get(field.name, usual))
            marks_hits = field.name == "title" and bool(self._search)
            delegate = self._title_delegate if marks_hits else None  # None: the table's own
            self.setItemDelegateForColumn(place, delegate)  # type: ignore[arg-type]  # the stub knows no None
        self._is_filling = False
        self._fill()
        self._show_order()

    def _fill(self) -> None:
        """Give the title what the other columns leave, so that no title is cut beside empty room."""
        header = self.horizontalHeader()
        section = next((at for at, field in enumerate(self._rows.fields) if field.name == "title"), -1)
        if section < 0 or self._is_filling:
            return
        # The header is as wide as the viewport, which PySide6 would look through all its classes for.
        room = header.width() - header.length() + header.sectionSize(section)
        self._is_filling = True
        header.resizeSection(section, self.widths.get("title") or max(_LEAST_TITLE, room))
        self._is_filling = False

    def _moved(self, *_places: int) -> None:
        if not self._is_filling:
            self.arranged.emit()

    def _widened(self, section: int, _before: int, width: int) -> None:
        """A column that was drawn wide or narrow by hand stays so; a title that fills up is not kept."""
        if not self._is_filling and width:
            self.widths[self._rows.fields[section].name] = width
            self.arranged.emit()
            self._fill()

    def _show_column_menu_at(self, place: QPoint) -> None:
        self.make_column_menu().popup(self.horizontalHeader().mapToGlobal(place))

    # Order

    def _remembered_order(self) -> Order:
        remembered = self._settings.get("list_sort")
        name = remembered[0] if remembered else "title"
        if name not in {field.name for field in possible_columns(self._find_fields()) if _is_sortable(field)}:
            name = "title"
        return self._make_order(name, remembered[1:] == ["down"])

    def _make_order(self, name: str, descending: bool) -> Order:
        field = next(field for field in self._find_fields() if field.name == name)
        ranking = self._words.keys(field.values) if field.kind is Kind.CHOICE else ()
        return Order(name, descending, ranking)

    def _sort_by_section(self, section: int) -> None:
        field = self._rows.fields[section]
        if _is_sortable(field):
            self.order = self._make_order(
                field.name, self.order.field == field.name and not self.order.descending
            )
            self.sorted_by.emit(self.order)
        self._show_order()

    def _show_order(self) -> None:
        names = [field.name for field in self._rows.fields]
        section = names.index(self.order.field) if self.order.field in names else -1
        direction = Qt.SortOrder.DescendingOrder if self.order.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title grows and shrinks with the window, and the chosen row stays in sight: a notice below the
        list, or the strip above it, takes of its height.
        """
        chosen = self.currentIndex()
        top = self.rowViewportPosition(chosen.row()) if chosen.isValid() else -1
        was_seen = 0 <= top < event.oldSize().height()
        super().resizeEvent(event)
        self._fill()
        if was_seen and event.size().height() < event.oldSize().height():
            across = self.horizontalScrollBar().value()
            self.scrollTo(chosen)
            self.horizontalScrollBar().setValue(across)

    # Rows

    def choose(self, record_id: str) -> bool:
        """Select the row of an initiative and bring it into sight; False when it is not shown."""
        row = self._rows.row_of(record_id)
        if row < 0:
            return False
        index = self.cell(row)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def chosen_ids(self) -> list[str]:
        """The initiatives whose rows are chosen, in the order of the list."""
        parts = self.selectionModel().selection().toList()
        rows = sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))
        return self._rows.ids_at(rows)

    def chosen_numbers(self) -> Sequence[int]:
        """The row numbers in the register of the rows that are chosen."""
        from coi_desktop.ui.pages.row_selection import chosen_numbers  # no first window needs it

        return chosen_numbers(self, self._rows)

    def choose_numbers(self, numbers: Collection[int], current: str = "") -> None:
        """Choose the rows of these row numbers of the register, and no others; that of the initiative
        ``current`` becomes the current one. What is not shown is passed over.
        """
        from coi_desktop.ui.pages.row_selection import KEEP, choose_numbers

        row = self._rows.row_of(current)
        if row >= 0 and row != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(self.cell(row), KEEP)
        choose_numbers(self, self._rows, numbers)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell how many rows are chosen when it is another number."""
        super().selectionChanged(selected, deselected)
        count = self.chosen_count()
        if count != self._chosen_count:
            self._chosen_count = count
            self.several_chosen.emit(count)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row, by mouse or menu key."""
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last row, as in every list; Enter opens; Ctrl+C copies. Ctrl
        with left and right draws the column wide or narrow, with Shift as well it moves.
        """
        from PySide6.QtGui import QKeySequence  # no window needs keys before it has painted

        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
            return
        if event.key() in _SIDES and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            from coi_desktop.ui.pages.column_menu import move_current, widen_current

            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (move_current if with_shift else widen_current)(self, _SIDES[Qt.Key(event.key())])
            return
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        if is_plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1
            self.choose(self._rows.id_at(row))
            return
        super().keyPressEvent(event)


def _is_sortable(field: FieldSpec) -> bool:
    return field.sortable or field.kind in (Kind.DATE, Kind.INTEGER, Kind.MONEY, Kind.NUMBER)
