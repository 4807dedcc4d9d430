"""The initiatives as a timeline: a row each, its title at the left, bars on a scale that can be moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHeaderView,
    QScrollBar,
    QTableView,
    QToolButton,
    QVBoxLayout,
)

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.clock import today
from coi_desktop.models.dates import format_month
from coi_desktop.models.timeline_scale import TimeScale, Zoom
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import words_of
from coi_desktop.ui.delegates.timeline_delegate import TimelineDelegate
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.timeline_model import BARS, TITLE, TimelineModel
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.pages.initiative_table import ROW_HEIGHT
from coi_desktop.ui.pages.row_selection import ALONE, choose_numbers, chosen_numbers
from coi_desktop.ui.pages.shape import Shape
from coi_desktop.ui.pages.timeline_header import TimelineHeader
from coi_desktop.ui.plain import PlainLabel, set_tooltip
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow

_TITLE_WIDTH, _LEAST_TITLE = 210, 90
_TITLE_SHARE = 0.42
_GROUP_WIDTH = 120
#: Where today stands at first: so much of the width is past.
_PAST = 0.3
_NEARER = 1.25
#: So many years around today the bar below can be drawn to; what lies farther is reached by key and wheel.
_YEARS = 20


class TimelineRows(QTableView):
    """The rows with their scale. ``moved`` is emitted when another time or distance is shown."""

    moved = Signal()
    several_chosen = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: TimelineModel, looks: Looks, day: date) -> None:
        super().__init__()
        self.rows = model
        self._today = day
        self._has_width = False
        self._is_widened = self._is_fitting = False
        self.scale = TimeScale.beginning(day, 1.0).zoom(Zoom.QUARTER, 0)
        self._bars = TimelineDelegate(looks, self.scale, day, self)
        self._head = TimelineHeader(looks, self.scale, day, self)
        self.setModel(model)
        self.setHorizontalHeader(self._head)
        self.setItemDelegateForColumn(BARS, self._bars)
        self.setAccessibleName(_("Timeline"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = self.verticalHeader()
        side.hide()
        side.setSectionsClickable(False)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(max(ROW_HEIGHT, self.fontMetrics().height() + 12))
        self._head.setMinimumSectionSize(_LEAST_TITLE)
        self._head.setStretchLastSection(True)
        self._head.resizeSection(TITLE, _TITLE_WIDTH)
        self._head.sectionResized.connect(self._widened)
        self._head.dragged.connect(lambda pixels: self.show_scale(self.scale.moved(pixels)))
        self._head.show()

    def show_groups(self, grouped: bool) -> None:
        """Show at the side where a group begins."""
        side = self.verticalHeader()
        side.setMinimumWidth(_GROUP_WIDTH if grouped else 0)
        side.setMaximumWidth(2 * _GROUP_WIDTH)
        side.setVisible(grouped)

    @property
    def width_of_time(self) -> int:
        """How many pixels the scale is wide."""
        return max(1, self._head.sectionSize(BARS))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that are seen."""
        return self.scale.day_at(0), self.scale.day_at(self.width_of_time - 1)

    def show_scale(self, scale: TimeScale) -> None:
        """Look at another time, or from another distance."""
        self.scale = self._bars.scale = self._head.scale = scale
        self._bars.tick = self._head.tick_months()
        self.viewport().update()
        self._head.viewport().update()
        self.moved.emit()

    def zoom_by(self, factor: float, at: float | None = None) -> None:
        """Nearer or farther; what stands at pixel ``at`` of the scale, or in its middle, stays there."""
        self.show_scale(self.scale.zoomed(factor, self.width_of_time / 2 if at is None else at))

    def zoom_to(self, zoom: Zoom) -> None:
        """From one of the usual distances; today stays where it is when it is seen, else the middle."""
        at = self.scale.x(self._today)
        self.show_scale(self.scale.zoom(zoom, at if 0 <= at < self.width_of_time else self.width_of_time / 2))

    def move_by(self, share: float) -> None:
        """Later or earlier by a share of what is seen."""
        self.show_scale(self.scale.moved(share * self.width_of_time))

    def go_to(self, day: date) -> None:
        """Bring a day into sight, with more of what follows than of what was before."""
        self.show_scale(self.scale.showing(day, self.width_of_time * _PAST))

    def go_to_bars(self, row: int) -> None:
        """Bring the bars of a row into sight, from farther away where all of them do not fit."""
        bars = self.rows.bars(row)
        span = bars.span if bars is not None else None
        if span is None:
            return
        width, scale = self.width_of_time, self.scale
        if scale.end(span[1]) - scale.x(span[0]) > width * 0.9:
            days = (span[1] - span[0]).days + 1
            scale = scale.looked_at(width * 0.9 / days, 0)
        self.show_scale(scale.showing(span[0], (width - (scale.end(span[1]) - scale.x(span[0]))) / 2))

    def _widened(self, section: int) -> None:
        """Titles that were made wide or narrow by hand stay so."""
        self._is_widened = self._is_widened or (section == TITLE and not self._is_fitting)

    # Mouse and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Today gets its place when the width is known."""
        super().resizeEvent(event)
        if not self._is_widened:
            self._is_fitting = True
            width = round(self.viewport().width() * _TITLE_SHARE)
            self._head.resizeSection(TITLE, max(_LEAST_TITLE, min(_TITLE_WIDTH, width)))
            self._is_fitting = False
        if not self._has_width and self.width_of_time > 1:
            self._has_width = True
            self.go_to(self._today)
        else:
            self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl nearer or farther, with Shift or sideways in time, else through the rows."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned.y():
            at = event.position().x() - self.columnViewportPosition(BARS)
            self.zoom_by(_NEARER ** (turned.y() / 120), max(0.0, at))
        elif turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.show_scale(self.scale.moved(-(turned.x() or turned.y()) / 2))
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go through time, with Ctrl a whole page; Ctrl with plus and minus changes the
        distance; Enter brings the bars of the row into sight; Home and End go to the first and last row.
        """
        key = event.key()
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers() & _ALT_OR_SHIFT:
            self.move_by((0.9 if with_control else 0.1) * (1 if key == Qt.Key.Key_Right else -1))
        elif with_control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_NEARER)
        elif with_control and key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _NEARER)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers() and self.rows.rowCount():
            row = 0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1
            self.setCurrentIndex(self.rows.index(row, TITLE))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.go_to_bars(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are chosen."""
        super().selectionChanged(selected, deselected)
        self.several_chosen.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row, by mouse or menu key."""
        self.menu_wanted.emit(event.globalPos())


_ALT_OR_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Timeline(Shape):
    """Shows what the chosen initiatives ask for, in its order and groups, on a scale of time."""

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = chosen
        register = desk.register
        model = TimelineModel(register, words_of(register), figures_catalogue().lights)
        self.rows = TimelineRows(model, desk.looks, today(register.clock))
        self.model = model
        self._today = today(register.clock)
        self._shown_days = PlainLabel(tone="muted")
        self._shown_days.setContentsMargins(4, 5, 0, 0)
        self.zooms: dict[Zoom, QToolButton] = {}
        self._across = QScrollBar(Qt.Orientation.Horizontal)
        self._across.setAccessibleName(_("Time that is shown"))
        self._across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.rows.moved.connect(self._follow)
        self.rows.menu_wanted.connect(self.menu_wanted)
        self.rows.selectionModel().currentRowChanged.connect(self._row_changed)
        self.rows.several_chosen.connect(self._several_changed)
        self._across.valueChanged.connect(self._scroll_to)
        chosen.found.connect(self._ask_when_seen)
        self._is_quiet = False
        self._follow()

    # What is shown

    def ask(self) -> None:
        """Ask the register for what is to be shown; the chosen initiative stays chosen."""
        query = self._chosen.query
        self._is_quiet = True
        self.model.set_query(query)
        self._is_quiet = False
        self.rows.show_groups(query.grouping is not None)
        self.choose_quietly(self._chosen.record_id)

    def refresh(self) -> None:
        """Read everything anew."""
        self.ask()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        self._is_quiet = True
        self.model.take_in(changes)
        self._is_quiet = False
        self.choose_quietly(self._chosen.record_id)

    def current_id(self) -> str:
        """The initiative in the current row, or an empty string."""
        return self.model.id_at(self.rows.currentIndex().row())

    def choose(self, record_id: str) -> bool:
        """Make a row current and bring it into sight, unsaid; False when it is not shown."""
        row = self.model.row_of(record_id) if record_id else -1
        if row >= 0:
            self._stand_on(row)
            self.rows.scrollTo(self.rows.currentIndex())
        return row >= 0

    def choose_quietly(self, record_id: str) -> bool:
        """Make a row current where it stands; False when it is not shown."""
        row = self.model.row_of(record_id) if record_id else -1
        if row < 0:
            return False
        if row != self.rows.currentIndex().row():
            self._stand_on(row)
        return True

    def _stand_on(self, row: int) -> None:
        self._is_quiet = True
        self.rows.setAutoScroll(False)
        self.rows.selectionModel().setCurrentIndex(self.model.index(row, TITLE), ALONE)
        self.rows.setAutoScroll(True)
        self._is_quiet = False

    def chosen_numbers(self) -> Sequence[int]:
        """The row numbers in the register of the rows that are chosen."""
        return chosen_numbers(self.rows, self.model)

    def choose_numbers(self, numbers: Collection[int]) -> None:
        """Choose the rows of these row numbers and no others, unsaid; the current row stays current."""
        self._is_quiet = True
        choose_numbers(self.rows, self.model, numbers)
        self._is_quiet = False

    def enter(self) -> None:
        """Put the keyboard on the current row, or the first one."""
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.rows.currentIndex().isValid() and self.model.rowCount():
            self.rows.setCurrentIndex(self.model.index(0, TITLE))

    def draw(self) -> None:
        """Paint in the colours of the theme."""
        self.rows.viewport().update()
        self.rows.horizontalHeader().viewport().update()

    # Time

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        words = {Zoom.MONTH: _("Month"), Zoom.QUARTER: _("Quarter"), Zoom.YEAR: _("Year")}
        for zoom, word in words.items():
            button = self.zooms[zoom] = self._make_button(word, "")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, zoom=zoom: self.rows.zoom_to(zoom))
            group.addButton(button)
        self.farther = self._make_button("−", _("Show a longer time (Ctrl+minus)"))
        self.nearer = self._make_button("+", _("Show a shorter time (Ctrl+plus)"))
        self.today = self._make_button(_("Today"), "")
        self.farther.clicked.connect(lambda: self.rows.zoom_by(1 / _NEARER))
        self.nearer.clicked.connect(lambda: self.rows.zoom_by(_NEARER))
        self.today.clicked.connect(lambda: self.rows.go_to(self._today))
        bar = in_a_flow(*self.zooms.values(), self.farther, self.nearer, self.today, self._shown_days)
        bar.setContentsMargins(12, 0, 12, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.rows, 1)
        whole.addWidget(self._across)
        span = self._today.toordinal()
        self._across.setRange(span - 365 * _YEARS, span + 365 * _YEARS)

    def _make_button(self, text: str, meaning: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("look", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if meaning:
            set_tooltip(button, meaning)
            button.setAccessibleName(meaning)
        return button

    def _follow(self) -> None:
        """Another time is shown: the buttons, the words and the bar below say which."""
        rows = self.rows
        self.zooms[rows.scale.nearest_zoom].setChecked(True)
        first, last = (format_month(day, current_language()) for day in rows.days)
        self._shown_days.setText(f"{first} – {last}")
        self._across.blockSignals(True)
        self._across.setPageStep(max(1, round(rows.width_of_time / rows.scale.per_day)))
        self._across.setSingleStep(max(1, self._across.pageStep() // 10))
        self._across.setValue(round(rows.scale.first))
        self._across.blockSignals(False)

    def _scroll_to(self, ordinal: int) -> None:
        self.rows.show_scale(self.rows.scale._replace(first=float(ordinal)))

    def _row_changed(self) -> None:
        if not self._is_quiet and self.rows.currentIndex().isValid():
            self.row_chosen.emit()

    def _several_changed(self) -> None:
        if not self._is_quiet:
            self.several_chosen.emit()

    def _ask_when_seen(self) -> None:
        if self.isVisible():
            self.ask()
