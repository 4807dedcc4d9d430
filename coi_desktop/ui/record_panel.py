"""The panel on the right: a head that stays, and tabs below it. A tab is made when it is first looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.operations.library import UNIT_TABLES
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.record_head import RecordHead
from coi_desktop.ui.record_tabs import TABS


class RecordPanel(QWidget):
    """One initiative after another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._record_id = ""
        self._made: dict[str, RecordTab] = {}
        self._shown_names: list[str] = []
        self._head = RecordHead(desk)
        self._bar = QTabBar()
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setAccessibleName(_("Parts of the initiative"))
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._turn_to)

    @property
    def record_id(self) -> str:
        """The initiative that is shown, or an empty string."""
        return self._record_id

    @property
    def tab_names(self) -> tuple[str, ...]:
        """The names of the tabs that are shown."""
        return tuple(self._shown_names)

    def show_initiative(self, record_id: str) -> None:
        """Show an initiative. What was typed for the one before is written first, or kept as a draft."""
        if record_id == self._record_id:
            return
        self.flush()
        self._record_id = record_id
        if record_id:
            self._head.show_record(self._desk.register.get("initiative", record_id))
            self._update_tabs()
            for tab in self._made.values():
                tab.show_record(record_id)

    def show_tab(self, name: str) -> RecordTab | None:
        """Turn to a tab; None when it is not shown."""
        if name not in self._shown_names:
            return None
        self._bar.setCurrentIndex(self._shown_names.index(name))
        return self._made.get(name)

    def enter(self) -> None:
        """Put the keyboard on the tabs: arrows go from part to part, Tab into the one in front."""
        self._bar.setFocus(Qt.FocusReason.TabFocusReason)

    def edit_title(self) -> None:
        """Put the keyboard into the title."""
        tab = self.show_tab("facts")
        if tab is not None:
            tab.focus_field("title")

    def flush(self) -> bool:
        """Write what is typed on any tab."""
        refusals = [tab for tab in self._made.values() if not tab.flush()]
        return not refusals

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields whose text is not in the register."""
        return tuple(label for tab in self._made.values() for label in tab.unsaved())

    def _update_tabs(self) -> None:
        """Show the tabs that have content, and stay on the one in front when it is still there."""
        register, record_id = self._desk.register, self._record_id
        names = [spec.name for spec in TABS if spec.has_content(register, record_id)]
        if names == self._shown_names:
            return
        before = self._shown_names[self._bar.currentIndex()] if self._shown_names else ""
        self._bar.blockSignals(True)
        while self._bar.count():
            self._bar.removeTab(0)
        for spec in TABS:
            if spec.name in names:
                self._bar.addTab(_(spec.label))
        self._shown_names = names
        place = names.index(before) if before in names else 0
        self._bar.setCurrentIndex(place)
        self._bar.blockSignals(False)
        self._turn_to(place)

    def _turn_to(self, place: int) -> None:
        if not 0 <= place < len(self._shown_names) or not self._record_id:
            return
        name = self._shown_names[place]
        tab = self._made.get(name)
        if tab is None:
            spec = next(spec for spec in TABS if spec.name == name)
            tab = self._made[name] = spec.make(self._desk)
            self._stack.addWidget(tab)
            tab.show_record(self._record_id)
        self._stack.setCurrentWidget(tab)

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed. Its page calls this, so that it knows when the initiative has gone."""
        if not self._record_id:
            return
        found = self._desk.register.get_many("initiative", [self._record_id])
        if not found:
            self._record_id = ""
            return
        if self._record_id in changes.keys("initiative") or any(map(changes.touches, UNIT_TABLES)):
            self._head.show_record(found[0])
        else:
            self._head.show_evidence_soon()
        if any(changes.touches(table) for spec in TABS for table in spec.tables):
            self._update_tabs()
