"""Backups from the window: before something large, on request, to a second place, and back again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.stopping import Stop, never
from coi_desktop.operations.backups import BackupDone, FoundBackup, back_up, keep_backup
from coi_desktop.settings import Settings
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.destinations import ask_folder
from coi_desktop.ui.jobs import Runner, Work
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.opening import show_folder
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind

KEY, KEY_ELSEWHERE = "backup", "backup elsewhere"


def second_place(settings: Settings) -> Path | None:
    """The folder that backups are copied to, or None."""
    chosen = settings.get("backup_place")
    return Path(chosen) if chosen else None


def keep(
    desk: Desk,
    reason: Reason,
    *,
    runner: Runner | None = None,
    stop: Stop = never,
    aloud: bool = False,
    holds: bool = False,
) -> None:
    """Write a backup of the register off the UI thread if it has changed; ``aloud`` tells of it when done,
    ``holds`` has editing wait for it.

    One that cannot be written is told of in a quiet notice, and does not keep what follows from being done.
    """
    job = keep_backup(
        desk.register.path,
        reason,
        elsewhere=second_place(desk.settings),
        clock=desk.register.clock,
        stop=stop,
    )
    again = partial(keep, desk, Reason.ASKED, aloud=True)
    (runner or desk.runner).run(
        Work(
            _("Writing a backup"),
            job,
            partial(_kept, desk, aloud=aloud),
            lambda problem: _not_kept(desk, problem, again),
            writes=holds,
        )
    )


def keep_before(desk: Desk, reason: Reason) -> None:
    """Queue a backup before the work that is run next: an import, a change of many, a merge."""
    keep(desk, reason, holds=True)


def _kept(desk: Desk, done: BackupDone | None, *, aloud: bool) -> None:
    desk.notices.clear(KEY)
    desk.routes.show_backup()
    if done is None:
        if aloud:
            desk.notices.show_done(_("There is nothing in the register yet to back up."))
        return
    if done.elsewhere is None:
        desk.notices.clear(KEY_ELSEWHERE)
    else:
        desk.notices.show_problem(done.elsewhere, partial(keep, desk, Reason.ASKED), key=KEY_ELSEWHERE)
    remarks = done.remarks()
    if remarks:
        desk.notices.show_done(" ".join(remarks))
    elif aloud:
        when = format_datetime(done.manifest.written.astimezone(), current_language())
        desk.notices.show_done(_("A checked backup holds all that is here ({when}).").format(when=when))


def _not_kept(desk: Desk, problem: Problem, again: partial[None]) -> None:
    if problem.code == "busy":  # somebody else is writing one
        return
    desk.notices.show_problem(problem, again, key=KEY)


def choose_second_place(desk: Desk) -> bool:
    """Ask for the folder that backups are copied to, and copy the newest there; False when turned away.

    Raises Problem ``same_place``.
    """
    folder = desk.prompts.ask_folder(_("A second place for backups"), second_place(desk.settings))
    if folder is None:
        return False
    if folder.is_relative_to(paths.backup_folder()):
        raise _same_place(folder)
    desk.settings.set("backup_place", str(folder))
    desk.settings.save()
    keep(desk, Reason.ASKED, aloud=True)
    return True


def _same_place(folder: Path) -> Problem:
    return Problem(
        _("The backups lie in {name} already.").format(name=isolated(folder.name)),
        meaning=_("A second place there would be lost together with the first; nothing was changed."),
        advice=_("Choose a folder outside this computer, on the network or in OneDrive."),
        code="same_place",
    )


def write_copy(desk: Desk) -> None:
    """Ask where, and write a checked copy of the register there, beside the backups that are kept."""
    if not desk.routes.flush():
        return
    path = desk.register.path
    name = f"{path.stem} {desk.register.clock().astimezone():%Y-%m-%d %H.%M}{paths.SUFFIX}"
    kind = FileKind(_("Register"), (paths.SUFFIX,))
    target = desk.prompts.ask_save_path(_("Write a backup"), [kind], paths.backup_folder() / name)
    if target is None:
        return

    def told(written: Path) -> None:
        desk.routes.show_backup()
        said = _("A checked backup was written to {name}.").format(name=isolated(written.name))
        desk.notices.show_done(said)

    desk.runner.run(Work(_("Writing a backup"), back_up(desk.register, target), told))


def export_all(desk: Desk) -> None:
    """Ask for a folder, and write everything in the register into a new one in it."""
    from coi_desktop.operations.full_exports import FullExport, export_all, missing_remark, proposed_folder

    if not desk.routes.flush():
        return
    folder = ask_folder(desk, _("Export all as files"))
    if folder is None:
        return
    path, clock = desk.register.path, desk.register.clock
    target = folder / proposed_folder(path, taken=folder, clock=clock)

    def told(done: FullExport) -> None:
        said = _("Everything was written to the folder {name}.").format(name=isolated(done.folder.name))
        steps = [NextStep(_("Show &folder"), partial(show_folder, done.folder))]
        desk.notices.show_done(" ".join(filter(None, (said, missing_remark(done)))), steps)

    desk.runner.run(Work(_("Writing everything as files"), export_all(path, target, clock=clock), told))


def restore(desk: Desk) -> None:
    """Show the backups and what they differ in, and put the chosen one in the place of the register."""
    from coi_desktop.operations.backups import find_backups
    from coi_desktop.ui.dialogs.restore_dialog import RestoreDialog

    if not desk.routes.flush():
        return
    found = find_backups(desk.register.path)
    dialog = RestoreDialog(desk, found, second_place(desk.settings))
    if desk.prompts.ask_dialog(dialog) and dialog.chosen is not None:
        _prepare(desk, dialog.chosen)


def _prepare(desk: Desk, found: FoundBackup) -> None:
    from coi_desktop.operations.restores import prepare_restore

    again = partial(_prepare, desk, found)
    job = prepare_restore(desk.register.path, found, clock=desk.register.clock)
    desk.runner.run(
        Work(
            _("Restoring the backup"),
            job,
            desk.routes.restore_register,
            lambda problem: desk.notices.show_problem(problem, again, key="restore"),
            writes=True,
        )
    )


def restore_steps(desk: Desk) -> list[NextStep]:
    """What is offered beside a damaged register."""
    return [NextStep(_("&Restore a backup…"), partial(restore, desk))]


def restore_choice(found: FoundBackup) -> str:
    """What restoring the newest backup is called where the register cannot be opened."""
    when = format_datetime(found.manifest.written.astimezone(), current_language())
    return _("&Restore the backup of {when}").format(when=when)


def restored_words(name: str) -> str:
    """What is said in the window of the restored register."""
    return _(
        "{name} holds the backup now. What it replaced is kept: choose it among the backups to have it back."
    ).format(name=isolated(name))
