"""Workbooks of the portfolio and of one initiative, written as jobs over frozen records."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from coi_desktop.exchange.file_names import safe_file_name
from coi_desktop.exchange.guide_rows import GuideNotes
from coi_desktop.exchange.initiative_workbook import InitiativeContent, write_initiative_workbook
from coi_desktop.exchange.portfolio_workbook import PortfolioContent, write_portfolio_workbook
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_writer import WorkbookFacts
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.clock import Clock, now, today
from coi_desktop.models.portfolio_figures import initiative_figures, portfolio_figures
from coi_desktop.models.progress import Job, Progress, spoken
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.frozen_records import frozen, get_initiative
from coi_desktop.operations.library import words_of
from coi_desktop.operations.targets import check_target
from coi_desktop.operations.workbook_notes import guide_notes
from coi_desktop.store.register import Register

WORKBOOK_SUFFIX = ".xlsx"


def export_workbook(
    source: Register | Snapshot,
    path: Path,
    initiative_id: str | None = None,
    *,
    language: str | None = None,
    clock: Clock = now,
    chosen: Sequence[str] | None = None,
    selection: str = "",
) -> Job[WorkbookReport]:
    """Write the workbook of one initiative, of the whole portfolio, or of the ``chosen`` part of it, to
    ``path``; ``selection`` says in words what they were chosen by.

    ``language`` is that of the file (the one spoken now unless given). The figures are those of the moment
    the job begins. Stopped before its end the job leaves an older file byte for byte. Problems:
    ``no_such_record``, ``target_locked``, ``wrong_target``, ``unwritable``, ``too_many_rows``.
    """
    check_target(path, WORKBOOK_SUFFIX, *([source.path] if isinstance(source, Register) else []))
    job = (
        _write_portfolio(source, chosen, selection, path, clock)
        if initiative_id is None
        else _write_initiative(source, initiative_id, path, clock)
    )
    return spoken(language or current_language(), job)


def remarks_on(report: WorkbookReport) -> tuple[str, ...]:
    """What a person should know about a workbook that was written, in sentences; none for most."""
    said: list[str] = []
    if report.continued:
        said.append(_("Texts too long for a cell go on on the sheet of notes."))
    if report.as_text:
        said.append(_("Numbers or dates that no cell can hold stand as text."))
    if report.personal:
        said.append(
            ngettext(
                "{count} cell holds what looks like a civil registration number; the last sheet says where.",
                "{count} cells hold what looks like a civil registration number; the last sheet says where.",
                report.personal,
            ).format(count=report.personal)
        )
    return tuple(said)


def proposed_name(title: str = "", *, clock: Clock = now, suffix: str = WORKBOOK_SUFFIX) -> str:
    """A name for a file on an initiative or the portfolio: ``2026-11-22 Skærmbesøg i hjemmeplejen.xlsx``."""
    name = safe_file_name(title or _("Portfolio"))
    return f"{today(clock).isoformat()} {name}{suffix}"


def _write_initiative(
    source: Register | Snapshot, initiative_id: str, path: Path, clock: Clock
) -> Job[WorkbookReport]:
    yield Progress(0, 0, _("Gathering"))
    snapshot = frozen(source, [initiative_id])
    initiative = get_initiative(snapshot, initiative_id)
    yield Progress(0, 0, initiative.text("title"))
    catalogue = figures_catalogue()
    figures = initiative_figures(snapshot, initiative, catalogue, today=today(clock))
    evaluation = figures.evaluation
    content = InitiativeContent(
        snapshot, initiative, evaluation, figures.evaluations, catalogue, words_of(snapshot),
        GuideNotes() if evaluation is None else guide_notes(snapshot, initiative, evaluation),
    )  # fmt: skip
    facts = _facts(initiative.text("title"), snapshot, clock)
    report = yield from write_initiative_workbook(content, path, facts)
    return report


def _write_portfolio(
    source: Register | Snapshot, chosen: Sequence[str] | None, selection: str, path: Path, clock: Clock
) -> Job[WorkbookReport]:
    yield Progress(0, 0, _("Gathering"))
    snapshot = frozen(source, chosen, selection)
    yield Progress(0, 0, _("Gathering"))
    catalogue = figures_catalogue()
    figures = portfolio_figures(snapshot, catalogue, today=today(clock))
    content = PortfolioContent(snapshot, figures, catalogue, words_of(snapshot))
    report = yield from write_portfolio_workbook(content, path, _facts(_("Portfolio"), snapshot, clock))
    return report


def _facts(title: str, snapshot: Snapshot, clock: Clock) -> WorkbookFacts:
    return WorkbookFacts(title, snapshot.unit_name, clock().astimezone(), program_version())


def program_version() -> str:
    """The version of the program, or a dash where it runs without being installed."""
    try:
        return metadata.version("coi-desktop")
    except metadata.PackageNotFoundError:
        return "–"
