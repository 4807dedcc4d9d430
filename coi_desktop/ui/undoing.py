"""Taking steps back and forward from menus and notices."""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.notices import NextStep


def undo_step(desk: Desk) -> NextStep:
    """The offer to take back what was just done, for a notice."""
    return NextStep(_("&Undo"), lambda: undo(desk))


def trash_step(desk: Desk) -> NextStep:
    """The way to the trash, for the notice of a removal."""
    return NextStep(_("&Trash"), lambda: _show_trash(desk))


def _show_trash(desk: Desk) -> None:
    from coi_desktop.ui.dialogs.trash_dialog import show_trash  # made when it is wanted

    show_trash(desk)


def undo(desk: Desk) -> None:
    """Take the last step back. What is typed and not yet saved is a step as well, and the one taken back
    first.
    """
    if desk.routes.flush():
        from coi_desktop.operations import history  # not on the way to the first window

        history.undo(desk.register)


def redo(desk: Desk) -> None:
    """Do the step again that was last taken back."""
    if desk.routes.flush():
        from coi_desktop.operations import history

        history.redo(desk.register)
