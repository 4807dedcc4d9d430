"""The panel on the right: a head that stays, and tabs below it. A tab is made when it is first looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_date
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.marks import STATUS_MARKS, MarkedLabel
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.plain import ElidedLabel, isolated
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
        if self._record_id in changes.keys("initiative"):
            self._head.show_record(found[0])
        if any(changes.touches(table) for spec in TABS for table in spec.tables):
            self._update_tabs()


class RecordHead(QWidget):
    """What is always seen of an initiative: title, status, phase, where it belongs, what comes next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel_head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = vocabulary()
        self._title = ElidedLabel(rank="head")
        self._status = MarkedLabel(desk.looks)
        self._where = ElidedLabel(tone="muted")
        self._next = ElidedLabel(tone="muted")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._status)
        line.addWidget(self._where, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addLayout(line)
        column.addWidget(self._next)

    def show_record(self, record: Record) -> None:
        """Show an initiative's head."""
        kind = record_type("initiative")

        def word(name: str) -> str:
            return show_value(kind.field(name), record[name], self._words)

        self._title.set_line(record.text("title"))
        self._status.show_mark(STATUS_MARKS.get(record.text("status")), word("status"))
        self._where.set_line(
            " · ".join(part for part in (word("phase"), word("field"), word("owner")) if part)
        )
        self._next.set_line(self._say_next(record))
        self._next.setVisible(bool(self._next.text()))

    def _say_next(self, record: Record) -> str:
        what, day = record.text("next_milestone"), record.day("next_date")
        parts = [isolated(what) if what else "", format_date(day, current_language())]
        text = " · ".join(part for part in parts if part)
        return _("Next: {what}").format(what=text) if text else ""
