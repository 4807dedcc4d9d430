"""What is done with attachments in the window: files are copied by a job, rows written when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.attachment_kinds import Opening, Verdict
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import FILE_TYPES
from coi_desktop.models.records import Record
from coi_desktop.operations.attachment_files import (
    Source,
    StoredSources,
    copy_to_open,
    judge_attachment,
    limits_of,
    save_attachment,
    store_sources,
    suggested_name,
)
from coi_desktop.operations.attachments import Added, add_attachments, add_edition, remove_attachments
from coi_desktop.operations.file_check import FileFault, find_missing_files
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.destinations import ask_file
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.opening import open_copy, show_folder
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import Choice, FileKind
from coi_desktop.ui.undoing import undo_step

T = TypeVar("T")

_KEY = "attachments"
#: Attachments that came with a case pack.
_OF_CASES = "case_attachment"


def ask_and_add(desk: Desk, initiative_id: str, measurement_id: str | None = None) -> None:
    """Ask for files and attach them to the initiative, as evidence of a measurement where one is given."""
    paths = desk.prompts.ask_open_paths(_("Add attachments"))
    if paths:
        add_sources(desk, initiative_id, paths, measurement_id)


def add_sources(
    desk: Desk, initiative_id: str, sources: Sequence[Source], measurement_id: str | None = None
) -> None:
    """Store files and pictures and attach them, as one step."""
    if not sources or not desk.can_write or not desk.routes.flush():
        return
    job = store_sources(desk.register, sources, limits_of(desk.settings))

    def put(stored: StoredSources) -> None:
        added = add_attachments(desk.register, initiative_id, stored, measurement_id=measurement_id)
        _tell_added(desk, stored, added)

    _run(desk, _("Storing attachments"), job, put)


def insert_edition(desk: Desk, attachment: Record) -> None:
    """Ask for a file and put it in the place of an attachment, whose file is kept."""
    path = desk.prompts.ask_open_path(_("Insert new edition"), [])
    if path is None or not desk.routes.flush():
        return

    def put(stored: StoredSources) -> None:
        add_edition(desk.register, attachment.id, stored.files[0])
        text = _("A new edition of “{title}” was inserted; the old one stands below it.")
        title = shown_codes(attachment.text("title"))
        _tell(desk, text.format(title=isolated(title)), _warnings(stored))

    job = store_sources(desk.register, [path], limits_of(desk.settings))
    _run(desk, _("Storing attachments"), job, put)


def open_attachment(desk: Desk, attachment: Record) -> None:
    """Open a read-only copy; what may not be opened is named, and can be saved instead."""
    verdict = judge_attachment(desk.register, attachment)
    if verdict.opening is Opening.OPENS:
        job = copy_to_open(desk.register, attachment, desk.copies)
        _run(desk, _("Opening the attachment"), job, open_copy)
    elif _would_save(desk, attachment, verdict):
        save_as(desk, attachment)


def _would_save(desk: Desk, attachment: Record, verdict: Verdict) -> bool:
    title = isolated(shown_codes(attachment.text("title")))
    advice = (
        _("Save it only if you know who sent it and why.")
        if verdict.opening is not Opening.ONLY_SAVED
        else _("Save it to open it with a program of your own choice.")
    )
    text = "\n\n".join((_("“{title}” is not opened from here.").format(title=title), verdict.warning, advice))
    choices = [Choice("leave", _("&Leave it")), Choice("save", _("&Save as…"))]
    return desk.prompts.ask_choice(_("Attachment"), text, choices) == "save"


def save_as(desk: Desk, attachment: Record) -> None:
    """Ask where, and save a checked copy there; what came with a case pack is marked so on Windows."""
    name = suggested_name(attachment)
    suffix = Path(name).suffix
    kinds = [FileKind(_("Attachment"), (suffix,))] if suffix else []
    target = ask_file(desk, _("Save attachment"), kinds, name)
    if target is None:
        return

    def tell(path: Path) -> None:
        text = _("The attachment was saved as {name}.").format(name=isolated(shown_codes(path.name)))
        desk.notices.show_done(text, [NextStep(_("Show &folder"), partial(show_folder, path))])

    is_foreign = attachment.type_name == _OF_CASES
    job = save_attachment(desk.register, attachment, target, is_from_elsewhere=is_foreign)
    _run(desk, _("Saving the attachment"), job, tell)


def remove(desk: Desk, attachments: Sequence[Record]) -> None:
    """Remove attachments; their files stay for undo and the trash."""
    count = remove_attachments(desk.register, [one.id for one in attachments])
    text = ngettext("{count} attachment was removed.", "{count} attachments were removed.", count)
    desk.notices.show_done(text.format(count=count), [undo_step(desk)])


def look_for_missing_files(desk: Desk) -> None:
    """See, off the UI thread, whether every attachment has its file, and tell where one has not."""
    if not any(map(desk.register.count, FILE_TYPES)):
        return

    def tell(faults: tuple[FileFault, ...]) -> None:
        if faults:
            desk.notices.show_problem(_missing(desk.register, faults), key=_KEY)

    _run(desk, _("Checking attachments"), _find_missing(desk.register), tell)


def _find_missing(register: Register) -> Job[tuple[FileFault, ...]]:
    yield Progress(0, 0)
    with register.open_beside() as beside:
        return find_missing_files(beside)


def _missing(register: Register, faults: tuple[FileFault, ...]) -> Problem:
    count = len(faults)
    text = ngettext(
        "{count} attachment has no file: {titles}.", "{count} attachments have no file: {titles}.", count
    )
    titles = ", ".join(f"“{isolated(shown_codes(one.title))}”" for one in faults[:3])
    return Problem(
        text.format(count=count, titles=titles + (" …" if count > 3 else "")),
        meaning=_("The register itself is unchanged."),
        advice=_("Put the folder {folder} back beside the register, or restore a backup.").format(
            folder=isolated(register.files.folder.name)
        ),
        code="files",
    )


# ------------------------------------------------------------------------------------------------- pieces


def _run(desk: Desk, title: str, job: Job[T], on_result: Callable[[T], object]) -> None:
    """Run a job; what its end raises is told as what the job itself raises."""

    def take(result: T) -> None:
        try:
            on_result(result)
        except Problem as problem:
            desk.notices.show_problem(problem, key=_KEY)

    def tell(problem: Problem) -> None:
        desk.notices.show_problem(problem, key=_KEY)

    desk.runner.run(Work(title, job, take, tell))


def _tell_added(desk: Desk, stored: StoredSources, added: Added) -> None:
    count = len(added.ids)
    text = ngettext("{count} attachment was added.", "{count} attachments were added.", count)
    lines = [
        _("“{name}” is attached already.").format(name=isolated(shown_codes(name)))
        for name in added.stood_already
    ]
    _tell(desk, text.format(count=count), lines + _warnings(stored), can_undo=added.changes is not None)


def _warnings(stored: StoredSources) -> list[str]:
    lines = [problem.what for problem in stored.refused]
    for one in stored.files:
        name = isolated(shown_codes(one.name))
        if one.verdict.opening in (Opening.RUNS, Opening.MISNAMED):
            lines.append(f"“{name}”: {one.verdict.warning}")
        if any(finding.is_personal_number for finding in one.findings):
            text = _("“{name}” may hold a civil registration number, in its name or its text.")
            lines.append(text.format(name=name))
    return [*lines, *stored.notices]


def _tell(desk: Desk, text: str, warnings: Sequence[str], *, can_undo: bool = True) -> None:
    """What was done; with warnings it stays until it is closed."""
    steps = [undo_step(desk)] if can_undo else []
    desk.notices.clear(_KEY)
    if warnings:
        desk.notices.show_problem(Problem("\n".join((text, *warnings))), key=_KEY, steps=steps)
    else:
        desk.notices.show_done(text, steps)
