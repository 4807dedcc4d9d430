"""The command that takes in measurements and questionnaires."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

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
from coi_desktop.models.dates import parse_date
from coi_desktop.models.import_report import Outcome

_STAYING_OUT = (Outcome.REJECTED, Outcome.CONFLICT)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only for the type checker
    """A day in any form that people write; of a week, month or quarter the last."""

    name = "DATE"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> date:
        """The day; wrong usage for what is none."""
        if isinstance(value, date):
            return value
        day = parse_date(str(value), period="end")
        if day is None:
            self.fail(_("“{text}” is no date").format(text=str(value)[:40]), parameter, context)
        return day


def import_command() -> click.Command:
    """``measure import FILE EVALUATION TABLE.xlsx|csv [--sheet S] [--before TABLE] [--mapping M.json]
    [--shape rows|answers] [--date D] [--before-date D] [--series S] [--dry-run] [--json]``
    """

    @click.command("import", help=_("Take in measurements, or the answers of a questionnaire, summed up."))
    @register_argument()
    @click.argument("evaluation", metavar="EVALUATION")
    @click.argument("table", type=FilePath(), metavar="TABLE.xlsx|csv")
    @click.option("--sheet", default="", help=_("The sheet of a workbook."))
    @click.option(
        "--before", type=FilePath(), help=_("The answers of the first round, in a file of its own.")
    )
    @click.option("--mapping", type=FilePath(), help=_("Which column is what, as JSON."))
    @click.option(
        "--shape",
        type=click.Choice(["rows", "answers"]),
        help=_("What a row is: measurements, or one person's answers."),
    )
    @click.option("--date", "day", type=Day(), help=_("The date, where no column tells it."))
    @click.option("--before-date", "before_day", type=Day(), help=_("The date of the first round."))
    @click.option("--series", type=click.Choice(["initiative", "comparison"]), help=_("Whose it is."))
    @click.option("--dry-run", is_flag=True, help=_("Only report what would happen."))
    @json_option()
    def import_(
        file: Path,
        evaluation: str,
        table: Path,
        sheet: str,
        before: Path | None,
        mapping: Path | None,
        dry_run: bool,
        as_json: bool,
        **more: Any,
    ) -> int:
        from coi_desktop.operations.lookup import find_evaluation_id
        from coi_desktop.operations.measure_imports import import_measures

        options = {name: value for name, value in more.items() if value is not None}
        with reading(file) if dry_run else writing(file) as register:
            evaluation_id = find_evaluation_id(register, evaluation)
            if not dry_run:
                keep_first(register, Reason.IMPORT)
            report = finish(
                import_measures(
                    register,
                    evaluation_id,
                    table,
                    sheet=sheet,
                    before=before,
                    mapping_file=mapping,
                    options=options,
                    dry_run=dry_run,
                )
            )
        tell(report, as_json=as_json)
        stayed_out = sum(report.count(outcome) for outcome in _STAYING_OUT)
        return 1 if report.total and stayed_out == report.total else 0

    return import_
