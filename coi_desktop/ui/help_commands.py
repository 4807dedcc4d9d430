"""Help from everywhere: the page of the screen one is on, the list of keys, and what is new."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from coi_desktop.i18n import _
from coi_desktop.operations.help import NEWS, has_news_since, this_version
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.help_topics import topic_of
from coi_desktop.ui.notices import NextStep


def show_help() -> None:
    """The page of the part of the window that has the keyboard, or of the place in front."""
    window = QApplication.activeWindow()
    part = QApplication.focusWidget() or window
    _open(window, topic_of(part))


def show_shortcuts() -> None:
    """The list of keys."""
    from coi_desktop.ui.shortcut_list import SHORTCUTS

    _open(QApplication.activeWindow(), SHORTCUTS)


def show_news() -> None:
    """What is new in this version and those before it."""
    _open(QApplication.activeWindow(), NEWS)


def _open(window: QWidget | None, page: str) -> None:
    from coi_desktop.ui.dialogs.help_window import open_help

    open_help(window, page)


def give_help(dialog: QDialog) -> None:
    """Let F1 open the page of a dialog; the help stands in a window that can be used beside it."""

    def show() -> None:
        _open(dialog, topic_of(QApplication.focusWidget() or dialog))

    QShortcut(QKeySequence.StandardKey.HelpContents, dialog, show)


def tell_of_news(desk: Desk) -> bool:
    """Say once, after an update, that there is something new; True when that was said. The first start of all
    only notes the version.
    """
    seen = desk.settings.get("version_seen")
    desk.settings.set("version_seen", this_version())
    if not has_news_since(seen):
        return False
    desk.notices.show_done(
        _("COI Desktop was updated to version {version}.").format(version=this_version()),
        [NextStep(_("&What is new"), show_news)],
    )
    return True
