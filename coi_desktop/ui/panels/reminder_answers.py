"""What one can answer reminders with, one or many of a kind: put off, not relevant, confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.clock import today
from coi_desktop.models.dates import format_date
from coi_desktop.models.reminders import Reminder, ReminderKind
from coi_desktop.models.text import format_number
from coi_desktop.operations import reminders as operations
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.calendar_popup import pick_date
from coi_desktop.ui.undoing import undo_step

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def make_answer_menu(desk: Desk, reminders: Sequence[Reminder], beside: QWidget) -> QMenu:
    """The answers as a menu that belongs to ``beside``."""
    menu = QMenu(beside)
    day = today(desk.register.clock)
    if reminders[0].kind is ReminderKind.NOT_CONFIRMED:
        _add(menu, _("It still &holds"), lambda: confirm(desk, reminders))
    _add(menu, _("Put off a &week"), lambda: put_off(desk, reminders, day + WEEK))
    _add(menu, _("Put off a &month"), lambda: put_off(desk, reminders, day + MONTH))
    _add(
        menu,
        _("Put off &to…"),
        lambda: pick_date(beside, day + MONTH, lambda picked: put_off(desk, reminders, picked)),
    )
    _add(menu, _("&Not relevant"), lambda: dismiss(desk, reminders))
    return menu


def put_off(desk: Desk, reminders: Sequence[Reminder], until: date) -> None:
    """Let reminders rest until a day, and say so."""
    if _done(desk, lambda: operations.put_off(desk.register, reminders, until)):
        text = ngettext(
            "{count} reminder put off until {day}.", "{count} reminders put off until {day}.", len(reminders)
        )
        _tell(desk, text.format(count=_number(reminders), day=format_date(until, current_language())))


def dismiss(desk: Desk, reminders: Sequence[Reminder]) -> None:
    """Call reminders not relevant, and say so."""
    if _done(desk, lambda: operations.dismiss(desk.register, reminders)):
        text = ngettext(
            "{count} reminder is not relevant.", "{count} reminders are not relevant.", len(reminders)
        )
        _tell(desk, text.format(count=_number(reminders)))


def confirm(desk: Desk, reminders: Sequence[Reminder]) -> None:
    """Note that what the register says of the initiatives holds today, and say so."""
    ids = [one.initiative_id for one in reminders]
    if _done(desk, lambda: operations.confirm_initiatives(desk.register, ids)):
        text = ngettext(
            "{count} initiative confirmed today.", "{count} initiatives confirmed today.", len(ids)
        )
        _tell(desk, text.format(count=_number(ids)))


def _number(things: Sequence[object]) -> str:
    return format_number(len(things), current_language())


def _tell(desk: Desk, text: str) -> None:
    desk.notices.show_done(text, [undo_step(desk)])


def _done(desk: Desk, do: Callable[[], object]) -> bool:
    try:
        do()
    except Problem as problem:
        desk.notices.show_problem(problem, key="reminders")
        return False
    return True


def _add(menu: QMenu, label: str, run: Callable[[], object]) -> None:
    action = QAction(label, menu)
    action.triggered.connect(lambda: run())
    menu.addAction(action)
