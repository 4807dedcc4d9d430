"""The place Initiatives: views, search and filter, the list, and the chosen initiative beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.operations.library import UNIT_TABLES
from coi_desktop.ui.desk import Desk, ShownInitiatives
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.page import Page
from coi_desktop.ui.pages.chosen_initiatives import LIST, ChosenInitiatives
from coi_desktop.ui.pages.initiative_list import InitiativeList
from coi_desktop.ui.pages.list_head import ListHead
from coi_desktop.ui.pages.shape import Shape
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.split import Split

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
        self.initiatives = ChosenInitiatives(desk, self)
        self.list = InitiativeList(desk, self.initiatives)
        self.head = ListHead(desk, self.initiatives)
        self.model, self.table = self.list.model, self.list.table
        self.panel: RecordPanel | None = None
        self._nothing_chosen: EmptyState | None = None
        self._welcome: EmptyState | None = None
        self._several: SelectionBar | None = None
        self._made: dict[str, Shape] = {}
        self._beside = QStackedWidget()
        self._lay_out()
        self.head.new_wanted.connect(self._add_initiative)
        self.head.search.moved_on.connect(self.list.enter)
        self.table.several_chosen.connect(self._show_several)
        self.table.menu_wanted.connect(self._show_row_menu)
        self.list.row_chosen.connect(self._row_chosen)
        self.initiatives.was_reset.connect(self._split.reset)
        self.table.copy_wanted.connect(self._copy_rows)
        self.table.opened.connect(self._open)
        self.initiatives.shaped.connect(self._show_shape)
        desk.bridge.changed.connect(self._take_in)
        desk.looks.changed.connect(self._draw)
        self.list.ask()
        self._show_whole()

    # Page

    def act(self, action: str) -> bool:
        """Search, read anew, add, rename, remove."""
        acts: dict[str, Callable[[], object]] = {
            "find": self._find,
            "refresh": self._refresh,
            "new": self._add_initiative,
            "rename": self._rename,
            "delete": self._remove,
            "duplicates": self._find_duplicates,
            "print": self._print,
            "save_pdf": lambda: self._print(to_pdf=True),
            "bulk_edit": self._edit_several,
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
        """Choose an initiative, and a tab of its panel; a search or filter that hides it is taken away."""
        if not self.table.choose(record_id):
            self.initiatives.clear()
            self.table.choose(record_id)
        if self.other is not None:
            self.other.choose(record_id)
        if part and self.panel is not None:
            self.panel.show_tab(part)

    def find_line(self) -> Split | None:
        """The line between the list and the initiative."""
        return self._split if self._whole.currentWidget() is self._split else None

    def shown_initiatives(self) -> ShownInitiatives | None:
        """What search and filter let through, where that is not everything."""
        from coi_desktop.operations.views import selection_words  # asked for by exports only

        if not self.initiatives.is_narrowed:
            return None
        register, showing = self._desk.register, self.initiatives.showing
        ids = register.find_ids(self.initiatives.query)
        return ShownInitiatives(tuple(ids), lambda: selection_words(register, showing))

    def keep_setup(self) -> None:
        """View, columns, widths, order, how wide the panel is, which initiative was open."""
        self.list.keep_setup()
        self.initiatives.keep_setup()
        self._desk.settings.set("splitter", self._split.sizes())
        self._desk.settings.set("last_initiative", self.current_initiative())

    def settle(self) -> None:
        """Open the initiative that was open when the window was closed, or the first one."""
        self.head.settle()
        self._draw()
        if self._whole.currentWidget() is self._welcome and self._welcome is not None:
            self._welcome.setFocus()
            return
        self.table.setFocus()
        if not self.table.choose(self._desk.settings.get("last_initiative")):
            self.table.choose(self.model.id_at(0))
        if self.initiatives.shape != LIST:
            self._show_shape()

    # Laying out

    def _lay_out(self) -> None:
        self._shapes = QStackedWidget()
        self._shapes.addWidget(self.list)
        side = QWidget()
        side.setMinimumWidth(LEAST_LIST)
        column = self._list_column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._shapes, 1)
        self._beside.setMinimumWidth(LEAST_PANEL)
        self._beside.addWidget(QWidget())
        self._split = Split(side, self._beside, (LIST_WIDTH, PANEL_WIDTH))
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.remember(self._desk.settings.get("splitter"))
        self._whole = QStackedWidget()
        self._whole.addWidget(self._split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _make_nothing_chosen(self) -> EmptyState:
        from coi_desktop.ui.pages.empty_state import EmptyState

        text = _("Choose one in the list to see and edit it here.")
        return EmptyState(_("No initiative is chosen"), text, ())

    def _make_welcome(self) -> EmptyState:
        from coi_desktop.ui import commands
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

    def _draw(self) -> None:
        self.list.draw()
        self.head.draw()
        if self.other is not None:
            self.other.draw()

    # What is shown

    @property
    def other(self) -> Shape | None:
        """The board or timeline that is in front; None while it is the list."""
        front = self._shapes.currentWidget()
        return front if isinstance(front, Shape) else None

    def _show_shape(self) -> None:
        """Show the same initiatives in another way; the one that is chosen stays so."""
        from coi_desktop.ui.pages.shapes import make_shape

        name = self.initiatives.shape
        stays = self.head.switch is not None and self.head.switch.is_stepped
        if name == LIST:
            self._shapes.setCurrentWidget(self.list)
            if not stays:
                self.list.enter()
            return
        shape = self._made.get(name)
        if shape is None:
            shape = self._made[name] = make_shape(name, self._desk, self.initiatives)
            for said in (shape.row_chosen, shape.several_chosen):
                said.connect(lambda: self.table.choose_numbers(shape.chosen_numbers(), shape.current_id()))
            shape.menu_wanted.connect(self._show_row_menu)
            shape.opened.connect(self._open)
            self._shapes.addWidget(shape)
        shape.blockSignals(True)  # the keyboard goes there on its own, and would choose another initiative
        self._shapes.setCurrentWidget(shape)
        shape.ask()
        self._choose_alike(shape)
        shape.blockSignals(False)
        if not stays:
            shape.enter()

    def _choose_alike(self, shape: Shape) -> None:
        """Choose in board or timeline what is chosen in the list."""
        shape.choose(self.current_initiative())
        if self.table.chosen_count() > 1:
            shape.choose_numbers(self.table.chosen_numbers())

    def _choose_one(self) -> None:
        self.table.choose(self.current_initiative())
        if self.other is not None:
            self.other.choose(self.current_initiative())

    def _refresh(self) -> None:
        self.list.refresh()
        if self.other is not None:
            self.other.ask()

    def _show_whole(self) -> None:
        """The list and the panel, or what an empty register begins with."""
        total = self.list.total
        if total == 0 and self._welcome is None:
            self._welcome = self._make_welcome()
            self._whole.addWidget(self._welcome)
        self._whole.setCurrentWidget(self._split if total or self._welcome is None else self._welcome)

    def _take_in(self, changes: ChangeSet) -> None:
        if self.panel is not None:
            self.panel.take_in(changes)
        self.initiatives.record_id = self.current_initiative()
        if not any(map(changes.touches, ("initiative", *UNIT_TABLES))):
            return
        several = self.table.chosen_numbers() if self.table.chosen_count() > 1 else ()
        self.list.take_in(changes)
        if not self.current_initiative():
            self._row_chosen()
        if several:
            self.table.choose_numbers(several)
        if self.other is not None:
            self.other.take_in(changes)
            if several:
                self.other.choose_numbers(self.table.chosen_numbers())
        self._show_whole()

    def _row_chosen(self, *_indexes: object) -> None:
        record_id = self.list.current_id()
        if record_id:
            if self.panel is None:
                from coi_desktop.ui.lookalike_watch import LookalikeWatch
                from coi_desktop.ui.record_panel import RecordPanel

                self.panel = RecordPanel(self._desk)
                if self._desk.can_write:
                    LookalikeWatch(self._desk, self)
                self._beside.addWidget(self.panel)
            self.panel.show_initiative(record_id)
            self._beside.setCurrentWidget(self.panel)
        elif self.panel is None or not self.panel.record_id:
            if self._nothing_chosen is None:
                self._nothing_chosen = self._make_nothing_chosen()
                self._beside.addWidget(self._nothing_chosen)
            self._beside.setCurrentWidget(self._nothing_chosen)
        self.initiatives.choose(self.current_initiative())
        self.chosen.emit()

    def _show_several(self, count: int) -> None:
        if self._several is None and count > 1:
            from coi_desktop.ui.pages.selection_bar import SelectionBar

            self._several = SelectionBar(
                lambda: self.act("bulk_edit"),
                self._remove,
                self._choose_one,
            )
            self._list_column.insertWidget(1, self._several)
        if self._several is not None:
            self._several.show_count(count, can_write=self._desk.can_write)

    # What is done

    def _find(self) -> None:
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

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

    def _open(self) -> None:
        """Put the keyboard into the panel."""
        if self.panel is not None:
            self.panel.enter()

    def _rename(self) -> None:
        if self.panel is not None:
            self.panel.edit_title()

    def _edit_several(self) -> None:
        from coi_desktop.ui.bulk_commands import edit_several  # no first window needs it

        edit_several(self._desk, self.table.chosen_ids())

    def _find_duplicates(self) -> None:
        from coi_desktop.ui.merge_commands import find_duplicates  # no first window needs it

        find_duplicates(self._desk, self.table.chosen_ids())

    def _remove(self) -> None:
        if self.table.chosen_count() > 1:
            from coi_desktop.ui.bulk_commands import remove_several  # no first window needs it

            remove_several(self._desk, self.table.chosen_ids())
            return
        self._remove_one()

    def _remove_one(self) -> None:
        from coi_desktop.operations.initiatives import remove_initiative  # no first window needs it
        from coi_desktop.ui.undoing import trash_step, undo_step

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

    def _print(self, *, to_pdf: bool = False) -> None:
        from coi_desktop.ui.print_commands import print_out  # no first window needs it

        print_out(self._desk, self.initiatives, self.current_initiative(), to_pdf=to_pdf)

    def _copy_rows(self) -> None:
        from coi_desktop.ui.copying import copy_rows  # no first window needs it

        copy_rows(self._desk, "initiative", self.table.chosen_ids(), self.table.shown_columns())

    def _show_row_menu(self, place: QPoint) -> None:
        if not self.table.currentIndex().isValid() or not self._desk.can_write:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, action in ((_("Edit the &title"), "rename"), (_("&Remove"), "delete")):
            menu.addAction(label).triggered.connect(lambda _checked=False, name=action: self.act(name))
        menu.popup(place)
