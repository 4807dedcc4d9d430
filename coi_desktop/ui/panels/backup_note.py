"""The line on the start page about copies outside this computer: seen only when there is something to say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.dates import format_date
from coi_desktop.operations.backups import last_copy_elsewhere, needs_word_elsewhere
from coi_desktop.ui.backup_commands import choose_second_place, keep, second_place
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel


class BackupNote(QWidget):
    """Says that the newest copy outside this computer is over seven days old, or suggests a place for one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = PlainLabel(wrap=True)
        self.choose = QPushButton(_("&Choose a folder…"))
        self.now = QPushButton(_("&Back up now"))
        self.later = QPushButton(_("&Not now"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for button in (self.now, self.choose, self.later):
            row.addWidget(button)
        self.choose.clicked.connect(self._choose)
        self.now.clicked.connect(lambda: keep(desk, Reason.ASKED, aloud=True))
        self.later.clicked.connect(self._dismiss)
        self.hide()

    def look(self) -> None:
        """Show or hide the line by what is known here; nothing outside this computer is asked."""
        desk = self._desk
        place = second_place(desk.settings)
        register = desk.register
        is_own = desk.can_write and not register.unit().flag("sample") and register.count("initiative") > 0
        is_old = is_own and needs_word_elsewhere(register.id, place, register.clock())
        is_missing = is_own and place is None and not desk.settings.get("backup_place_later")
        self.setVisible(is_old or is_missing)
        if is_old:
            self._show(self._words(), is_old=True)
        elif is_missing:
            self.show_suggestion()

    def show_suggestion(self) -> None:
        """Suggest a second place."""
        self._show(_only_here(), is_old=False)

    def _show(self, text: str, *, is_old: bool) -> None:
        self.text.setText(text)
        self.now.setVisible(is_old)
        self.later.setVisible(not is_old)

    def _words(self) -> str:
        last = last_copy_elsewhere(self._desk.register.id)
        if last is None:
            return _("There is no copy of the register outside this computer yet.")
        day = format_date(last.written.astimezone().date(), current_language())
        return _("The newest copy outside this computer is over 7 days old: it was written on {day}.").format(
            day=day
        )

    def _choose(self) -> None:
        try:
            if choose_second_place(self._desk):
                self.hide()
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="second place")

    def _dismiss(self) -> None:
        self._desk.settings.set("backup_place_later", True)
        self._desk.settings.save()
        self.hide()


def _only_here() -> str:
    return _(
        "The backups lie on this computer only. Choose a second place for them, such as a folder on the "
        "network or in OneDrive, so that they outlive the computer."
    )
