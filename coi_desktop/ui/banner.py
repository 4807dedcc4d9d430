"""The banner over the pages of a register that is open for reading only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.place_words import PLACE_CODES
from coi_desktop.ui import commands
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel


def make_read_only_banner(desk: Desk, refused: Problem | None) -> QWidget:
    """Says that nothing can be changed and why (``refused``: why it was not opened for writing), with another
    try.
    """
    banner = QWidget()
    banner.setObjectName("banner")
    banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(banner)
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(8)
    icon = PlainLabel()
    icon.setPixmap(desk.looks.icon("lock", "warning").pixmap(20, 20))
    reason = _("The register is open for reading only.") if refused is None else refused.what
    text = PlainLabel(_("Reading only. {reason}").format(reason=reason), wrap=True)
    row.addWidget(icon)
    row.addWidget(text, 1)
    for label, run in _ways_on(desk, refused):
        button = QPushButton(label)
        button.clicked.connect(partial(_carry_out, desk, run))
        row.addWidget(button)
    return banner


def _ways_on(desk: Desk, refused: Problem | None) -> list[tuple[str, Callable[[Desk], object]]]:
    if refused is not None and refused.code == "chosen_reading":
        return [(_("&Open it for writing"), _choose_again), (_("Open my o&wn register"), commands.open_own)]
    if refused is not None and refused.code in ("backup_copy", "moved_away"):
        return [(_("Open my o&wn register"), commands.open_own)]
    if refused is None or refused.code not in PLACE_CODES:
        return [(_("Try to &open it for writing"), _open_again)]
    return [(_("&Move it…"), _move), (_("&Other ways…"), _choose_again)]


def _carry_out(desk: Desk, run: Callable[[Desk], object], _checked: bool = False) -> None:
    try:
        run(desk)
    except Problem as problem:
        desk.notices.show_problem(problem, key="banner")


def _open_again(desk: Desk) -> None:
    desk.routes.open_register(desk.register.path)


def _move(desk: Desk) -> None:
    from coi_desktop.ui.place_commands import move_here

    move_here(desk)


def _choose_again(desk: Desk) -> None:
    from coi_desktop.ui.place_commands import choose_again

    choose_again(desk)
