"""Another edition of the register, put aside by a synchronising program: compared, reviewed, brought over."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from coi_desktop import paths
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.text import format_number
from coi_desktop.ui.backup_commands import keep_before
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.prompts import FileKind
from coi_desktop.ui.undoing import undo_step


def choose_edition(desk: Desk) -> None:
    """Ask for the other edition and compare it."""
    kind = FileKind(_("Register"), (paths.SUFFIX,))
    path = desk.prompts.ask_open_path(_("Bring over from another edition"), [kind], desk.register.path.parent)
    if path is not None:
        compare_with(desk, path)


def compare_with(desk: Desk, path: Path) -> None:
    """Show what the edition at ``path`` has that this register has not, and bring it over as one step."""
    from coi_desktop.operations.other_editions import compare_edition

    if desk.routes.flush():
        job = compare_edition(desk.register, path)
        desk.runner.run(Work(_("Comparing the editions"), job, partial(_review, desk, path)))


def _review(desk: Desk, path: Path, compared: object) -> None:
    from coi_desktop.models.edition_lines import ComparedEdition
    from coi_desktop.operations.other_editions import bring_over
    from coi_desktop.ui.dialogs.edition_preview import EditionPreview

    if not isinstance(compared, ComparedEdition):
        raise TypeError(f"{compared!r} compares nothing")
    if compared.plan.is_nothing:
        desk.notices.show_done(" ".join((compared.sentence(), *compared.remarks())))
        return
    dialog = EditionPreview(compared)
    if desk.prompts.ask_dialog(dialog):
        keep_before(desk, Reason.IMPORT)
        job = bring_over(desk.register, path, dialog.decisions)
        desk.runner.run(Work(_("Bringing over"), job, partial(_brought_over, desk), writes=True))


def _brought_over(desk: Desk, done: object) -> None:
    from coi_desktop.operations.other_editions import BroughtOver

    if not isinstance(done, BroughtOver):
        raise TypeError(f"{done!r} brought nothing over")
    desk.register.catch_up(done.changes)
    count = len(done.changes.rows) if done.changes is not None else 0
    desk.notices.clear("conflict")
    desk.notices.show_done(
        ngettext(
            "{count} record was brought over. The other file lies where it was; remove it when you no longer "
            "need it.",
            "{count} records were brought over. The other file lies where it was; remove it when you no "
            "longer need it.",
            count,
        ).format(count=format_number(count, current_language())),
        [undo_step(desk)],
    )
