"""The command that brings over what another edition of the register has."""

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
    write_table,
    writing,
)
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.edition_lines import ComparedEdition, EditionLine
from coi_desktop.models.return_plan import Difference, ReturnDecisions


def import_edition_command() -> click.Command:
    """``import-edition FILE OTHER.coi [--dry-run] [--keep-emptied] [--conflicts here|other] [--json]``"""

    @click.command(
        "import-edition",
        help=_("Bring over what another edition of the register has, put aside by a synchronising program."),
    )
    @register_argument()
    @click.argument("other", type=FilePath(), metavar="OTHER.coi")
    @click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
    @click.option("--keep-emptied", is_flag=True, help=_("Keep what stands here where a field was emptied."))
    @click.option(
        "--conflicts",
        "side",
        type=click.Choice(["here", "other"]),
        help=_("Whose values hold where both were changed; without it nothing is done there."),
    )
    @json_option()
    def import_edition(
        file: Path, other: Path, dry_run: bool, keep_emptied: bool, side: str | None, as_json: bool
    ) -> int:
        from coi_desktop.operations.other_editions import bring_over, compare_edition

        with reading(file) if dry_run else writing(file) as register:
            compared = finish(compare_edition(register, other))
            decisions = ReturnDecisions(not keep_emptied, compared.plan.decided(copy=side == "other"))
            if not dry_run and not compared.plan.is_nothing:
                keep_first(register, Reason.IMPORT)
                done = finish(bring_over(register, other, decisions))
                register.catch_up(done.changes)
                compared = done.compared
        (_tell_json if as_json else _tell)(compared, decisions)
        return 1 if side is None and compared.plan.count(Difference.CONFLICT) else 0

    return import_edition


def _tell(compared: ComparedEdition, decisions: ReturnDecisions) -> None:
    if compared.lines:
        write_table(
            [_("Initiative"), _("Field"), _("Here"), _("In the other edition"), _("What happens")],
            [
                [line.title, line.what, line.here, line.there, _what_happens(line, decisions)]
                for line in compared.lines
            ],
        )
    click.echo(compared.sentence())
    for remark in compared.remarks():
        click.echo(remark, err=True)


def _what_happens(line: EditionLine, decisions: ReturnDecisions) -> str:
    if line.difference is None:
        return _("new")
    if not line.taken(decisions):
        return _("to be decided") if line.difference is Difference.CONFLICT else _("kept")
    return _("emptied") if line.difference is Difference.CLEARED else _("changed")


def _tell_json(compared: ComparedEdition, decisions: ReturnDecisions) -> None:
    plan = compared.plan
    write_json(
        {
            "new": len(plan.new_rows),
            "changed": plan.count(Difference.CHANGED),
            "emptied": plan.count(Difference.CLEARED),
            "conflicts": plan.count(Difference.CONFLICT),
            "removed_there": plan.kept,
            "changes": [
                {
                    "id": line.key[0] or None,
                    "title": line.title,
                    "what": line.what,
                    "field": line.key[1] or None,
                    "difference": "new" if line.difference is None else line.difference.value,
                    "here": line.here or None,
                    "other": line.there or None,
                    "taken": line.taken(decisions),
                }
                for line in compared.lines
            ],
            "remarks": list(compared.remarks()),
        }
    )


COMMANDS = {"import-edition": import_edition_command}
