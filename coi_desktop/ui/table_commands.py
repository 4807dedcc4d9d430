"""Taking in a list from the window's menu: read off the UI thread, reviewed, applied as one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.import_report import Outcome
from coi_desktop.models.tables import Table
from coi_desktop.models.text import format_number
from coi_desktop.ui.backup_commands import keep_before
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind
from coi_desktop.ui.undoing import undo_step

if TYPE_CHECKING:
    from coi_desktop.models.progress import Job
    from coi_desktop.operations.privacy_checks import ColumnFinding

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".xls", ".xlsb", ".ods", ".txt")


def import_table(desk: Desk) -> None:
    """Ask for a list, and show how it would be read before anything is taken in; a sheet of our own that
    comes back is compared with the register.
    """
    from coi_desktop.operations.register_sheets import is_register_sheet
    from coi_desktop.operations.worksheets import is_worksheet_book
    from coi_desktop.ui.sheet_commands import take_back
    from coi_desktop.ui.worksheet_commands import take_sheets_back

    path = desk.prompts.ask_open_path(_("Import list"), [FileKind(_("Lists"), SUFFIXES)])
    if path is None or not desk.routes.flush():
        return
    if is_register_sheet(path):
        take_back(desk, path)
    elif is_worksheet_book(path):
        take_sheets_back(desk, path)
    else:
        desk.runner.run(Work(_("Reading the list"), _read(path), partial(_review, desk, path)))


def _read(path: Path) -> Job[tuple[Table, tuple[ColumnFinding, ...]]]:
    """The list, and what it holds of personal data."""
    from coi_desktop.operations.privacy_checks import check_table
    from coi_desktop.operations.table_imports import read_table

    table = yield from read_table(path)
    return table, (yield from check_table(table))


def _review(desk: Desk, path: Path, read: tuple[Table, tuple[ColumnFinding, ...]]) -> None:
    from coi_desktop.operations.table_imports import apply_table_import, suggest_mapping, write_rejects
    from coi_desktop.ui.dialogs.table_import import TableImportDialog

    def hand_back(actions: tuple[object, ...]) -> None:
        purpose = _("to be corrected")
        suggested = path.with_name(f"{path.stem} – {purpose}.xlsx")
        target = desk.prompts.ask_save_path(
            _("Hand back rows"), [FileKind(_("Workbook"), (".xlsx",))], suggested
        )
        if target is not None:
            source = suggestion.mapping.source
            count = write_rejects(target, table, actions, source)  # type: ignore[arg-type]  # RowActions
            desk.notices.show_done(
                ngettext(
                    "{count} row was written to {name}.", "{count} rows were written to {name}.", count
                ).format(count=count, name=isolated(target.name))
            )

    table, findings = read
    suggestion, remembered = suggest_mapping(desk.register, table)
    dialog = TableImportDialog(desk, table, suggestion, remembered, hand_back, findings=findings)
    if not desk.prompts.ask_dialog(dialog) or dialog.plan is None:
        return
    keep_before(desk, Reason.IMPORT)
    job = apply_table_import(desk.register, dialog.plan, dialog.decisions, suggestion.unmapped)
    desk.runner.run(Work(_("Importing the list"), job, partial(_imported, desk), writes=True))


def _imported(desk: Desk, done: object) -> None:
    from coi_desktop.operations.table_imports import TableImport

    if not isinstance(done, TableImport):
        raise TypeError(f"{done!r} is no import")
    desk.register.catch_up(done.changes)
    count = done.report.count(Outcome.NEW) + done.report.count(Outcome.UPDATED)
    desk.notices.show_done(
        ngettext("{count} row was imported.", "{count} rows were imported.", count).format(
            count=format_number(count, current_language())
        ),
        [undo_step(desk)],
    )
