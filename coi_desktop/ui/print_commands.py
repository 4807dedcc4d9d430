"""Printing and PDF from the menu: the list as it is shown, or the chosen initiative."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job, Progress
from coi_desktop.operations.exports import proposed_name
from coi_desktop.operations.printouts import PDF_SUFFIX, list_printout, write_pdf
from coi_desktop.operations.record_printout import initiative_printout
from coi_desktop.operations.views import selection_words
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.destinations import ask_file
from coi_desktop.ui.export_commands import run_export, tell_of_file
from coi_desktop.ui.pages.chosen_initiatives import ALL, ChosenInitiatives
from coi_desktop.ui.printing.page_painter import make_pdf
from coi_desktop.ui.prompts import Choice, FileKind

_LIST, _RECORD = "list", "record"


def print_out(desk: Desk, chosen: ChosenInitiatives, initiative_id: str, *, to_pdf: bool) -> None:
    """Ask what is to be printed where there is a choice, gather it, and show the preview or write the PDF."""
    if not desk.routes.flush():
        return
    what = _LIST
    if initiative_id:
        asked = desk.prompts.ask_choice(
            _("Save as PDF") if to_pdf else _("Print"),
            _("What do you want on paper?"),
            [
                Choice(_LIST, _("The &list as it is shown")),
                Choice(_RECORD, _("The &chosen initiative")),
            ],
        )
        if asked is None:
            return
        what = asked
    title, gather = _sources(desk, chosen, initiative_id)[what]
    if to_pdf:
        _save(desk, title, gather)
    else:
        run_export(desk, _("Making the pages ready"), gather, partial(_preview, desk))


def _sources(
    desk: Desk, chosen: ChosenInitiatives, initiative_id: str
) -> dict[str, tuple[str, Callable[[], Job[Printout]]]]:
    """A title for the file, and what gathers the printout, for the list and for the record."""
    register, showing = desk.register, chosen.showing
    name = _("Initiatives") if chosen.view_id == ALL else showing.name
    record = register.get("initiative", initiative_id).text("title") if initiative_id else ""
    return {
        _LIST: (
            name,
            lambda: list_printout(
                register,
                chosen.query,
                chosen.columns,
                title=name,
                selection=selection_words(register, showing._replace(name="")),
            ),
        ),
        _RECORD: (record, lambda: _at_once(initiative_printout(register, initiative_id))),
    }


def _at_once(printout: Printout) -> Job[Printout]:
    """A record is small: it is read before the job begins, on the thread of the window."""
    yield Progress(1, 1)
    return printout


def _preview(desk: Desk, printout: Printout) -> None:
    from coi_desktop.ui.printing.print_preview import PrintPreview

    preview = PrintPreview(printout)
    problems: list[Problem] = []
    preview.failed.connect(problems.append)
    desk.prompts.ask_dialog(preview)
    for problem in problems[-1:]:
        desk.notices.show_problem(problem, key="print")


def _save(desk: Desk, title: str, gather: Callable[[], Job[Printout]]) -> None:
    name = proposed_name(title, clock=desk.register.clock, suffix=PDF_SUFFIX)
    kind = FileKind("PDF", (PDF_SUFFIX,))
    path = ask_file(desk, _("Save as PDF"), [kind], name)
    if path is None:
        return
    told, language = partial(tell_of_file, desk), current_language()
    family = QGuiApplication.font().family()

    def make() -> Job[Path]:  # on the window's thread, as all that reads the register through its connection
        return write_pdf(path, language, _pages(gather(), family), desk.register.path)

    run_export(desk, _("Writing the PDF"), make, told, told)


def _pages(gathering: Job[Printout], family: str) -> Job[bytes]:
    printout = yield from gathering
    return (yield from make_pdf(printout, family))
