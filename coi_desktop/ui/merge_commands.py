"""Finding initiatives that look alike, and making one of two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.undoing import undo_step

if TYPE_CHECKING:
    from coi_desktop.operations.merging import Pair


def find_duplicates(desk: Desk, chosen: Sequence[str] = ()) -> None:
    """Compare the two that are chosen; with another number of them look for all that look alike."""
    from coi_desktop.operations import merging

    if not desk.routes.flush():
        return
    if len(chosen) == 2:
        merge_two(desk, chosen[0], chosen[1])
        return
    job = merging.find_duplicates(desk.register)
    desk.runner.run(Work(_("Looking for duplicates"), job, partial(_show, desk)))


def merge_two(desk: Desk, keep_id: str, other_id: str) -> bool:
    """Compare two initiatives and make one of them; False when the user turned away."""
    from coi_desktop.operations.merging import merge
    from coi_desktop.ui.dialogs.merge_dialog import MergeDialog

    dialog = MergeDialog(desk, keep_id, other_id)
    if not desk.prompts.ask_dialog(dialog):
        return False
    done = merge(desk.register, dialog.plan)
    desk.routes.show_record("initiatives", done.keep_id)
    desk.notices.show_done(
        _("Merged into “{title}”; the other one is in the trash.").format(title=isolated(done.title)),
        [undo_step(desk)],
    )
    return True


def _show(desk: Desk, pairs: tuple[Pair, ...]) -> None:
    from coi_desktop.ui.dialogs.duplicates_dialog import DuplicatesDialog

    desk.prompts.ask_dialog(DuplicatesDialog(desk, pairs, partial(merge_two, desk)))
