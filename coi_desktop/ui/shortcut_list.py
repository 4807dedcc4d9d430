"""The page of keys: made from the window's actions, so that it never tells of keys that do something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from coi_desktop.i18n import _
from coi_desktop.models.help_pages import HelpPage, shortcut_page

#: The name of the page.
SHORTCUTS = "shortcuts"


KeyGroups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


@runtime_checkable
class KnowsKeys(Protocol):
    """A window that can say which keys its actions have, by menu."""

    def find_keys(self) -> KeyGroups:
        """Title of each menu with the keys and what they do."""


def make_shortcut_page(of_actions: KeyGroups) -> HelpPage:
    """The keys of the actions, and those that lists and fields have."""
    elsewhere = [(write_keys((key,)), what) for key, what in keys_elsewhere()]
    return shortcut_page(
        SHORTCUTS, _("Keyboard shortcuts"), [*of_actions, (_("In lists and fields"), elsewhere)]
    )


def keys_around(part: QWidget | None) -> KeyGroups:
    """The keys of the window that ``part`` lies in or stands above."""
    while part is not None:
        if isinstance(part, KnowsKeys):
            return part.find_keys()
        part = part.parentWidget()
    return ()


def write_keys(keys: tuple[str, ...]) -> str:
    """Keys as people write them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def keys_elsewhere() -> tuple[tuple[str, str], ...]:
    """Keys that no command of the menus has, as Qt writes them, with what they do."""
    return (
        ("Return", _("Open the record, or press the button that is marked")),
        ("Esc", _("Close the dialog, or empty the search")),
        ("Tab", _("Go to the next field")),
        ("Shift+Tab", _("Go to the field before")),
        ("Alt", _("Show the letters of the menus")),
        ("Shift+F10", _("Open the menu of what is chosen")),
        ("Ctrl+A", _("Choose all of a list, or all cards of the board")),
        ("Ctrl+Shift+PgUp", _("Move the view in front to the left, on the tabs of the views")),
        ("Ctrl+Shift+PgDown", _("Move it to the right")),
        ("Ctrl+Right", _("Draw the column of the list wider")),
        ("Ctrl+Left", _("Draw it narrower")),
        ("Ctrl+Shift+Right", _("Move the column of the list to the right")),
        ("Ctrl+Shift+Left", _("Move it to the left")),
        ("Alt+1", _("Move a box of the theory of change to this level, 1 to 5")),
        ("Ctrl+Return", _("A new box one level on, with an arrow to it")),
        ("Ctrl+Shift+Return", _("A new box one level back, with an arrow from it")),
        ("Alt+Left", _("Back, in help")),
        ("Alt+Shift+Down", _("More room for the upper part of a dialog with a line across it")),
        ("Alt+Shift+Up", _("More room for the lower part")),
    )
