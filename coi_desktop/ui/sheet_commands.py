"""A sheet of the register that comes back from Excel: read, compared, reviewed, taken in as one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.text import format_number
from coi_desktop.ui.backup_commands import keep_before
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.undoing import undo_step


def take_back(desk: Desk, path: Path) -> None:
    """Read a sheet that came back, show what it would change, and take it in as one step."""
    from coi_desktop.operations.register_sheets import plan_returned_sheet, read_returned_sheet

    def plan(sheet: object) -> None:
        job = plan_returned_sheet(desk.register, sheet)  # type: ignore[arg-type]  # what the job gave
        desk.runner.run(Work(_("Comparing with the register"), job, partial(_review, desk, sheet)))

    job = read_returned_sheet(desk.register, path)
    desk.runner.run(Work(_("Reading the workbook"), job, plan))


def _review(desk: Desk, sheet: object, plan: object) -> None:
    from coi_desktop.models.return_plan import ReturnPlan
    from coi_desktop.models.returned_sheet import ReturnedSheet
    from coi_desktop.operations.register_sheets import apply_returned_sheet
    from coi_desktop.ui.dialogs.return_preview import ReturnPreview

    if not isinstance(plan, ReturnPlan) or not isinstance(sheet, ReturnedSheet):
        raise TypeError(f"{plan!r} is no plan")
    if not plan.rows and not plan.problems:
        desk.notices.show_done(_("The workbook says what the register says; nothing was changed."))
        return
    dialog = ReturnPreview(desk, plan)
    if desk.prompts.ask_dialog(dialog):
        keep_before(desk, Reason.IMPORT)
        job = apply_returned_sheet(desk.register, sheet, dialog.decisions)
        desk.runner.run(Work(_("Taking in the workbook"), job, partial(_taken_in, desk), writes=True))


def _taken_in(desk: Desk, done: object) -> None:
    from coi_desktop.operations.register_sheets import ReturnDone

    if not isinstance(done, ReturnDone):
        raise TypeError(f"{done!r} took nothing in")
    desk.register.catch_up(done.changes)
    count = len(done.changes.keys("initiative")) if done.changes is not None else 0
    desk.notices.show_done(
        ngettext(
            "{count} initiative was changed from the workbook.",
            "{count} initiatives were changed from the workbook.",
            count,
        ).format(count=format_number(count, current_language())),
        [undo_step(desk)],
    )
