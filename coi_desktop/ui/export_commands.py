"""Workbooks and charts from the window's menus: asked for, written off the UI thread, told of when done.

Nothing here changes the register, so that it works in one that is open for reading as well.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext, speaking
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.progress import Job
from coi_desktop.models.text import format_number
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.destinations import ask_file, ask_folder
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.opening import open_written, show_folder
from coi_desktop.ui.plain import isolated, menu_text
from coi_desktop.ui.prompts import FileKind

_KEY = "export"


def export_workbook(desk: Desk, *, of_initiative: bool = False) -> None:
    """Ask what of the register goes into a workbook, in which language and where; and write it."""
    from coi_desktop.operations import exports
    from coi_desktop.ui.dialogs.export_dialog import ExportDialog

    if not desk.routes.flush():
        return
    dialog = ExportDialog(desk, _("Export workbook"), of_initiative=of_initiative)
    if not desk.prompts.ask_dialog(dialog):
        return
    chosen = dialog.export
    kind = FileKind(_("Workbook"), (exports.WORKBOOK_SUFFIX,))
    with speaking(chosen.language):
        name = exports.proposed_name(
            chosen.title or _("Steering group – Portfolio"), clock=desk.register.clock
        )
        selection = chosen.shown.describe() if chosen.shown else ""
    path = ask_file(desk, _("Export workbook"), [kind], name)
    if path is None:
        return
    clock = desk.register.clock
    run_export(
        desk,
        _("Writing the workbook"),
        lambda: exports.export_workbook(
            desk.register,
            path,
            chosen.initiative_id,
            language=chosen.language,
            clock=clock,
            chosen=chosen.shown.ids if chosen.shown else None,
            selection=selection,
        ),
        lambda report: tell_of_file(desk, report.path, exports.remarks_on(report)),
        partial(tell_of_file, desk),
    )


def export_register(desk: Desk) -> None:
    """Ask where the register goes as a sheet to be changed in Excel and taken back; and write it."""
    from coi_desktop.operations import exports, register_sheets

    if not desk.routes.flush():
        return
    name = exports.proposed_name(_("The register for Excel"), clock=desk.register.clock)
    kind = FileKind(_("Workbook"), (exports.WORKBOOK_SUFFIX,))
    path = ask_file(desk, _("Export to be changed in Excel"), [kind], name)
    if path is None:
        return
    run_export(
        desk,
        _("Writing the workbook"),
        lambda: register_sheets.export_register_sheet(desk.register, path),
        lambda report: tell_of_file(
            desk, report.path, (_("Take it back with Import list…"), *exports.remarks_on(report))
        ),
        partial(tell_of_file, desk),
    )


def save_charts(desk: Desk) -> None:
    """Ask which charts, in which forms and into which folder; and write them."""
    from coi_desktop.operations import charts
    from coi_desktop.ui.dialogs.export_dialog import ExportDialog

    if not desk.routes.flush():
        return
    dialog = ExportDialog(desk, _("Save charts"), of_initiative=False, with_formats=True)
    if not desk.prompts.ask_dialog(dialog):
        return
    chosen = dialog.export
    folder = ask_folder(desk, _("Save charts"))
    if folder is None:
        return
    run_export(
        desk,
        _("Writing the charts"),
        lambda: charts.export_charts(
            desk.register,
            folder,
            chosen.initiative_id,
            chosen.formats,
            language=chosen.language,
            clock=desk.register.clock,
        ),
        partial(_told_of_charts, desk, folder),
    )


def save_chart(desk: Desk, figure: ChartFigure) -> None:
    """Ask where and in which form one chart is to be written, and write it there."""
    from coi_desktop.operations import charts, exports

    kinds = [FileKind(_("Picture"), (".png",)), FileKind("SVG", (".svg",)), FileKind("PDF", (".pdf",))]
    name = exports.proposed_name(figure.title, clock=desk.register.clock, suffix=".png")
    path = ask_file(desk, _("Save chart"), kinds, name)
    if path is None:
        return
    told = partial(tell_of_file, desk)
    run_export(desk, _("Writing the chart"), lambda: charts.save_chart(figure, path), told, told)


def show_export_problem(
    desk: Desk,
    problem: Problem,
    retry: Callable[[], object],
    told: Callable[[Path], object] | None = None,
) -> None:
    """Show a problem of writing files, with another try.

    With ``told`` (who hears where the file lies in the end) a finished file that only waits for its place is
    not made again: it is put there at the next try, or beside it under a free name. Without, the retry makes
    everything anew.
    """
    from coi_desktop.operations import finished_files

    waiting = finished_files.find_finished(problem)
    if waiting is None or told is None:
        if waiting is not None:
            finished_files.drop_finished(waiting)
        desk.notices.show_problem(problem, retry, key=_KEY)
        return
    atexit.register(finished_files.drop_finished, waiting)

    def put(into_place: Callable[[finished_files.FinishedFile], Path]) -> None:
        try:
            path = into_place(waiting)
        except Problem as again:
            show_export_problem(desk, again, retry, told)
            return
        told(path)

    name = waiting.proposal.name
    beside = NextStep(
        _("&Save as “{name}”").format(name=menu_text(name)), lambda: put(finished_files.put_beside)
    )
    desk.notices.show_problem(problem, lambda: put(finished_files.put_finished), _KEY, [beside])


def run_export(
    desk: Desk,
    title: str,
    make_job: Callable[[], Job[Any]],
    on_result: Callable[[Any], None],
    told: Callable[[Path], object] | None = None,
) -> None:
    """Run the job, and offer to run it anew when it meets a problem."""
    desk.notices.clear(_KEY)

    def again() -> None:
        run_export(desk, title, make_job, on_result, told)

    def on_problem(problem: Problem) -> None:
        show_export_problem(desk, problem, again, told)

    try:
        job = make_job()
    except Problem as problem:
        on_problem(problem)
        return
    desk.runner.run(Work(title, job, on_result, on_problem))


def tell_of_file(desk: Desk, path: Path, remarks: Sequence[str] = ()) -> None:
    """Say where the file lies and what is worth knowing about it, and offer to open it."""
    desk.notices.show_done(
        " ".join((_("{name} was written.").format(name=isolated(path.name)), *remarks)),
        [
            NextStep(_("&Open"), partial(_open, desk, open_written, path)),
            NextStep(_("Show &folder"), partial(_open, desk, show_folder, path)),
        ],
    )


def _told_of_charts(desk: Desk, folder: Path, written: Sequence[Path]) -> None:
    if not written:
        desk.notices.show_done(_("There is nothing to draw a chart of yet; no file was written."))
        return
    count = len(written)
    desk.notices.show_done(
        ngettext(
            "{count} chart file was written to {folder}.",
            "{count} chart files were written to {folder}.",
            count,
        ).format(count=format_number(count, current_language()), folder=isolated(folder.name or str(folder))),
        [NextStep(_("Show &folder"), partial(_open, desk, show_folder, folder))],
    )


def _open(desk: Desk, run: Callable[[Path], None], path: Path) -> None:
    try:
        run(path)
    except Problem as problem:
        desk.notices.show_problem(problem, key=_KEY)
