"""What is offered with a problem of the register's file, wherever it comes up."""

from __future__ import annotations

from functools import partial

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind


def find_ways_out(desk: Desk, problem: Problem) -> list[NextStep]:
    """The next steps for a register that was replaced under the program: keep what is here in a copy, and go
    on in the new one; for a damaged one: restore a backup. Nothing for other problems.
    """
    if problem.code == "damaged":
        from coi_desktop.ui.backup_commands import restore_steps

        return restore_steps(desk)
    if problem.code == "away":
        return _keep_typed(desk)
    if problem.code != "replaced":
        return []
    return [
        NextStep(_("&Save a copy…"), partial(_save_copy, desk)),
        NextStep(_("&Open the new one"), partial(desk.routes.open_register, desk.register.path)),
    ]


def _save_copy(desk: Desk) -> None:
    """What this program still sees, under another name. The text that is typed stays in its field."""
    path = desk.register.path
    words = _("my copy")
    suggested = paths.local_folder() / f"{path.stem} ({words}){path.suffix}"
    kind = FileKind(_("Register"), (paths.SUFFIX,))
    target = desk.prompts.ask_save_path(_("Save a copy"), [kind], suggested)
    if target is None:
        return
    try:
        desk.register.backup(target)
    except Problem as problem:
        desk.notices.show_problem(problem, key="save a copy")
        return
    desk.notices.show_done(_("A copy was saved as {name}.").format(name=isolated(target.name)))


def _keep_typed(desk: Desk) -> list[NextStep]:
    """What is typed can be taken along, while the register is away."""
    if not desk.typed():
        return []
    return [
        NextStep(_("&Copy what I typed"), partial(_copy_typed, desk)),
        NextStep(_("&Save it on this computer…"), partial(_save_typed, desk)),
    ]


def _copy_typed(desk: Desk) -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.clipboard().setText(desk.typed())
    desk.notices.show_done(_("What you typed was copied. It still stands in its field."))


def _save_typed(desk: Desk) -> None:
    from coi_desktop.operations.text_files import write_text_file

    suggested = paths.local_folder() / f"{_('Typed text')}.txt"
    target = desk.prompts.ask_save_path(_("Save what I typed"), [FileKind(_("Text"), (".txt",))], suggested)
    if target is not None:
        write_text_file(target, desk.typed())
        desk.notices.show_done(_("It was saved as {name}.").format(name=isolated(target.name)))
