"""The frame: rail, pages, menus, notices, status bar. What is in the places is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.bridge import Bridge
from coi_desktop.ui.desk import Desk, ShownInitiatives
from coi_desktop.ui.jobs import JobRunner, Work
from coi_desktop.ui.menus import add_menus
from coi_desktop.ui.notices import NoticeBar
from coi_desktop.ui.page import Page
from coi_desktop.ui.places import FIRST_PLACE, PLACES
from coi_desktop.ui.plain import one_line
from coi_desktop.ui.prompts import Prompts
from coi_desktop.ui.rail import Rail
from coi_desktop.ui.status_strip import StatusStrip
from coi_desktop.ui.theme import Looks

if TYPE_CHECKING:
    from coi_desktop.models.prepared_restore import Prepared
    from coi_desktop.ui.actions import Actions
    from coi_desktop.ui.shortcut_list import KeyGroups
    from coi_desktop.ui.split import Split

WIDTH, HEIGHT = 1240, 720
#: What a window's title takes of the height of a screen.
FRAME = 32


class MainWindow(QMainWindow):
    """The window on one register. It is the desk's Routes.

    ``register_wanted`` asks whoever made the window for one on another register (or on this one, in another
    language), ``restore_wanted`` to put a prepared backup in its place and go on with that, ``painted`` is
    emitted once, after the first paint, and ``closed`` when the window has closed.
    """

    register_wanted = Signal(object)
    restore_wanted = Signal(object)
    painted = Signal()
    closed = Signal()

    def __init__(
        self,
        register: Register,
        settings: Settings,
        looks: Looks,
        prompts: Prompts,
        refused: Problem | None = None,
    ) -> None:
        super().__init__()
        self._runner = JobRunner(self)
        self._notices = NoticeBar(looks)
        self._desk = Desk(
            register,
            settings,
            looks,
            Bridge(register, self),
            self._runner,
            self._notices,
            prompts,
            routes=self,
        )
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._rail = Rail(looks, PLACES)
        self._status = StatusStrip(self._desk)
        self._actions: Actions | None = None
        self._was_painted = False
        self._focus_before: QWidget | None = None
        self._is_closed = False
        self.setWindowTitle(one_line(register.path.stem))
        self.setMinimumSize(640, 360)
        self._lay_out(refused)
        self._menus = add_menus(self.menuBar())
        self._rail.add_foot(_("Settings"), "settings", self._show_settings)
        self._rail.wanted.connect(self.show_place)
        self._runner.started.connect(self._hold_editing)
        self._runner.ended.connect(self._hold_editing)
        self._runner.failed.connect(self._notices.show_problem)
        self._status.progress.follow(self._runner)
        self._desk.bridge.changed.connect(self._update_places)
        self._desk.bridge.changed.connect(self._notices.take_in)
        self._update_places()
        self.show_place(FIRST_PLACE)
        if not self.restoreGeometry(QByteArray.fromBase64(settings.get("window_geometry").encode())):
            room = self.screen().availableSize()
            self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height() - FRAME))
        looks.dress()

    @property
    def desk(self) -> Desk:
        """What the pages of this window work with."""
        return self._desk

    @property
    def actions_(self) -> Actions:
        """What is in the menus: made when the window has painted, or when asked for before."""
        if self._actions is None:
            from coi_desktop.ui.actions import Actions

            self._actions = Actions(self._desk, self)
            self._actions.fill(self._menus)
            self._actions.update()
        return self._actions

    def _lay_out(self, refused: Problem | None) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        if not self._desk.can_write:
            from coi_desktop.ui.banner import make_read_only_banner

            right.addWidget(make_read_only_banner(self._desk, refused))
        right.addWidget(self._stack, 1)
        right.addWidget(self._notices)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.setStatusBar(self._status)

    # Routes

    def show_place(self, name: str) -> None:
        """Go to a place; its page is made when it is first shown."""
        page = self._pages.get(name)
        if page is None or page is not self._stack.currentWidget():
            self.flush()
        if page is None:
            place = next((place for place in PLACES if place.name == name), None)
            if place is None:
                return
            page = self._pages[name] = place.make(self._desk)
            page.chosen.connect(self._chosen)
            self._stack.addWidget(page)
            if self._was_painted:
                page.settle()
        self._stack.setCurrentWidget(page)
        self._rail.choose(name)
        self._chosen()

    def show_record(self, place: str, record_id: str, part: str = "") -> None:
        """Go to a place and bring one record there before the user, at one part of it."""
        self.show_place(place)
        if place in self._pages:
            self._pages[place].show_record(record_id, part)

    def has_place(self, name: str) -> bool:
        """Whether there is such a place just now."""
        return name in self._places

    def flush(self) -> bool:
        """Write what is typed on any page; False when the register refused something."""
        refusals = [page for page in self._pages.values() if not page.flush()]
        if refusals:
            self._status.show_unsaved()
        return not refusals

    def read_again(self) -> None:
        """Read everything that is shown anew."""
        for page in self._pages.values():
            page.act("refresh")

    def act(self, action: str) -> bool:
        """Let the page in front carry out an action."""
        return self.page.act(action)

    def current_initiative(self) -> str:
        """The initiative chosen on the page in front."""
        return self.page.current_initiative() if self._pages else ""

    def shown_initiatives(self) -> ShownInitiatives | None:
        """The initiatives the page in front shows, where they are fewer than all."""
        return self.page.shown_initiatives() if self._pages else None

    def find_line(self) -> Split | None:
        """The line between list and record on the page in front."""
        return self.page.find_line() if self._pages else None

    def show_backup(self) -> None:
        """Say when the newest backup was written."""
        self._status.show_backup()

    def open_register(self, path: Path) -> None:
        """Ask for a window on another register."""
        self.register_wanted.emit(path)

    def restore_register(self, prepared: Prepared) -> None:
        """Ask for a prepared backup to take the place of the register."""
        self.restore_wanted.emit(prepared)

    def move_register(self) -> None:
        """Begin to move the register to this computer, as was asked for when it was opened."""
        from coi_desktop.ui.place_commands import move_here

        move_here(self._desk)

    def find_keys(self) -> KeyGroups:
        """The keys of the window's actions, for the help."""
        from coi_desktop.ui.action_keys import find_action_keys

        return find_action_keys()

    # The window's own

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def _chosen(self) -> None:
        if self._actions is not None:
            self._actions.update()

    def _show_settings(self) -> None:
        self.actions_["settings"].trigger()

    def _update_places(self, _changes: object = None) -> None:
        self._places = [place.name for place in PLACES if place.has_content(self._desk.register)]
        self._rail.set_places(self._places)

    def _hold_editing(self, work: Work) -> None:
        if work.writes:
            held = self._runner.is_busy
            if held and self._stack.isEnabled():
                self._focus_before = self.focusWidget()
            self._stack.setEnabled(not held)
            self.actions_.hold(held)
            if not held:
                self._give_focus_back()

    def _give_focus_back(self) -> None:
        """Put the keyboard where it was before the pages were held: what cannot be used loses it."""
        before, self._focus_before = self._focus_before, None
        if before in self._stack.findChildren(QWidget):
            before.setFocus()

    def _follow_keyboard(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            from coi_desktop.ui.in_sight import bring_into_sight

            bring_into_sight(now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What can wait is done after the first paint."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        if self._is_closed:
            return
        self.painted.emit()
        self.actions_.update()
        self._rail.draw()
        self.page.settle()
        self.setWindowIcon(self._desk.looks.icon("program", "accent"))
        self._status.show_backup()
        QApplication.instance().focusChanged.connect(self._follow_keyboard)  # type: ignore[union-attr]  # there is one
        self._begin_tidying()
        self._begin_safekeeping()
        self._greet()
        self._check()

    def _check(self) -> None:
        from coi_desktop.ui import commands

        try:
            commands.check_quickly(self._desk)
        except Problem as problem:
            self._notices.show_problem(problem, key="check")
        else:
            commands.look_after_attachments(self._desk)

    def _greet(self) -> None:
        from coi_desktop.ui.away_watch import AwayWatch
        from coi_desktop.ui.greeting import LifeSigns, greet

        self._notices.ways_out = AwayWatch(self._desk, self).find_ways_out
        LifeSigns(self._desk, self)
        greet(self._desk)

    def _begin_tidying(self) -> None:
        from coi_desktop.ui.tidying import Tidying
        from coi_desktop.ui.warming import Warming

        Tidying(self._desk, self)
        Warming(self._desk, self)

    def _begin_safekeeping(self) -> None:
        from coi_desktop.ui.safekeeping import Safekeeping

        Safekeeping(self._desk, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost without a word, and no work is left half done."""
        from coi_desktop.ui.closing import may_close

        self.flush()
        if not may_close(self._desk, self._pages.values()):
            event.ignore()
            return
        self._is_closed = True
        self._runner.close()
        self._desk.bridge.close()
        for page in self._pages.values():
            page.keep_setup()
        self._desk.settings.set("window_geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self._desk.settings.save()
        self._desk.put_away_copies()
        event.accept()
        self.closed.emit()
