"""Taking in measurements from the window: read off the UI thread, reviewed, applied as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.import_report import Outcome
from coi_desktop.models.text import format_number
from coi_desktop.ui.backup_commands import keep_before
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.prompts import FileKind
from coi_desktop.ui.table_commands import SUFFIXES
from coi_desktop.ui.undoing import undo_step

if TYPE_CHECKING:
    from coi_desktop.models.measure_columns import MeasureSuggestion, MeasureTable
    from coi_desktop.models.progress import Job
    from coi_desktop.store.register import Register


def import_into_chosen(desk: Desk) -> None:
    """Take measurements into the newest evaluation of the chosen initiative; without measures go there."""
    from coi_desktop.operations.evaluations import find_evaluations

    if not desk.routes.flush():
        return
    initiative_id = desk.routes.current_initiative()
    found = find_evaluations(desk.register, initiative_id)
    if found and desk.register.children("indicator", found[0].id):
        import_measurements(desk, found[0].id)
        return
    desk.routes.show_record("evaluations", initiative_id, "indicators.indicators")
    desk.notices.show_done(_("Say first what you measure: add a measure here, with its baseline."))


def import_measurements(desk: Desk, evaluation_id: str) -> None:
    """Ask for a table, and show how it would be read before anything is taken in."""
    path = desk.prompts.ask_open_path(_("Import measurements"), [FileKind(_("Lists"), SUFFIXES)])
    if path is not None and desk.routes.flush():
        job = _read_and_suggest(desk.register, evaluation_id, path)
        desk.runner.run(Work(_("Reading the list"), job, partial(_review, desk, evaluation_id)))


class _Read(NamedTuple):
    """A table made ready, how its columns seem to be meant, and whether that was remembered."""

    ready: MeasureTable
    suggestion: MeasureSuggestion
    remembered: bool


def _read(register: Register, evaluation_id: str, path: Path) -> Job[MeasureTable]:
    """The table, made ready for the indicators of the evaluation."""
    from coi_desktop.operations.measure_imports import prepare, read_measure_table

    table = yield from read_measure_table(path)
    with register.open_beside() as beside:
        return prepare(beside, evaluation_id, table)


def _read_and_suggest(register: Register, evaluation_id: str, path: Path) -> Job[_Read]:
    from coi_desktop.operations.measure_imports import suggest_off_thread

    ready = yield from _read(register, evaluation_id, path)
    suggestion, remembered = yield from suggest_off_thread(register, evaluation_id, ready)
    return _Read(ready, suggestion, remembered)


def _review(desk: Desk, evaluation_id: str, read: _Read) -> None:
    from coi_desktop.operations.measure_imports import apply_measure_import
    from coi_desktop.ui.dialogs.measure_import import MeasureImportDialog

    def fetch_first(take: Callable[[MeasureTable], None], refuse: Callable[[Problem], None]) -> None:
        path = desk.prompts.ask_open_path(_("The first round"), [FileKind(_("Lists"), SUFFIXES)])
        if path is not None:
            job = _read(desk.register, evaluation_id, path)
            desk.runner.run(Work(_("Reading the list"), job, take, refuse))

    dialog = MeasureImportDialog(
        desk, evaluation_id, read.ready, read.suggestion, read.remembered, fetch_first
    )
    if not desk.prompts.ask_dialog(dialog) or dialog.plan is None:
        return
    keep_before(desk, Reason.IMPORT)
    job = apply_measure_import(desk.register, evaluation_id, dialog.plan, frozenset(dialog.taken))
    desk.runner.run(Work(_("Importing measurements"), job, partial(_imported, desk), writes=True))


def _imported(desk: Desk, done: object) -> None:
    from coi_desktop.operations.measure_imports import MeasureImport

    if not isinstance(done, MeasureImport):
        raise TypeError(f"{done!r} is no import")
    desk.register.catch_up(done.changes)
    count = done.report.count(Outcome.NEW) + done.report.count(Outcome.UPDATED)
    desk.notices.show_done(
        ngettext("{count} measurement was imported.", "{count} measurements were imported.", count).format(
            count=format_number(count, current_language())
        ),
        [undo_step(desk)],
    )
