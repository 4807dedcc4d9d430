"""Taking steps back and forward from menus and notices."""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.notices import NextStep


def undo_step(desk: Desk) -> NextStep:
    """The offer to take back what was just done, for a notice."""
    return NextStep(_("&Undo"), lambda: undo(desk))


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
