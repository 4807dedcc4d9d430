"""The tabs of the views above the list, with their counts, and the menu that holds all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import Kind
from coi_desktop.models.text import format_number
from coi_desktop.models.views import Showing
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.pages.views_commands import ViewsCommands
from coi_desktop.ui.pages.views_counts import ViewsCounts
from coi_desktop.ui.pages.views_tabs import ViewsTabs
from coi_desktop.ui.plain import menu_text, one_line, set_tooltip

_LONGEST_NAME = 40


class ViewsBar(QWidget):
    """One tab a view; arrow keys go from one to the next, dragging or Ctrl+Shift with PgUp and PgDn moves one
    that was saved. All of them are in the menu as well.
    """

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = chosen
        self._views: tuple[Showing, ...] = ()
        self._is_filling = False
        self.commands = ViewsCommands(desk, chosen)
        self.counts = ViewsCounts(desk, lambda: chosen.my_name, self)
        self.bar = ViewsTabs()
        self.bar.setAccessibleName(_("Views"))
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.more = QToolButton()
        self.more.setText(_("View"))
        self.more.setProperty("look", "quiet")
        self.more.setIconSize(QSize(18, 18))
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setAccessibleName(_("All views, and what can be done with this one"))
        set_tooltip(self.more, self.more.accessibleName(), is_said=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 6, 0)
        row.setSpacing(2)
        row.addWidget(self.bar, 1)
        row.addWidget(self.more)
        self.bar.currentChanged.connect(self._turn_to)
        self.bar.tabMoved.connect(self._follow_drag)
        self.bar.let_go.connect(self._move)
        self.bar.wanted.connect(self._shift)
        self.bar.customContextMenuRequested.connect(self._show_menu_at)
        self.more.clicked.connect(self._show_menu)
        self.counts.counted.connect(self._label_all)
        chosen.asked.connect(self._follow)
        chosen.arranged.connect(self._follow)
        desk.bridge.changed.connect(self._take_in)
        self.fill()

    def draw(self) -> None:
        """Take the icon anew."""
        self.more.setIcon(self._desk.looks.icon("more"))

    def fill(self) -> None:
        """Read the views and show a tab for each."""
        self._views = self._chosen.views()
        self._is_filling = True
        while self.bar.count() > len(self._views):
            self.bar.removeTab(self.bar.count() - 1)
        while self.bar.count() < len(self._views):
            self.bar.addTab("")
        self.bar.fixed = sum(view.is_delivered for view in self._views)
        self.counts.set_views(self._views)
        self._is_filling = False
        self._follow()

    def _follow(self) -> None:
        """Show which view is in front, and whether it is changed."""
        if self._chosen.view_id not in [view.id for view in self._views]:
            self._views = self._chosen.views()
        base = self._chosen.base
        self._is_filling = True
        self.bar.setCurrentIndex(next(at for at, view in enumerate(self._views) if view.id == base.id))
        self._is_filling = False
        self._label_all()

    def _label_all(self, *_counted: object) -> None:
        front, is_changed = self._chosen.base.id, self._chosen.is_changed
        for place, view in enumerate(self._views):
            count = self.counts.count(view.id)
            label = menu_text(view.name, _LONGEST_NAME)
            if count is not None:
                label = f"{label} {format_number(count, current_language())}"
            mark = _("{view} (changed)") if view.id == front and is_changed else "{view}"
            text = mark.format(view=label)
            if self.bar.tabText(place) != text:  # each text lays out the whole bar anew
                self.bar.setTabText(place, text)
                self.bar.setAccessibleTabName(place, mark.format(view=one_line(label)))

    def _turn_to(self, place: int) -> None:
        if not self._is_filling and not self.bar.is_dragged and 0 <= place < len(self._views):
            self._chosen.choose_view(self._views[place])

    # Moving

    def _follow_drag(self, source: int, target: int) -> None:
        views = list(self._views)
        views.insert(target, views.pop(source))
        self._views = tuple(views)

    def _move(self) -> None:
        """A tab was dragged and let go; where nothing may be written, it goes back."""
        place = self.bar.currentIndex()
        view, among_saved = self._views[place], max(0, place - self.bar.fixed)
        if not (self._desk.can_write and self.commands.move_to(view, among_saved)):
            self.fill()

    def _shift(self, by: int) -> None:
        """A key asks for the view in front to stand elsewhere among the saved ones."""
        place = self.commands.place()
        if self._desk.can_write and place >= 0:
            self.commands.move(by)

    def _take_in(self, changes: ChangeSet) -> None:
        if changes.touches("view") or changes.touches("own_field"):
            self.fill()

    # The menu

    def _show_menu(self) -> None:
        self.make_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _show_menu_at(self, place: QPoint) -> None:
        tab = self.bar.tabAt(place)
        if tab >= 0:
            self.bar.setCurrentIndex(tab)
        self.make_menu().popup(self.bar.mapToGlobal(place))

    def make_menu(self) -> QMenu:
        """All views, and what can be done with the one in front."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for place, view in enumerate(self._views):
            action = QAction(menu_text(view.name), menu)
            action.setCheckable(True)
            action.setChecked(view.id == self._chosen.base.id)
            action.triggered.connect(partial(self.bar.setCurrentIndex, place))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        self._add_commands(menu)
        return menu

    def _add_commands(self, menu: QMenu) -> None:
        commands, can_write = self.commands, self._desk.can_write
        is_own = can_write and not self._chosen.base.is_delivered
        changed = self._chosen.is_changed
        _add(menu, _("&Save view"), commands.save, is_own and changed)
        _add(menu, _("Save view &as…"), commands.save_as, can_write)
        _add(menu, _("&Rename view…"), commands.rename, is_own)
        to_left, to_right = is_own and commands.place() > 0, is_own and not commands.is_last()
        _add(menu, _("Move &left"), partial(commands.move, -1), to_left, "Ctrl+Shift+PgUp")
        _add(menu, _("Move &right"), partial(commands.move, 1), to_right, "Ctrl+Shift+PgDown")
        _add(menu, _("Remo&ve view"), commands.remove, is_own)
        menu.addSeparator()
        groups = menu.addMenu(_("&Group by"))
        choices = [("", _("No groups"))] + [
            (field.name, field.label())
            for field in self._desk.register.fields("initiative")
            if field.shown and field.kind is Kind.CHOICE
        ]
        for name, label in choices:
            action = QAction(menu_text(label), groups)
            action.setCheckable(True)
            action.setChecked(name == self._chosen.grouping)
            action.triggered.connect(partial(self._chosen.set_grouping, name))
            groups.addAction(action)
        _add(menu, _("R&eset view"), self._chosen.reset, True)


def _add(menu: QMenu, label: str, run: Callable[[], object], is_possible: bool, key: str = "") -> None:
    action = QAction(label, menu)
    if key:  # what the tabs take as well
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
    action.triggered.connect(lambda _checked=False: run())
    action.setEnabled(is_possible)
    menu.addAction(action)
