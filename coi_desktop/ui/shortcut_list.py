"""The list of keys: made from the table of actions, so that it never tells of keys that do something else."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from coi_desktop.i18n import _
from coi_desktop.models.help_pages import HelpPage, shortcut_page
from coi_desktop.ui.action_table import ACTIONS
from coi_desktop.ui.menus import MENUS

#: The name of the page.
SHORTCUTS = "shortcuts"


def make_shortcut_page() -> HelpPage:
    """The keys of every action that has some, by menu, and those that lists and fields have."""
    groups = []
    for menu, label in MENUS:
        keys = [
            (_written(spec.keys), _(spec.label).replace("&", "").rstrip("…"))
            for spec in ACTIONS
            if spec.menu == menu and spec.keys
        ]
        if keys:
            groups.append((_(label).replace("&", ""), keys))
    groups.append((_("In lists and fields"), [(_written((key,)), what) for key, what in _elsewhere()]))
    return shortcut_page(SHORTCUTS, _("Keyboard shortcuts"), groups)


def _written(keys: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def _elsewhere() -> tuple[tuple[str, str], ...]:
    return (
        ("Return", _("Open the record, or press the button that is marked")),
        ("Esc", _("Close the dialog, or empty the search")),
        ("Tab", _("Go to the next field")),
        ("Shift+Tab", _("Go to the field before")),
        ("Alt", _("Show the letters of the menus")),
        ("Shift+F10", _("Open the menu of what is chosen")),
        ("Alt+Left", _("Back, in help")),
    )
