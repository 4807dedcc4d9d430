"""The way of the Tab key through parts that were made after those that follow them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def put_in_tab_order(first: QWidget, *following: QWidget) -> None:
    """Let the Tab key go from ``first`` through ``following``, in that order."""
    for one in following:
        QWidget.setTabOrder(first, one)
        first = one


def find_stops(part: QWidget) -> list[QWidget]:
    """What the Tab key stops at within ``part``, in the order it was made; lists that fold out are left out,
    being windows of their own.
    """
    return [
        one
        for one in part.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.window() is part.window()
    ]


def find_stops_as_laid_out(part: QWidget) -> list[QWidget]:
    """What can be seen within ``part`` and the Tab key stops at, in the order in which it is laid out: what
    was made late stands where one reads it. Of pages on top of each other only that in front counts.
    """
    found = [part] if _is_stop(part) else []
    for one in _parts_as_laid_out(part):
        if one.isVisible() and not one.isWindow():
            found.extend(find_stops_as_laid_out(one))
    return found


def _is_stop(part: QWidget) -> bool:
    takes_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
    return bool(takes_tab) and part.isEnabled()


def _parts_as_laid_out(part: QWidget) -> list[QWidget]:
    """The parts of a part: those of its layout in their order, then those that stand in none."""
    if isinstance(part, QScrollArea):
        inner = part.widget()
        return [] if inner is None else [inner]
    parts = [one for one in part.children() if isinstance(one, QWidget)]
    layout = part.layout()
    laid_out = [] if layout is None else _in_order(layout, parts)
    known = set(laid_out)
    return [*laid_out, *(one for one in parts if one not in known)]


def _in_order(layout: QLayout, parts: Sequence[QWidget]) -> list[QWidget]:
    """Those of ``parts`` that stand in a layout or in one within it, in their order.

    The layout is asked where each of them stands, not what stands where: what ``itemAt`` hands over outlives
    the widget it belongs to (see ARCHITECTURE, traps).
    """
    within = [one for one in layout.children() if isinstance(one, QLayout)]
    placed = [(layout.indexOf(one), [one]) for one in parts]
    placed += [(layout.indexOf(one), _in_order(one, parts)) for one in within]
    here = sorted((one for one in placed if one[0] >= 0), key=itemgetter(0))
    return [widget for _place, widgets in here for widget in widgets]
