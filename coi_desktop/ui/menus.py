"""The menus of the window; what is in them comes from ``actions.py``, once the window has painted."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar

from coi_desktop.i18n import N_, _

#: Name and label (English) of each menu, from left to right.
MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("initiative", N_("&Initiative")),
    ("help", N_("&Help")),
)


def add_menus(bar: QMenuBar) -> dict[str, QMenu]:
    """Put the menus on the bar; by name."""
    menus = {}
    for name, label in MENUS:
        menu = menus[name] = bar.addMenu(_(label))
        menu.setObjectName(name)
    return menus
