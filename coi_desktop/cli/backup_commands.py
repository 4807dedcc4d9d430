"""Commands about backups: write one, list them, restore one; everything as readable files."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import (
    FilePath,
    finish,
    json_option,
    reading,
    register_argument,
    write_json,
    write_table,
)
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.text import format_number


def elsewhere_option() -> click.Option:
    """The option --elsewhere: the second place for backups."""
    return click.Option(
        ["--elsewhere"], type=FilePath(), help=_("A second folder that backups are copied to.")
    )


def backup_command() -> click.Command:
    """``backup FILE [OUT]``"""

    @click.command(
        "backup",
        help=_("Write a checked copy of the register: to OUT, or without it into the folder of its backups."),
    )
    @register_argument()
    @click.argument("out", type=FilePath(), metavar="[OUT]", required=False)
    def backup(file: Path, out: Path | None, elsewhere: Path | None) -> None:
        from coi_desktop.models.backup_manifest import Reason
        from coi_desktop.operations import backups

        if out is not None:
            with reading(file) as register:
                click.echo(str(finish(backups.back_up(register, out))))
            return
        done = finish(backups.keep_backup(file, Reason.ASKED, elsewhere=elsewhere))
        if done is None:
            click.echo(_("There is nothing in the register yet; no backup was written."), err=True)
            return
        for remark in done.remarks():
            click.echo(remark, err=True)
        if not done.is_new:
            click.echo(_("Nothing has changed since the newest backup."), err=True)
        click.echo(str(backups.path_of(done.manifest)))
        if done.elsewhere is not None:
            raise done.elsewhere

    backup.params.append(elsewhere_option())
    return backup


def backups_command() -> click.Command:
    """``backups FILE``"""

    @click.command("backups", help=_("List the backups of a register, newest first."))
    @register_argument()
    @click.option("--check", is_flag=True, help=_("Read each backup whole, with its attachments."))
    @json_option()
    def backups(file: Path, elsewhere: Path | None, check: bool, as_json: bool) -> None:
        from coi_desktop.operations import backups as operations

        found = operations.find_backups(file, elsewhere)
        if as_json:
            write_json([_plain(one) for one in found])
        else:
            language = current_language()
            headings = (_("Number"), _("When"), _("Why"), _("Initiatives"), _("Revision"), _("Place"))
            rows = [
                (
                    str(one.manifest.sequence),
                    format_datetime(one.manifest.written.astimezone(), language),
                    one.manifest.reason.label(),
                    format_number(one.manifest.initiatives, language),
                    str(one.manifest.revision),
                    _("second place") if one.is_elsewhere else _("this computer"),
                )
                for one in found
            ]
            write_table(headings, rows)
        damaged = operations.find_damaged_backups(found) if check else []
        if damaged:
            raise Problem(
                ngettext(
                    "{count} backup is not as it was written: {names}",
                    "{count} backups are not as they were written: {names}",
                    len(damaged),
                ).format(count=len(damaged), names=", ".join(one.path.name for one in damaged)),
                meaning=_("The others were read whole and are sound."),
                advice=_("Write a new backup now, and have the disk looked at."),
                code="damaged",
            )

    backups.params.append(elsewhere_option())
    return backups


def _plain(found: object) -> dict[str, object]:
    from coi_desktop.operations.backups import FoundBackup

    assert isinstance(found, FoundBackup)
    plain: dict[str, object] = dict(found.manifest._asdict())
    return plain | {
        "reason": found.manifest.reason.value,
        "path": str(found.path),
        "elsewhere": found.is_elsewhere,
    }


def restore_command() -> click.Command:
    """``restore FILE BACKUP``"""

    @click.command(
        "restore",
        help=_(
            "Put a backup in the place of the register. BACKUP is its number in the list, or its file. "
            "What stands there now is kept first."
        ),
    )
    @register_argument()
    @click.argument("backup", metavar="BACKUP")
    @click.option("--dry-run", is_flag=True, help=_("Only tell what would be different."))
    def restore(file: Path, backup: str, elsewhere: Path | None, dry_run: bool) -> None:
        from coi_desktop.models.backup_differences import say_differences
        from coi_desktop.operations import restores

        found = restores.get_backup(file, backup, elsewhere)
        try:
            click.echo(say_differences(finish(restores.compare_backup(file, found))))
        except Problem as problem:
            if problem.code not in restores.DAMAGED:
                raise
            click.echo(problem.what, err=True)
        if dry_run:
            return
        prepared = finish(restores.prepare_restore(file, found))
        restores.finish_restore(prepared)
        remark = restores.missing_files_remark(prepared)
        if remark:
            click.echo(remark, err=True)
        click.echo(_("{name} holds the backup now.").format(name=file.name))
        if prepared.kept.exists():
            click.echo(_("What it replaced is kept: {place}").format(place=prepared.kept))

    restore.params.append(elsewhere_option())
    return restore


def export_all_command() -> click.Command:
    """``export-all FILE FOLDER``"""

    @click.command(
        "export-all",
        help=_(
            "Write everything in the register as readable files (JSON, CSV, attachments) into a new folder."
        ),
    )
    @register_argument()
    @click.argument("folder", type=FilePath(), metavar="FOLDER")
    def export_all(file: Path, folder: Path) -> None:
        from coi_desktop.operations import full_exports

        done = finish(full_exports.export_all(file, folder))
        click.echo(str(done.folder))
        remark = full_exports.missing_remark(done)
        if remark:
            click.echo(remark, err=True)

    return export_all


COMMANDS = {
    "backup": backup_command,
    "backups": backups_command,
    "restore": restore_command,
    "export-all": export_all_command,
}
