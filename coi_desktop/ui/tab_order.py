"""The way of the Tab key through parts that were made after those that follow them."""

from __future__ import annotations

from collections.abc import Iterator

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
    layout = part.layout()
    laid_out = [] if layout is None else list(_widgets_of(layout))
    known = set(laid_out)
    return [*laid_out, *(one for one in part.children() if isinstance(one, QWidget) and one not in known)]


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, within = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif within is not None:
            yield from _widgets_of(within)
