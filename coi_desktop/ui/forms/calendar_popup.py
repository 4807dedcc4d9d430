"""A calendar that folds out below a date field: weeks begin on Monday and have their numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from coi_desktop.i18n import _


def pick_date(below: QWidget, shown: date | None, picked: Callable[[date], None]) -> QWidget:
    """Fold a calendar out under ``below``; ``picked`` hears the day, if one is picked."""
    popup = QWidget(below.window(), Qt.WindowType.Popup)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar = QCalendarWidget()
    calendar.setAccessibleName(_("Calendar"))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
    if shown is not None:
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))

    def take(day: QDate) -> None:
        popup.close()
        picked(date(day.year(), day.month(), day.day()))

    calendar.clicked.connect(take)
    calendar.activated.connect(take)
    column = QVBoxLayout(popup)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(calendar)
    popup.move(below.mapToGlobal(QPoint(0, below.height())))
    popup.show()
    calendar.setFocus()
    return popup
