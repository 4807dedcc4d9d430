"""What the window says of its register once it has painted: quietly, and only what is worth a word."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QObject, QTimer

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.file_places import PlaceKind, Session
from coi_desktop.operations.conflict_copies import ConflictCopy, find_conflict_copies
from coi_desktop.operations.file_places import find_place
from coi_desktop.operations.privacy_of_files import is_readable_by_all, keep_to_oneself
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.help_commands import tell_of_news
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.opening import show_folder
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.register_opening import READ, remember_answer

MILLISECONDS_BETWEEN_SIGNS = 60_000


class LifeSigns(QObject):
    """Tells those on other computers, as long as the window is open, that the register is in use here."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, interval=MILLISECONDS_BETWEEN_SIGNS)
        self._timer.timeout.connect(self._show)
        self._showing: threading.Thread | None = None
        desk.bridge.closed.connect(self._timer.stop)
        if desk.can_write:
            self._timer.start()

    def _show(self) -> None:
        """On a thread: a share that has died keeps whoever writes there waiting."""
        if self._showing is None or not self._showing.is_alive():
            show = self._desk.register.show_life
            self._showing = threading.Thread(target=show, name="sign of life", daemon=True)
            self._showing.start()


def greet(desk: Desk) -> None:
    """Say what has to be known of this register: editions put aside, a program that ended in the middle, a
    disk that can be pulled out, readers one may not know of. Nothing on a share is looked at.
    """
    place = find_place(desk.register.path)
    if place.kind is not PlaceKind.NETWORK:
        copies = find_conflict_copies(desk.register.path)
        if copies:
            _tell_of_copies(desk, copies)
    left = desk.register.left_open_by
    if tell_of_news(desk):
        return
    if left is not None:
        desk.notices.show_done(
            _("The program ended in the middle last time ({user}). All that was saved is here.").format(
                user=isolated(left.user)
            )
        )
    elif place.session is not Session.LASTING and place.kind is not PlaceKind.FLEETING:
        desk.notices.show_done(
            _(
                "Backups lie in your profile here, which may be emptied when you log off. "
                "Write one now and then in a folder that lasts."
            )
        )
    elif place.kind is PlaceKind.REMOVABLE:
        desk.notices.show_done(
            _("The register lies on a disk that can be taken out. Close the program before you pull it out.")
        )
    elif place.kind is PlaceKind.LOCAL and desk.can_write and is_readable_by_all(desk.register.path):
        desk.notices.show_done(
            _("Everybody who uses this computer can read the register."),
            [NextStep(_("&Only I may"), partial(_close_to_others, desk))],
        )


def _close_to_others(desk: Desk) -> None:
    if keep_to_oneself(desk.register.path):
        desk.notices.show_done(_("Now only you can read the register on this computer."))
        return
    raise Problem(
        _("The rights of {name} could not be changed.").format(name=isolated(desk.register.path.name)),
        meaning=_("The register is as it was, and others can still read it."),
        advice=_("Ask whoever owns the file, or move the register to your own folder."),
        code="read_only",
    )


def _tell_of_copies(desk: Desk, copies: list[ConflictCopy]) -> None:
    newest = copies[0]
    what = ngettext(
        "Beside the register lies {count} other edition of it: {name}, changed {when}.",
        "Beside the register lie {count} other editions of it, the newest {name}, changed {when}.",
        len(copies),
    )
    problem = Problem(
        what.format(
            count=len(copies),
            name=isolated(newest.path.name),
            when=format_datetime(newest.changed, current_language()),
        ),
        meaning=_("A program that synchronises has put it aside. What was written there is not in this one."),
        advice=_("Compare it and bring over what is missing here before you throw it away."),
        code="conflict_copy",
    )
    steps = [
        *([NextStep(_("&Compare…"), partial(_compare_copy, desk, newest))] if desk.can_write else []),
        NextStep(_("Open it for &reading"), partial(_read_copy, desk, newest)),
        NextStep(_("Show &folder"), partial(show_folder, newest.path)),
    ]
    desk.notices.show_problem(problem, key="conflict", steps=steps)


def _compare_copy(desk: Desk, copy: ConflictCopy) -> None:
    from coi_desktop.ui.edition_commands import compare_with

    compare_with(desk, copy.path)


def _read_copy(desk: Desk, copy: ConflictCopy) -> None:
    if desk.routes.flush():
        remember_answer(desk.settings, copy.path, READ)
        desk.routes.open_register(copy.path)
