"""Commands that put the register out to Excel as one sheet, and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from coi_desktop.cli.returned import cell_values, counts, decide, exit_code, sheet_arguments, what_happens
from coi_desktop.cli.shared import (
    FilePath,
    finish,
    keep_first,
    language_option,
    reading,
    register_argument,
    write_json,
    write_table,
    writing,
)
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.return_plan import ReturnDecisions, ReturnPlan
from coi_desktop.models.returned_cells import shown_cell_value
from coi_desktop.models.views import Showing
from coi_desktop.operations.exports import remarks_on
from coi_desktop.operations.library import words_of
from coi_desktop.operations.views import get_view, query_of, read_filters
from coi_desktop.paths import settings_file
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register


def export_sheet_command() -> click.Command:
    """``export-sheet FILE OUT.xlsx [--view NAME] [--filter …]… [--lang da|en]``"""

    @click.command("export-sheet", help=_("Write the register as a sheet for Excel, to be taken back."))
    @register_argument()
    @click.argument("out", type=FilePath(), metavar="OUT.xlsx")
    @click.option("--view", "view_name", default="", metavar="NAME", help=_("Only what a view shows."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="'FIELD TEST VALUE'",
        help=_("Only those that fit, such as 'phase is idea' or 'budget > 250000'; may be repeated."),
    )
    @language_option()
    def export_sheet(
        file: Path, out: Path, view_name: str, filters: tuple[str, ...], language: str | None
    ) -> None:
        from coi_desktop.operations import register_sheets

        with reading(file) as register:
            ids = _find_ids(register, view_name, filters) if view_name or filters else None
            report = finish(register_sheets.export_register_sheet(register, out, ids, language=language))
        click.echo(str(report.path))
        for remark in remarks_on(report):
            click.echo(remark, err=True)

    return export_sheet


def _find_ids(register: Register, view_name: str, filters: Sequence[str]) -> list[str]:
    my_name = Settings.read(settings_file()).get("my_name")
    view = get_view(register, view_name, my_name) if view_name else Showing()
    view = view._replace(conditions=(*view.conditions, *read_filters(register, filters)))
    return list(register.find_ids(query_of(register, view, my_name)))


def return_sheet_command() -> click.Command:
    """``return-sheet FILE IN.xlsx [--dry-run] [--keep-emptied] [--conflicts here|sheet] [--json]``"""

    @click.command("return-sheet", help=_("Take a sheet back that export-sheet has written."))
    @register_argument()
    @sheet_arguments("IN.xlsx")
    def return_sheet(
        file: Path, sheet: Path, dry_run: bool, keep_emptied: bool, side: str | None, as_json: bool
    ) -> int:
        from coi_desktop.operations import register_sheets

        with reading(file) if dry_run else writing(file) as register:
            returned = finish(register_sheets.read_returned_sheet(register, sheet))
            plan = finish(register_sheets.plan_returned_sheet(register, returned))
            decisions = decide(plan, keep_emptied=keep_emptied, side=side)
            if not dry_run:
                keep_first(register, Reason.IMPORT)
                done = finish(register_sheets.apply_returned_sheet(register, returned, decisions))
                register.catch_up(done.changes)
                plan = done.plan
            (_tell_json if as_json else _tell)(register, plan, decisions)
        return exit_code(plan, side)

    return return_sheet


def _tell(register: Register, plan: ReturnPlan, decisions: ReturnDecisions) -> None:
    words = words_of(register)
    lines = [
        [
            str(row.row_number),
            row.title,
            change.field.label(),
            shown_cell_value(change.field, change.here, words),
            shown_cell_value(change.field, change.there, words),
            what_happens(row.record_id, change, decisions),
        ]
        for row in plan.rows
        for change in row.changes
    ]
    if lines:
        headings = [_("Row"), _("Initiative"), _("Field"), _("Here"), _("In the sheet"), _("What happens")]
        write_table(headings, lines)
    click.echo(plan.sentence())
    for problem in plan.problems:
        click.echo(problem.sentence(), err=True)


def _tell_json(_register: Register, plan: ReturnPlan, decisions: ReturnDecisions) -> None:
    write_json(
        {
            **counts(plan),
            "changes": [
                {
                    "row": row.row_number,
                    "title": row.title,
                    **cell_values(row.record_id, change, decisions),
                }
                for row in plan.rows
                for change in row.changes
            ],
            "problems": [problem._asdict() for problem in plan.problems],
        }
    )


COMMANDS = {"export-sheet": export_sheet_command, "return-sheet": return_sheet_command}
