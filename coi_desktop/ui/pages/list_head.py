"""What stands above the initiatives: views, search, filter. The first paint shows search and buttons only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.tab_order import put_in_tab_order

if TYPE_CHECKING:
    from coi_desktop.ui.pages.filter_chips import FilterChips
    from coi_desktop.ui.pages.shape_switch import ShapeSwitch
    from coi_desktop.ui.pages.views_bar import ViewsBar

#: Kept free for the tabs until they are there, so that nothing moves under a hand.
TABS_HEIGHT = 36
#: Narrower than this nobody sees what is searched for.
LEAST_SEARCH = 120
LEAST_WIDTH = 190
NARROW_SWITCH, WIDE_SWITCH = 95, 160


class ListHead(QWidget):
    """Tabs, then new, search, filter and (``shapes``) the ways to show the initiatives, then chips."""

    new_wanted = Signal()

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = chosen
        self.tabs: ViewsBar | None = None
        self.switch: ShapeSwitch | None = None
        self.chips: FilterChips | None = None
        self.search = SearchLine(_("Search in all initiatives (Ctrl+F)"))
        self.add = QPushButton(_("&New initiative"))
        self.add.setProperty("look", "main")
        self.filter = QPushButton(_("Fi&lter"))
        self.filter.setAccessibleName(_("Add a filter"))
        self.shapes = QHBoxLayout()
        if not desk.can_write:
            self.add.hide()  # never shown before it has a parent: it would be a window of its own
        self._bar = QHBoxLayout()
        self._second = QHBoxLayout()
        for line in (self._bar, self._second):
            line.setSpacing(8)
        self._bar.setContentsMargins(12, 6, 12, 8)
        self._bar.addWidget(self.add)
        self._bar.addWidget(self.search, 1)
        self._bar.addWidget(self.filter)
        self._bar.addLayout(self.shapes)
        self._has_two_lines = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addSpacing(TABS_HEIGHT)
        self._column.addLayout(self._bar)
        self._column.addLayout(self._second)
        self.add.clicked.connect(self.new_wanted)
        self.filter.clicked.connect(self._add_filter)
        self.search.textChanged.connect(self._search_for)
        chosen.asked.connect(self._follow)
        chosen.arranged.connect(self._follow)

    def settle(self) -> None:
        """Show the tabs, and the chips when there are any: the window has painted."""
        from coi_desktop.ui.pages.shape_switch import ShapeSwitch
        from coi_desktop.ui.pages.views_bar import ViewsBar

        if self.tabs is None:
            self.tabs = ViewsBar(self._desk, self._chosen)
            self.tabs.setFixedHeight(max(TABS_HEIGHT, self.tabs.sizeHint().height()))
            self._column.takeAt(0)
            self._column.insertWidget(0, self.tabs)
            put_in_tab_order(_before(self.add), self.tabs.bar, self.tabs.more)
            self.switch = ShapeSwitch(self._desk, self._chosen)
            self.shapes.addWidget(self.switch)
            self._arrange()
            put_in_tab_order(self.filter, self.switch)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Search and switch go to a line of their own where there is no room for all on one."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The list may be drawn narrower than all on one line would be."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        parts = [part for part in (self.add, self.filter, self.switch) if part and not part.isHidden()]
        room = self.width() - 24 - sum(part.sizeHint().width() + 8 for part in parts)
        if self.switch is not None:
            self.switch.setMaximumWidth(NARROW_SWITCH if room < LEAST_SEARCH else WIDE_SWITCH)
        if (room < LEAST_SEARCH) is self._has_two_lines:
            return
        self._has_two_lines = not self._has_two_lines
        self._bar.removeWidget(self.search)
        for line in (self._bar, self._second):
            line.removeItem(self.shapes)
        if self._has_two_lines:
            self._second.setContentsMargins(12, 0, 12, 8)
            self._second.addWidget(self.search, 1)
            self._second.addLayout(self.shapes)
            self._bar.addStretch(1)
        else:
            self._second.setContentsMargins(0, 0, 0, 0)
            self._second.removeWidget(self.search)
            self._bar.takeAt(self._bar.count() - 1)
            self._bar.insertWidget(1, self.search, 1)
            self._bar.addLayout(self.shapes)

    def draw(self) -> None:
        """Take the icons anew."""
        looks = self._desk.looks
        self.search.draw(looks)
        self.add.setIcon(looks.icon("add", "accent_text"))
        self.filter.setIcon(looks.icon("add", "text"))
        if self.tabs is not None:
            self.tabs.draw()

    def _search_for(self, text: str) -> None:
        if text != self._chosen.search:
            self._chosen.set_search(text)

    def _follow(self) -> None:
        if self.search.text() != self._chosen.search:
            self.search.setText(self._chosen.search)
        if self.tabs is None:  # nothing has been painted yet
            return
        if self.chips is None and (self._chosen.conditions or self._chosen.unread or self._is_changed()):
            self._make_chips()

    def _is_changed(self) -> bool:
        return bool(self._chosen.grouping or self._chosen.view_id != "all") and self._chosen.is_changed

    def _make_chips(self) -> FilterChips:
        if self.chips is None:
            from coi_desktop.ui.pages.filter_chips import FilterChips

            self.chips = FilterChips(self._desk, self._chosen, self)
            self._column.addWidget(self.chips)
            self.chips.filled.connect(self._order_chips)
            self.chips.fill()
            self._order_chips()
        return self.chips

    def _order_chips(self) -> None:
        if self.chips is not None:
            put_in_tab_order(self.filter, *self.chips.stops())

    def _add_filter(self) -> None:
        self._make_chips().add()


def _before(stop: QWidget) -> QWidget:
    """Where the Tab key comes from."""
    before: QWidget | None = stop.previousInFocusChain()
    while before is not None and before is not stop and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or stop
