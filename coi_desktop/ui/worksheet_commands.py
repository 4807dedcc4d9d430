"""Dialogue sheets from the window: written into a folder, and taken back after a look at what differs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.text import format_number
from coi_desktop.ui.backup_commands import keep_before
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.destinations import ask_folder, last_folder
from coi_desktop.ui.export_commands import run_export
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.opening import show_folder
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind
from coi_desktop.ui.undoing import undo_step

if TYPE_CHECKING:
    from coi_desktop.models.printout import Printout
    from coi_desktop.models.progress import Job
    from coi_desktop.models.returned_worksheets import ReturnedWorksheets
    from coi_desktop.models.worksheet_return import WorksheetReturn


def export_sheets(desk: Desk, evaluation_id: str) -> None:
    """Ask which sheets of an evaluation, in which forms and into which folder; and write them."""
    from coi_desktop.operations import worksheets
    from coi_desktop.operations.evaluations import load_evaluation
    from coi_desktop.ui.dialogs.worksheets_dialog import WorksheetsDialog

    if not desk.routes.flush():
        return
    dialog = WorksheetsDialog(desk, worksheets.sheets_of(load_evaluation(desk.register, evaluation_id)))
    if not desk.prompts.ask_dialog(dialog):
        return
    wanted = dialog.wanted
    folder = ask_folder(desk, _("Dialogue sheets"))
    if folder is None:
        return
    family = QGuiApplication.font().family()

    def make_pages(printout: Printout) -> Job[bytes]:
        from coi_desktop.ui.printing.page_painter import make_pdf

        return make_pdf(printout, family)

    run_export(
        desk,
        _("Writing the dialogue sheets"),
        lambda: worksheets.export_worksheets(
            desk.register,
            evaluation_id,
            folder,
            wanted.formats,
            make_pages=make_pages,
            steps=wanted.steps,
            is_blank=wanted.is_blank,
            paper=wanted.paper,
            language=wanted.language,
        ),
        partial(_told, desk, folder),
    )


def _told(desk: Desk, folder: Path, written: Sequence[Path]) -> None:
    count = len(written)
    text = ngettext(
        "{count} file was written to {folder}.", "{count} files were written to {folder}.", count
    ).format(count=format_number(count, current_language()), folder=isolated(folder.name or str(folder)))
    desk.notices.show_done(text, [NextStep(_("Show &folder"), partial(show_folder, written[0]))])


def choose_sheets(desk: Desk, evaluation_id: str) -> None:
    """Ask for a workbook of dialogue sheets of this evaluation, and take it back."""
    kinds = [FileKind(_("Workbook"), (".xlsx",))]
    path = desk.prompts.ask_open_path(_("Take in dialogue sheets"), kinds, last_folder(desk))
    if path is not None and desk.routes.flush():
        take_sheets_back(desk, path, evaluation_id)


def take_sheets_back(desk: Desk, path: Path, evaluation_id: str = "") -> None:
    """Read sheets that came back, show what they would change, and take them in as one step."""
    from coi_desktop.operations.worksheets import plan_returned_worksheets, read_worksheet_book

    def plan(book: ReturnedWorksheets) -> None:
        job = plan_returned_worksheets(desk.register, book)
        desk.runner.run(Work(_("Comparing with the register"), job, partial(_review, desk, book)))

    job = read_worksheet_book(desk.register, path, evaluation_id)
    desk.runner.run(Work(_("Reading the workbook"), job, plan))


def _review(desk: Desk, book: ReturnedWorksheets, returned: WorksheetReturn) -> None:
    from coi_desktop.operations.worksheets import apply_returned_worksheets
    from coi_desktop.ui.dialogs.return_preview import PreviewWords, ReturnPreview

    if not returned.plan.rows and not returned.plan.problems:
        desk.notices.show_done(_("The sheets say what the evaluation says; nothing was changed."))
        return
    words = PreviewWords(
        _("Take in dialogue sheets"),
        _("Where"),
        _("New row"),
        _("Cells, rows and sheets that are missing in the workbook change nothing."),
        returned.remark,
    )
    dialog = ReturnPreview(desk, returned.plan, words=returned.words, said=words)
    if desk.prompts.ask_dialog(dialog):
        keep_before(desk, Reason.IMPORT)
        job = apply_returned_worksheets(desk.register, book, dialog.decisions)
        work = Work(_("Taking in the workbook"), job, partial(_taken_in, desk), writes=True)
        desk.runner.run(work)


def _taken_in(desk: Desk, done: object) -> None:
    from coi_desktop.operations.worksheets import WorksheetsDone

    if not isinstance(done, WorksheetsDone):
        raise TypeError(f"{done!r} took nothing in")
    desk.register.catch_up(done.changes)
    desk.notices.show_done(_("The dialogue sheets were taken in."), [undo_step(desk)])
