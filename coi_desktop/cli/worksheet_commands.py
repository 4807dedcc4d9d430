"""Commands that write the dialogue sheets of an evaluation, and take them back."""

from __future__ import annotations

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
from coi_desktop.models.return_plan import ReturnDecisions
from coi_desktop.models.returned_cells import shown_cell_value
from coi_desktop.models.worksheet_return import WorksheetReturn

_FORMATS = ("pdf", "xlsx")
_PAPERS = ("A4", "A3")


def export_worksheets_command() -> click.Command:
    """``export-worksheets FILE ID OUTDIR [--format pdf,xlsx] [--blank] [--paper A4|A3] [--lang da|en]``"""

    @click.command("export-worksheets", help=_("Write the dialogue sheets of an evaluation."))
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @click.argument("folder", type=FilePath(), metavar="OUTDIR")
    @click.option(
        "--format",
        "formats",
        default="pdf,xlsx",
        callback=_formats,
        metavar="pdf,xlsx",
        help=_("The kinds of files, separated by commas."),
    )
    @click.option("--blank", is_flag=True, help=_("On paper nothing is filled in."))
    @click.option("--paper", type=click.Choice(_PAPERS), default="A4", help=_("The size of the paper."))
    @language_option()
    @click.pass_context
    def export_worksheets(
        context: click.Context,
        file: Path,
        typed_id: str,
        folder: Path,
        formats: tuple[str, ...],
        blank: bool,
        paper: str,
        language: str | None,
    ) -> None:
        from coi_desktop.operations import worksheets
        from coi_desktop.operations.lookup import find_evaluation_id

        with reading(file) as register:
            evaluation_id = find_evaluation_id(register, typed_id)
            for path in finish(
                worksheets.export_worksheets(
                    register,
                    evaluation_id,
                    folder,
                    formats,
                    make_pages=context.find_root().obj,
                    is_blank=blank,
                    paper=paper,
                    language=language,
                )
            ):
                click.echo(str(path))

    return export_worksheets


def import_worksheet_command() -> click.Command:
    """``import-worksheet FILE X.xlsx [--dry-run] [--keep-emptied] [--conflicts here|sheet] [--json]``"""

    @click.command("import-worksheet", help=_("Take in dialogue sheets that were filled in."))
    @register_argument()
    @sheet_arguments("X.xlsx")
    def import_worksheet(
        file: Path, sheet: Path, dry_run: bool, keep_emptied: bool, side: str | None, as_json: bool
    ) -> int:
        from coi_desktop.operations import worksheets

        with reading(file) if dry_run else writing(file) as register:
            book = finish(worksheets.read_worksheet_book(register, sheet))
            returned = finish(worksheets.plan_returned_worksheets(register, book))
            decisions = decide(returned.plan, keep_emptied=keep_emptied, side=side)
            if not dry_run:
                keep_first(register, Reason.IMPORT)
                done = finish(worksheets.apply_returned_worksheets(register, book, decisions))
                register.catch_up(done.changes)
                returned = done.returned
            (_tell_json if as_json else _tell)(returned, decisions)
        return exit_code(returned.plan, side)

    return import_worksheet


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    if not wanted or any(one not in _FORMATS for one in wanted):
        raise click.BadParameter(_("write one or more of {known}").format(known=", ".join(_FORMATS)))
    return wanted


def _tell(returned: WorksheetReturn, decisions: ReturnDecisions) -> None:
    plan, words = returned.plan, returned.words
    lines = [
        [
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
        write_table([_("Where"), _("Field"), _("Here"), _("In the sheet"), _("What happens")], lines)
    click.echo(plan.sentence())
    for sentence in (*(problem.sentence() for problem in plan.problems), returned.remark):
        if sentence:
            click.echo(sentence, err=True)


def _tell_json(returned: WorksheetReturn, decisions: ReturnDecisions) -> None:
    plan = returned.plan
    write_json(
        {
            **counts(plan),
            "changes": [
                {
                    "question": row.part,
                    **cell_values(row.record_id, change, decisions),
                }
                for row in plan.rows
                for change in row.changes
            ],
            "problems": [problem._asdict() for problem in plan.problems],
            "remark": returned.remark or None,
        }
    )


COMMANDS = {
    "export-worksheets": export_worksheets_command,
    "import-worksheet": import_worksheet_command,
}
