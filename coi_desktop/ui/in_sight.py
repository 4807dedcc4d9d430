"""What gets the keyboard is brought into sight: Tab also leads into pages that are scrolled elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget


def bring_into_sight(part: QWidget) -> None:
    """Scroll every page around ``part`` to it when nothing of it can be seen."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and _is_beyond(part, around):
            around.ensureWidgetVisible(part)
        around = around.parentWidget()


def _is_beyond(part: QWidget, area: QScrollArea) -> bool:
    seen = area.viewport()
    return not seen.rect().intersects(part.rect().translated(part.mapTo(seen, part.rect().topLeft())))
