"""The command that takes in a list."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.import_commands import tell
from coi_desktop.cli.shared import (
    FilePath,
    finish,
    json_option,
    keep_first,
    reading,
    register_argument,
    writing,
)
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.import_report import Outcome

STAYING_OUT = (Outcome.REJECTED, Outcome.CONFLICT, Outcome.LOOKALIKE)


def import_table_command() -> click.Command:
    """``import-table FILE TABLE.xlsx|csv [--sheet S] [--mapping M.json] [--dry-run] [--rejects R.xlsx]
    [--json]``
    """

    @click.command("import-table", help=_("Take in a list of initiatives (.xlsx or .csv)."))
    @register_argument()
    @click.argument("table", type=FilePath(), metavar="TABLE.xlsx|csv")
    @click.option("--sheet", default="", help=_("The sheet of a workbook."))
    @click.option("--mapping", type=FilePath(), help=_("Which column is which field, as JSON."))
    @click.option("--dry-run", is_flag=True, help=_("Only report what would happen."))
    @click.option("--rejects", type=FilePath(), help=_("A workbook for the rows that do not go in."))
    @json_option()
    def import_table(
        file: Path,
        table: Path,
        sheet: str,
        mapping: Path | None,
        dry_run: bool,
        rejects: Path | None,
        as_json: bool,
    ) -> int:
        from coi_desktop.operations import table_imports

        with reading(file) if dry_run else writing(file) as register:
            if not dry_run:
                keep_first(register, Reason.IMPORT)
            report = finish(
                table_imports.import_table(
                    register, table, sheet=sheet, mapping_file=mapping, dry_run=dry_run, rejects=rejects
                )
            )
        tell(report, as_json=as_json)
        stayed_out = sum(report.count(outcome) for outcome in STAYING_OUT)
        return 1 if report.total and stayed_out == report.total else 0

    return import_table


COMMANDS = {"import-table": import_table_command}
