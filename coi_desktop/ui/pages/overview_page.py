"""The place Overview: how the portfolio stands, and what needs one today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.progress import Job, Progress
from coi_desktop.operations.imports_ahead import FOR_OVERVIEW, iter_imports
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.page import Page
from coi_desktop.ui.pages.empty_state import EmptyState, Offer
from coi_desktop.ui.panels.backup_note import BackupNote
from coi_desktop.ui.panels.figure_card import FigureCard, WayRow
from coi_desktop.ui.panels.rows_frame import RowsFrame
from coi_desktop.ui.panels.waiting_rows import WaitingRows

if TYPE_CHECKING:
    from coi_desktop.models.key_figures import KeyFigure
    from coi_desktop.operations.overview import Overview, Recent
    from coi_desktop.ui.panels.chart_picture import ChartPictures

#: What working it out and showing it takes beside what the page itself is made of.
IMPORTED_IN_PIECES = (*FOR_OVERVIEW, "coi_desktop.ui.panels.chart_picture")

#: Changes that come one after the other are worked out once.
MILLISECONDS_AT_REST = 250

#: Narrower than this the charts stand below the lists, and the figures in two rows.
_NARROW = 900

_MARGIN, _GAP = 20, 16


class OverviewPage(Page):
    """Six figures, what waits, what changed last, and the portfolio's charts.

    Worked out in pieces of some milliseconds when the page is seen and something has changed; until then the
    old picture stays.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_stale = True
        self._is_working = False
        self.overview: Overview | None = None
        self.cards: list[FigureCard] = []
        self.backup_note = BackupNote(desk)
        self.waiting = WaitingRows(desk)
        self.recent = RowsFrame(_("Changed last"))
        self._charts: ChartPictures | None = None
        self._rest = QTimer(self, singleShot=True, interval=MILLISECONDS_AT_REST)
        self._rest.timeout.connect(self._work_out)
        desk.bridge.closed.connect(self._rest.stop)
        self._lay_out()
        desk.bridge.changed.connect(self._take_in)

    @property
    def charts(self) -> ChartPictures:
        """The portfolio's charts: made when there is something to draw."""
        if self._charts is None:
            from coi_desktop.ui.panels.chart_picture import ChartPictures

            self._charts = ChartPictures(self._desk)
            self._place_columns()
        return self._charts

    @property
    def is_up_to_date(self) -> bool:
        """Whether what is shown is what the register holds."""
        return not self._is_stale and not self._is_working

    def act(self, action: str) -> bool:
        """Read anew."""
        if action != "refresh":
            return False
        self._is_stale = True
        self._work_out()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was not seen is worked out now."""
        super().showEvent(event)
        self.backup_note.look()
        self._work_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow page the columns stand below each other."""
        super().resizeEvent(event)
        self._place_columns()

    def _lay_out(self) -> None:
        self._cards = QGridLayout()
        self._cards.setSpacing(12)
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(24)
        self._columns.setVerticalSpacing(_GAP)
        self._lists = QWidget()
        lists = QVBoxLayout(self._lists)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(_GAP)
        lists.addWidget(self.waiting)
        lists.addWidget(self.recent)
        lists.addStretch(1)
        page = QWidget()
        page.setProperty("look", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, _GAP, _MARGIN, _GAP)
        column.setSpacing(_GAP)
        column.addLayout(self._cards)
        column.addLayout(self._columns)
        column.addStretch(1)
        self._page = page
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        self._whole = QStackedWidget()
        self._whole.addWidget(area)
        self._whole.addWidget(self._make_empty())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.backup_note)
        whole.addWidget(self._whole)

    def _make_empty(self) -> EmptyState:
        routes = self._desk.routes
        return EmptyState(
            _("Nothing to look over yet"),
            _("Here stands how the portfolio is doing and what waits for you, once there are initiatives."),
            [Offer(_("Go to the &initiatives"), lambda: routes.show_place("initiatives"))],
        )

    def _place_columns(self) -> None:
        """Cards in one row or two, lists beside the charts or above them."""
        is_narrow = self.width() < _NARROW
        across = 3 if is_narrow else 6
        for place, card in enumerate(self.cards):
            self._cards.addWidget(card, place // across, place % across)
        self._columns.addWidget(self._lists, 0, 0, Qt.AlignmentFlag.AlignTop)
        below = (1, 0) if is_narrow else (0, 1)
        if self._charts is not None:
            self._columns.addWidget(self._charts, *below, Qt.AlignmentFlag.AlignTop)
        self._columns.setColumnStretch(0, 5)
        self._columns.setColumnStretch(1, 0 if is_narrow else 6)

    def _take_in(self, _changes: object) -> None:
        self._is_stale = True
        if self.isVisible():
            self._rest.start()

    def _work_out(self) -> None:
        """Have the overview made of what the register holds now, unless that is what is shown."""
        if not self._is_stale or self._is_working or not self.isVisible():
            return
        self._is_stale, self._is_working = False, True
        job = _work_out(self._desk)
        title = _("Working out the overview")
        work = Work(title, job, self._show, self._fail, self._stay, in_pieces=True, for_sight=True)
        self._desk.runner.run(work)

    def _fail(self, problem: Problem) -> None:
        self._stay()
        self._desk.notices.show_problem(problem, key="overview")

    def _stay(self) -> None:
        if isValid(self):
            self._is_working = False

    def _show(self, overview: Overview | None) -> None:
        """Show what was worked out; None when the register was changed meanwhile."""
        if not isValid(self):
            return
        self._is_working = False
        if overview is None:
            self._is_stale = True
            self._rest.start()
            return
        self.overview = overview
        has_any = bool(overview.recent)
        self._whole.setCurrentIndex(0 if has_any else 1)
        if has_any:
            self._show_figures(overview.figures)
            self.waiting.show_groups(overview.waiting, overview.titles)
            self.recent.show_rows([self._recent_row(one) for one in overview.recent])
            self.charts.show_figures(overview.charts)
            self.charts.setVisible(bool(overview.charts))
        self._work_out()

    def _show_figures(self, figures: Sequence[KeyFigure]) -> None:
        while len(self.cards) < len(figures):
            self.cards.append(FigureCard(self._desk.looks))
        self._place_columns()
        for card, figure in zip(self.cards, figures, strict=True):
            card.show_figure(figure)

    def _recent_row(self, one: Recent) -> WayRow:
        words, initiative = words_of(self._desk.register), one.initiative
        phase, status = initiative.text("phase"), initiative.text("status")
        parts = (
            words.label("initiative.phase", phase) if phase else "",
            words.label("initiative.status", status) if status else "",
            format_datetime(one.changed.astimezone(), current_language()),
        )
        row = WayRow(initiative.text("title"), " · ".join(part for part in parts if part))
        row.clicked.connect(lambda: self._desk.routes.show_record("initiatives", initiative.id))
        return row


def _work_out(desk: Desk) -> Job[Overview | None]:
    """The overview of what the register holds now. What that needs is imported first, a little at a time."""
    for _pause in iter_imports(IMPORTED_IN_PIECES):
        yield Progress(0, 0)
    from coi_desktop.operations.overview import make_overview

    overview = yield from make_overview(desk.register, my_name=desk.settings.get("my_name"))
    return overview
