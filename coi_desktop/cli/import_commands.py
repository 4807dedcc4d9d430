"""Commands that take in lists and case packs."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import (
    FilePath,
    finish,
    json_option,
    keep_first,
    reading,
    register_argument,
    write_json,
    writing,
)
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.import_report import ImportReport, Level, Outcome

_SHOWN_PROBLEMS = 50


def import_pack_command() -> click.Command:
    """``import-pack FILE PACK.coipack [--dry-run] [--json]``"""

    @click.command("import-pack", help=_("Take in the cases of a case pack."))
    @register_argument()
    @click.argument("pack", type=FilePath(), metavar="PACK.coipack")
    @click.option("--dry-run", is_flag=True, help=_("Only report what would happen."))
    @json_option()
    def import_pack(file: Path, pack: Path, dry_run: bool, as_json: bool) -> int:
        from coi_desktop.operations import pack_imports

        with reading(file) if dry_run else writing(file) as register:
            if not dry_run:
                keep_first(register, Reason.IMPORT)
            report = finish(pack_imports.import_pack(register, pack, dry_run=dry_run))
        return tell(report, as_json=as_json)

    return import_pack


def tell(report: ImportReport, *, as_json: bool) -> int:
    """Write a report; the exit code: 1 when nothing of what was there could be taken in, else 0."""
    if as_json:
        write_json(report.to_json())
    else:
        for line in _lines(report):
            click.echo(line)
    return 1 if report.total and report.count(Outcome.REJECTED) == report.total else 0


def _lines(report: ImportReport) -> list[str]:
    words = {
        Outcome.NEW: _("new"),
        Outcome.IDENTICAL: _("identical"),
        Outcome.UPDATED: _("updated"),
        Outcome.KEPT: _("kept as they are here"),
        Outcome.CONFLICT: _("in conflict, left as they are"),
        Outcome.LOOKALIKE: _("look like one that is here"),
        Outcome.REJECTED: _("rejected"),
    }
    lines = [] if report.applied else [_("This is what would happen; nothing was changed.")]
    lines += [f"{report.count(outcome):>6}  {words[outcome]}" for outcome in Outcome if report.count(outcome)]
    errors = [problem for problem in report.problems if problem.level is Level.ERROR]
    notes = [problem for problem in report.problems if problem.level is Level.NOTE]
    for problem in (*errors, *notes)[:_SHOWN_PROBLEMS]:
        place = ", ".join(
            part
            for part in (
                problem.sheet,
                _("row {row}").format(row=problem.row) if problem.row else "",
                problem.column,
            )
            if part
        )
        lines.append(f"{place}: {problem.reason} {problem.remedy}".strip(": ").rstrip())
    more = len(errors) + len(notes) - _SHOWN_PROBLEMS
    if more > 0:
        lines.append(_("… and {count} more").format(count=more))
    return lines


COMMANDS = {"import-pack": import_pack_command}
