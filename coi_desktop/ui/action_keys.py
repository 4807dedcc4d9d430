"""The keys of all actions, by menu, read off the one table."""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.ui.action_table import ACTIONS
from coi_desktop.ui.menus import MENUS
from coi_desktop.ui.shortcut_list import KeyGroups, write_keys


def find_action_keys() -> KeyGroups:
    """Title of each menu with the keys and what they do; menus without any are left out."""
    groups = []
    for menu, label in MENUS:
        keys = [
            (write_keys(spec.keys), _(spec.label).replace("&", "").rstrip("…").strip())
            for spec in ACTIONS
            if spec.menu == menu and spec.keys
        ]
        if keys:
            groups.append((_(label).replace("&", ""), keys))
    return groups
