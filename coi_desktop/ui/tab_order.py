"""The way of the Tab key through parts that were made after those that follow them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


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
