"""What can be done with a register that lies where it may come to harm: move it, or choose again."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.i18n import _
from coi_desktop.models.file_places import Session
from coi_desktop.operations.file_places import find_place
from coi_desktop.operations.moving import MovedRegister, finish_move, move_register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import Choice
from coi_desktop.ui.register_opening import remember_answer


def move_here(desk: Desk) -> None:
    """Copy the register to this computer, prove the copy, open it, and mark the old file as moved.

    In a session whose profile is emptied it asks for a folder instead.
    """
    folder: Path | None = None
    if find_place(desk.register.path).session is not Session.LASTING:
        folder = desk.prompts.ask_folder(_("A folder that lasts"))
        if folder is None:
            return
    job = move_register(desk.register.path, folder)
    desk.runner.run(Work(_("Moving the register"), job, lambda moved: _take_moved(desk, moved)))


def _take_moved(desk: Desk, moved: MovedRegister) -> None:
    desk.routes.open_register(moved.new)
    renamed = finish_move(moved)
    lines = [_("It now lies in {folder} as {name}.").format(folder=moved.new.parent, name=moved.new.name)]
    if renamed is None:
        lines.append(
            _("The old file could not be renamed: {place}. Do not go on working in it.").format(
                place=moved.old
            )
        )
    else:
        lines.append(
            _("The old file is left where it was, unchanged, and is now called {name}.").format(
                name=isolated(renamed.name)
            )
        )
    desk.prompts.ask_choice(_("The register was moved"), "\n\n".join(lines), [Choice("ok", _("OK"))])


def choose_again(desk: Desk) -> None:
    """Forget what was answered about the place of this register, and open it anew."""
    remember_answer(desk.settings, desk.register.path, "")
    desk.routes.open_register(desk.register.path)
