"""What waits today: grouped by kind, each line a way to the place where it is settled, with its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_date
from coi_desktop.models.reminder_groups import ReminderGroup
from coi_desktop.models.reminders import SETTLED_AT, Reminder, ReminderKind
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.panels.figure_card import WayRow
from coi_desktop.ui.panels.reminder_answers import confirm, make_answer_menu
from coi_desktop.ui.panels.rows_frame import RowsFrame
from coi_desktop.ui.plain import one_line

#: How far the lines of a kind stand in below the line of the kind.
_STEP_IN = 16


class WaitingRows(RowsFrame):
    """The reminders of the start page, in few lines."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Waiting for you"))
        self._desk = desk
        self._titles: Mapping[str, str] = {}

    def show_groups(self, groups: Sequence[ReminderGroup], titles: Mapping[str, str]) -> None:
        """Show these; ``titles`` are those of the initiatives by id."""
        self._titles = titles
        rows: list[QWidget] = []
        for group in groups:
            alone = len(group.reminders) == 1
            if not alone:
                rows.append(self._kind_row(group))
            rows += [self._row(one, alone=alone) for one in group.reminders[: group.shown]]
        self.show_rows(rows, _("Nothing waits today."))

    def _kind_row(self, group: ReminderGroup) -> QWidget:
        count = len(group.reminders)
        words = words_of(self._desk.register).label("reminder", group.kind)
        number = format_number(count, current_language())
        detail = ngettext("{count} reminder", "{count} reminders", count).format(count=number)
        row = WayRow(words, detail)
        row.clicked.connect(lambda: self._show_all(group))
        return self._with_answers(row, group.reminders)

    def _row(self, reminder: Reminder, *, alone: bool) -> QWidget:
        why = words_of(self._desk.register).label("reminder", reminder.kind) if alone else ""
        day = format_date(reminder.day, current_language())
        title = self._titles.get(reminder.subject_id, "")
        row = WayRow(title, " · ".join(part for part in (why, day) if part))
        row.clicked.connect(lambda: go_to(self._desk, reminder))
        return self._with_answers(row, (reminder,), step_in=0 if alone else _STEP_IN)

    def _with_answers(self, row: WayRow, reminders: Sequence[Reminder], step_in: int = 0) -> QWidget:
        """The row with what one can answer behind it; alone where nothing may be written."""
        has_answers = self._desk.can_write and reminders[0].can_be_answered
        if not has_answers and not step_in:
            return row
        whole = _Line(row)
        line = QHBoxLayout(whole)
        line.setContentsMargins(step_in, 0, 4, 0)
        line.setSpacing(4)
        line.addWidget(row, 1)
        if not has_answers:
            return whole
        title = row.accessibleName()
        if reminders[0].kind is ReminderKind.NOT_CONFIRMED:
            sure = QPushButton(_("Con&firm") if len(reminders) == 1 else _("Con&firm all"))
            sure.setProperty("look", "link")
            sure.setAccessibleName(one_line(f"{sure.text().replace('&', '')}: {title}"))
            sure.clicked.connect(lambda: confirm(self._desk, reminders))
            line.addWidget(sure)
        more = QToolButton()
        more.setText("⋯")
        more.setProperty("look", "link")
        more.setAccessibleName(one_line(_("Answers to: {reminder}").format(reminder=title)))
        more.clicked.connect(lambda: self._answer(more, reminders))
        line.addWidget(more)
        return whole

    def _answer(self, button: QToolButton, reminders: Sequence[Reminder]) -> None:
        menu = make_answer_menu(self._desk, reminders, button)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _show_all(self, group: ReminderGroup) -> None:
        from coi_desktop.ui.dialogs.reminder_list import ReminderList

        dialog = ReminderList(self._desk, group.reminders, self._titles)
        if self._desk.prompts.ask_dialog(dialog) and dialog.wanted is not None:
            go_to(self._desk, dialog.wanted)


class _Line(QWidget):
    """A way with buttons behind it, never lower than the way: a layout of layouts hears too late how high the
    letters of the theme are.
    """

    def __init__(self, way: WayRow) -> None:
        super().__init__()
        self._way = way

    def sizeHint(self) -> QSize:
        """As high as the way."""
        return super().sizeHint().expandedTo(QSize(0, self._way.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """As high as the way."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._way.sizeHint().height()))


def go_to(desk: Desk, reminder: Reminder) -> None:
    """To where the reminder is settled: the question of the evaluation, or the initiative."""
    if reminder.kind is ReminderKind.PERSON_REVIEW:
        from coi_desktop.ui.commands import show_people

        show_people(desk)
        return
    is_of_evaluation = reminder.type_name not in ("initiative", "benefit")
    if reminder.kind is ReminderKind.NOT_STARTED:
        desk.routes.show_record("evaluations", reminder.initiative_id)
    elif reminder.evaluation_id and is_of_evaluation and desk.routes.has_place("evaluations"):
        desk.routes.show_record("evaluations", reminder.evaluation_id, SETTLED_AT.get(reminder.kind, ""))
    else:
        part = "benefits" if reminder.type_name == "benefit" else "facts"
        desk.routes.show_record("initiatives", reminder.initiative_id, part)
