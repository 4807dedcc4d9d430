"""The place Initiatives: search, the list, and the chosen initiative beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.query import Order, Query
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import words_of
from coi_desktop.ui import bulk_commands, commands
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.initiative_model import InitiativeModel
from coi_desktop.ui.marks import STATUS_MARKS, make_mark_icon
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.page import Page
from coi_desktop.ui.pages.initiative_table import FIRST_COLUMNS, InitiativeTable
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.plain import PlainLabel, announce, isolated
from coi_desktop.ui.undoing import trash_step, undo_step

if TYPE_CHECKING:
    from coi_desktop.ui.pages.empty_state import EmptyState
    from coi_desktop.ui.pages.selection_bar import SelectionBar
    from coi_desktop.ui.record_panel import RecordPanel

LIST_WIDTH, PANEL_WIDTH = 640, 470
LEAST_LIST, LEAST_PANEL = 240, 300


class InitiativesPage(Page):
    """The screen people live in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        words = words_of(desk.register)
        self._marks: dict[str, QIcon] = {}
        self.model = InitiativeModel(desk.register, words, FIRST_COLUMNS, self._mark)
        self.table = InitiativeTable(self.model, words, desk.settings, desk.looks)
        columns = self.table.remembered_columns()
        if columns != FIRST_COLUMNS:
            self.table.show_columns(list(columns))
        self.panel: RecordPanel | None = None
        self._total = 0
        self._nothing_found: EmptyState | None = None
        self._nothing_chosen: EmptyState | None = None
        self._welcome: EmptyState | None = None
        self._several: SelectionBar | None = None
        self._search = SearchLine(_("Search in all initiatives (Ctrl+F)"))
        self._count = PlainLabel(tone="muted")
        self._add = QPushButton(_("&New initiative"))
        self._columns = QToolButton()
        self._beside = QStackedWidget()
        self._left = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._search.textChanged.connect(self._search_for)
        self._search.moved_on.connect(self._enter_list)
        self.table.sorted_by.connect(self._sort)
        self.table.several_chosen.connect(self._show_several)
        self.table.menu_wanted.connect(self._show_row_menu)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        desk.bridge.changed.connect(self._take_in)
        desk.looks.changed.connect(self._draw)
        self._ask()

    # Page

    def act(self, action: str) -> bool:
        """Search, read anew, add, rename, remove."""
        acts: dict[str, Callable[[], object]] = {
            "find": self._find,
            "refresh": self._refresh,
            "new": self._add_initiative,
            "rename": self._rename,
            "delete": self._remove,
            "bulk_edit": lambda: bulk_commands.edit_several(self._desk, self.table.chosen_ids()),
        }
        if action not in acts:
            return False
        acts[action]()
        return True

    def flush(self) -> bool:
        """Write what is typed in the panel."""
        return self.panel is None or self.panel.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The fields whose text is not in the register."""
        return () if self.panel is None else self.panel.unsaved()

    def current_initiative(self) -> str:
        """The initiative in the panel."""
        return "" if self.panel is None else self.panel.record_id

    def show_record(self, record_id: str, part: str = "") -> None:
        """Choose an initiative, and a tab of its panel; a search that hides it is taken away."""
        if not self.table.choose(record_id):
            self._search.clear()
            self.table.choose(record_id)
        if part and self.panel is not None:
            self.panel.show_tab(part)

    def keep_setup(self) -> None:
        """Columns, widths, order, how wide the panel is, which initiative was open."""
        self.table.keep_setup()
        self._desk.settings.set("splitter", self._split.sizes())
        self._desk.settings.set("last_initiative", self.current_initiative())

    def settle(self) -> None:
        """Open the initiative that was open when the window was closed, or the first one."""
        self._draw()
        if self._whole.currentWidget() is self._welcome and self._welcome is not None:
            self._welcome.setFocus()
            return
        self.table.setFocus()
        if not self.table.choose(self._desk.settings.get("last_initiative")):
            self.table.choose(self.model.id_at(0))

    # Laying out

    def _lay_out(self) -> None:
        self._add.setProperty("look", "main")
        if not self._desk.can_write:
            self._add.hide()  # never shown before it has a parent: it would be a window of its own
        self._add.clicked.connect(self._add_initiative)
        self._columns.setText(_("Columns"))
        self._columns.setProperty("look", "link")
        self._columns.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._columns.setIconSize(QSize(18, 18))
        self._columns.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._columns.clicked.connect(self._show_columns)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 10, 12, 10)
        bar.setSpacing(8)
        bar.addWidget(self._add)
        bar.addWidget(self._search, 1)
        below = QHBoxLayout()
        below.setContentsMargins(12, 2, 6, 2)
        below.addWidget(self._count)
        below.addStretch(1)
        below.addWidget(self._columns)
        self._left.addWidget(self.table)
        side = QWidget()
        side.setMinimumWidth(LEAST_LIST)
        column = self._list_column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._left, 1)
        column.addLayout(below)
        self._beside.setMinimumWidth(LEAST_PANEL)
        self._beside.addWidget(QWidget())
        self._split.addWidget(side)
        self._split.addWidget(self._beside)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        sizes = self._desk.settings.get("splitter")
        usable = len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes)
        self._split.setSizes(sizes if usable else [LIST_WIDTH, PANEL_WIDTH])
        self._whole = QStackedWidget()
        self._whole.addWidget(self._split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _make_nothing_found(self) -> EmptyState:
        from coi_desktop.ui.pages.empty_state import EmptyState, Offer

        return EmptyState(
            _("Nothing fits the search"),
            _("Search looks at the beginnings of words in all texts, and at any part of titles and names."),
            (Offer(_("&Clear the search"), self._search.clear),),
        )

    def _make_nothing_chosen(self) -> EmptyState:
        from coi_desktop.ui.pages.empty_state import EmptyState

        text = _("Choose one in the list to see and edit it here.")
        return EmptyState(_("No initiative is chosen"), text, ())

    def _make_welcome(self) -> EmptyState:
        from coi_desktop.ui.pages.empty_state import EmptyState, Offer

        offers = [Offer(_("&Open the sample portfolio"), lambda: commands.load_sample(self._desk))]
        if self._desk.can_write:
            offers.insert(0, Offer(_("&New initiative"), self._add_initiative))
            offers.insert(1, Offer(_("&Import list…"), lambda: commands.import_table(self._desk)))
        return EmptyState(
            _("Here is room for your unit's initiatives"),
            _(
                "An initiative begins with a title; everything else comes when it is needed. "
                "The sample portfolio is kept apart from your own register."
            ),
            offers,
        )

    def _mark(self, status: str) -> QIcon | None:
        """The picture that stands before the word of a status."""
        mark = STATUS_MARKS.get(status)
        if mark is None:
            return None
        if status not in self._marks:
            self._marks[status] = make_mark_icon(mark, self._desk.looks, self.devicePixelRatioF())
        return self._marks[status]

    def _draw(self) -> None:
        """Take icons and marks anew: at first when the window has painted, then for every theme."""
        self._marks.clear()
        self.model.redraw()
        self._columns.setIcon(self._desk.looks.icon("columns", "accent"))
        self._search.draw(self._desk.looks)
        self._add.setIcon(self._desk.looks.icon("add", "accent_text"))

    # What is shown

    def _ask(self) -> None:
        """Ask the register for what fits search and order; the chosen initiative stays chosen."""
        current = self.current_initiative()
        self.table.mark_hits(self._search.text())
        self.model.set_query(Query("initiative", self._search.text(), (), self.table.order))
        if current:
            self._choose_quietly(current)
        self._count_rows()

    def _choose_quietly(self, record_id: str) -> None:
        row = self.model.row_of(record_id)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)

    def _count_rows(self) -> None:
        self._total = self._desk.register.count("initiative")
        shown, language = self.model.rowCount(), current_language()
        self._count.setText(
            _("{shown} of {total} shown").format(
                shown=format_number(shown, language), total=format_number(self._total, language)
            )
        )
        if self._total == 0 and self._welcome is None:
            self._welcome = self._make_welcome()
            self._whole.addWidget(self._welcome)
        self._whole.setCurrentWidget(self._split if self._total or self._welcome is None else self._welcome)
        if not shown and self._nothing_found is None:
            self._nothing_found = self._make_nothing_found()
            self._left.addWidget(self._nothing_found)
        self._left.setCurrentWidget(
            self.table if shown or self._nothing_found is None else self._nothing_found
        )

    def _search_for(self, _text: str) -> None:
        self._ask()
        announce(self._count, self._count.text())

    def _sort(self, _order: Order) -> None:
        self._ask()

    def _take_in(self, changes: ChangeSet) -> None:
        if self.panel is not None:
            self.panel.take_in(changes)
        if not changes.touches("initiative"):
            return
        current = self.current_initiative()
        several = self.table.chosen_ids() if self.table.chosen_count() > 1 else ()
        self.model.take_in(changes)
        if current:
            self._choose_quietly(current)
        else:
            self._row_chosen()
        self.table.choose_several(several)
        self._count_rows()

    def _row_chosen(self, *_indexes: object) -> None:
        record_id = self.model.id_at(self.table.currentIndex().row())
        if record_id:
            if self.panel is None:
                from coi_desktop.ui.record_panel import RecordPanel

                self.panel = RecordPanel(self._desk)
                self._beside.addWidget(self.panel)
            self.panel.show_initiative(record_id)
            self._beside.setCurrentWidget(self.panel)
        elif self.panel is None or not self.panel.record_id:
            if self._nothing_chosen is None:
                self._nothing_chosen = self._make_nothing_chosen()
                self._beside.addWidget(self._nothing_chosen)
            self._beside.setCurrentWidget(self._nothing_chosen)
        self.chosen.emit()

    def _show_several(self, count: int) -> None:
        if self._several is None and count > 1:
            from coi_desktop.ui.pages.selection_bar import SelectionBar

            self._several = SelectionBar(
                lambda: self.act("bulk_edit"),
                self._remove,
                lambda: self._choose_quietly(self.current_initiative()),
            )
            self._list_column.insertWidget(1, self._several)
        if self._several is not None:
            self._several.show_count(count, can_write=self._desk.can_write)

    # What is done

    def _find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _enter_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.choose(self.model.id_at(0))

    def _refresh(self) -> None:
        current = self.current_initiative()
        self.model.refresh()
        self._choose_quietly(current)
        self._count_rows()

    def _add_initiative(self) -> None:
        from coi_desktop.ui.dialogs.quick_add import QuickAdd

        dialog = QuickAdd(self._desk)
        if not self.flush() or not self._desk.prompts.ask_dialog(dialog):
            return
        record_id = dialog.initiative_id
        self.show_record(record_id)
        self._desk.notices.show_done(
            _("“{title}” was added.").format(title=isolated(dialog.title)), self._next_steps(record_id)
        )
        self.table.setFocus()

    def _next_steps(self, record_id: str) -> list[NextStep]:
        if not self._desk.routes.has_place("evaluations"):
            return []
        routes = self._desk.routes
        return [NextStep(_("&Begin the evaluation"), lambda: routes.show_record("evaluations", record_id))]

    def _rename(self) -> None:
        if self.panel is not None:
            self.panel.edit_title()

    def _remove(self) -> None:
        from coi_desktop.operations.initiatives import remove_initiative  # no first window needs it

        if self.table.chosen_count() > 1:
            bulk_commands.remove_several(self._desk, self.table.chosen_ids())
            return
        record_id = self.current_initiative()
        if not record_id or not self.flush():
            return
        row = self.model.row_of(record_id)
        title = self._desk.register.get("initiative", record_id).text("title")
        remove_initiative(self._desk.register, record_id)
        self.table.choose(self.model.id_at(min(max(row, 0), self.model.rowCount() - 1)))
        self._desk.notices.show_done(
            _("“{title}” was removed with all that belongs to it.").format(title=isolated(title)),
            [undo_step(self._desk), trash_step(self._desk)],
        )

    def _show_columns(self) -> None:
        self.table.make_column_menu().popup(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _show_row_menu(self, place: QPoint) -> None:
        if not self.table.currentIndex().isValid() or not self._desk.can_write:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, action in ((_("Edit the &title"), "rename"), (_("&Remove"), "delete")):
            made = QAction(label, menu)
            made.triggered.connect(lambda _checked=False, name=action: self.act(name))
            menu.addAction(made)
        menu.popup(place)
