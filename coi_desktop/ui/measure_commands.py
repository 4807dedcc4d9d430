"""Taking in measurements from the window: read off the UI thread, reviewed, applied as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

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
    from collections.abc import Sequence

    from coi_desktop.models.measure_columns import MeasureTable
    from coi_desktop.models.progress import Job
    from coi_desktop.models.records import Record


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
        _read_then(desk, evaluation_id, path, partial(_review, desk, evaluation_id))


def _read_then(
    desk: Desk,
    evaluation_id: str,
    path: Path,
    then: Callable[[MeasureTable], None],
    on_problem: Callable[[Problem], None] | None = None,
) -> None:
    from coi_desktop.operations.measure_imports import indicators_of

    indicators = indicators_of(desk.register, evaluation_id)
    desk.runner.run(Work(_("Reading the list"), _read(path, indicators), then, on_problem))


def _read(path: Path, indicators: Sequence[Record]) -> Job[MeasureTable]:
    """The table, made ready for these indicators."""
    from coi_desktop.models.measure_columns import prepare_table
    from coi_desktop.operations.measure_imports import measure_words, read_measure_table

    table = yield from read_measure_table(path)
    return prepare_table(table, indicators, measure_words())


def _review(desk: Desk, evaluation_id: str, ready: MeasureTable) -> None:
    from coi_desktop.operations.measure_imports import apply_measure_import, suggest
    from coi_desktop.ui.dialogs.measure_import import MeasureImportDialog

    def fetch_first(take: Callable[[MeasureTable], None], refuse: Callable[[Problem], None]) -> None:
        path = desk.prompts.ask_open_path(_("The first round"), [FileKind(_("Lists"), SUFFIXES)])
        if path is not None:
            _read_then(desk, evaluation_id, path, take, refuse)

    suggestion, remembered = suggest(desk.register, evaluation_id, ready)
    dialog = MeasureImportDialog(desk, evaluation_id, ready, suggestion, remembered, fetch_first)
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
