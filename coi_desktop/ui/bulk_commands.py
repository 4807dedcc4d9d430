"""Editing and removing several initiatives from the list: read, shown, done as one step off the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.text import format_number
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.undoing import trash_step, undo_step

if TYPE_CHECKING:
    from coi_desktop.models.bulk_plan import Selection


def edit_several(desk: Desk, ids: Sequence[str]) -> None:
    """Ask what to set in the chosen initiatives, and set it. Raises Problem ``none_chosen``."""
    from coi_desktop.operations.bulk import read_selection

    if len(ids) < 2:
        raise _none_chosen()
    if desk.routes.flush():
        desk.runner.run(
            Work(_("Reading what is chosen"), read_selection(desk.register, ids), partial(_ask, desk))
        )


def remove_several(desk: Desk, ids: Sequence[str]) -> None:
    """Remove the chosen initiatives as one step; undo and the trash bring them back."""
    from coi_desktop.operations.bulk import remove_many

    if desk.routes.flush():
        _keep_before(desk)
        job = remove_many(desk.register, ids)
        done = partial(_removed, desk, len(ids))
        desk.runner.run(Work(_("Removing what is chosen"), job, done, writes=True))


def _ask(desk: Desk, selection: Selection) -> None:
    from coi_desktop.operations.bulk import apply_bulk
    from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog

    dialog = BulkDialog(desk, selection)
    if desk.prompts.ask_dialog(dialog) and dialog.plan is not None:
        _keep_before(desk)
        job = apply_bulk(desk.register, dialog.plan)
        desk.runner.run(Work(_("Changing what is chosen"), job, partial(_changed, desk), writes=True))


def _keep_before(desk: Desk) -> None:
    from coi_desktop.models.backup_manifest import Reason
    from coi_desktop.ui.backup_commands import keep_before

    keep_before(desk, Reason.BULK)


def _changed(desk: Desk, done: object) -> None:
    from coi_desktop.models.bulk_words import tell_changed
    from coi_desktop.operations.bulk import BulkDone

    if not isinstance(done, BulkDone):
        raise TypeError(f"{done!r} is no bulk edit")
    desk.register.catch_up(done.changes)
    desk.notices.show_done(tell_changed(done.plan) + ".", [undo_step(desk)])


def _removed(desk: Desk, count: int, changes: ChangeSet | None) -> None:
    desk.register.catch_up(changes)
    said = ngettext("{count} initiative was removed.", "{count} initiatives were removed.", count)
    desk.notices.show_done(
        said.format(count=format_number(count, current_language())), [undo_step(desk), trash_step(desk)]
    )


def _none_chosen() -> Problem:
    return Problem(
        _("Choose several initiatives first."),
        meaning=_("Nothing was changed."),
        advice=_(
            "Hold Ctrl or Shift while you click or press the arrows; Ctrl+A chooses all that are shown."
        ),
        code="none_chosen",
    )
