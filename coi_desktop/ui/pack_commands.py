"""Sharing and taking in case packs from the window's menus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.import_report import Outcome
from coi_desktop.models.text import format_number
from coi_desktop.ui.backup_commands import keep_before
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.destinations import ask_file
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind
from coi_desktop.ui.undoing import undo_step

if TYPE_CHECKING:
    from coi_desktop.operations.outgoing_files import OutgoingFile
    from coi_desktop.operations.packs import SharePreview

SUFFIX = ".coipack"


def import_pack(desk: Desk) -> None:
    """Ask for a pack, and show what it would bring before anything is taken in."""
    path = desk.prompts.ask_open_path(_("Import case pack"), [_pack_kind()])
    if path is not None:
        preview_pack(desk, path)


def preview_pack(desk: Desk, path: Path) -> None:
    """Read a pack off the UI thread and show its preview."""
    from coi_desktop.operations.pack_imports import preview_pack_import

    if desk.routes.flush():
        job = preview_pack_import(desk.register, path)
        desk.runner.run(Work(_("Reading the case pack"), job, lambda plan: _show_preview(desk, path, plan)))


def _show_preview(desk: Desk, path: Path, plan: object) -> None:
    from coi_desktop.models.pack_plan import PackPlan
    from coi_desktop.operations.pack_imports import apply_pack_import
    from coi_desktop.ui.dialogs.pack_preview import PackPreview

    if not isinstance(plan, PackPlan):
        raise TypeError(f"{plan!r} is no plan")
    dialog = PackPreview(desk, plan)
    if not desk.prompts.ask_dialog(dialog) or not desk.routes.flush():
        return
    keep_before(desk, Reason.IMPORT)
    desk.runner.run(
        Work(
            _("Importing the cases"),
            apply_pack_import(desk.register, dialog.plan, path),
            lambda done: _imported(desk, done),
            writes=True,
        )
    )


def _imported(desk: Desk, done: object) -> None:
    from coi_desktop.operations.pack_imports import PackImport

    if not isinstance(done, PackImport):
        raise TypeError(f"{done!r} is no import")
    desk.register.catch_up(done.changes)
    count = done.report.count(Outcome.NEW) + done.report.count(Outcome.UPDATED)
    desk.notices.show_done(
        ngettext("{count} case was imported.", "{count} cases were imported.", count).format(
            count=format_number(count, current_language())
        ),
        [
            NextStep(_("&Show them"), lambda: desk.routes.show_place("cases")),
            undo_step(desk),
        ],
    )


def share_pack(desk: Desk) -> None:
    """Share the chosen initiative as a pack: what leaves is shown first, then asked where it goes."""
    from coi_desktop.operations.packs import gather_share

    initiative_id = desk.routes.current_initiative()
    if not initiative_id or not desk.routes.flush():
        return
    desk.runner.run(
        Work(
            _("Share as case pack"),
            gather_share(desk.register, [initiative_id]),
            lambda gathered: _show_share(desk, initiative_id, *gathered),
        )
    )


def _show_share(
    desk: Desk, initiative_id: str, preview: SharePreview, files: tuple[OutgoingFile, ...]
) -> None:
    from coi_desktop.operations.packs import export_pack
    from coi_desktop.ui.dialogs.share_preview import SharePreviewDialog

    dialog = SharePreviewDialog(preview, files)
    if not desk.prompts.ask_dialog(dialog):
        return
    name = f"{_file_name(preview.cases[0].content.title)}{SUFFIX}"
    path = ask_file(desk, _("Share as case pack"), [_pack_kind()], name)
    if path is None:
        return
    job = export_pack(desk.register, path, [initiative_id], attachments=dialog.chosen)
    desk.runner.run(Work(_("Writing the case pack"), job, lambda done: _shared(desk, done), writes=True))


def _shared(desk: Desk, done: object) -> None:
    from coi_desktop.operations.packs import ShareReport

    if not isinstance(done, ShareReport):
        raise TypeError(f"{done!r} is no report")
    desk.register.catch_up(done.changes)
    desk.notices.show_done(_("The case pack {name} was written.").format(name=isolated(done.path.name)))


def _file_name(title: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:80] or _("Case pack")


def _pack_kind() -> FileKind:
    return FileKind(_("Case pack"), (SUFFIX,))
