"""The command that makes one initiative of two."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import (
    json_option,
    keep_first,
    register_argument,
    write_json,
    write_table,
    writing,
)
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.merge_plan import Choice, MergePlan
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.typed_values import find_field
from coi_desktop.operations.library import words_of
from coi_desktop.operations.lookup import find_initiative_id
from coi_desktop.operations.merging import describe_moves, merge, plan_merging
from coi_desktop.store.register import Register


def merge_command() -> click.Command:
    """``merge FILE KEEP_ID OTHER_ID [--field NAME=keep|other|both]… [--dry-run]``"""

    @click.command("merge", help=_("Make one initiative of two; the other goes to the trash."))
    @register_argument()
    @click.argument("keep", metavar="KEEP_ID")
    @click.argument("other", metavar="OTHER_ID")
    @click.option(
        "--field",
        "choices",
        multiple=True,
        metavar="NAME=keep|other|both",
        help=_("Whose value a field gets; without it that of the one that is kept, where it has any."),
    )
    @click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
    @json_option()
    def merge_two(
        file: Path, keep: str, other: str, choices: tuple[str, ...], dry_run: bool, as_json: bool
    ) -> None:
        with writing(file) as register:
            chosen = dict(_read_choice(register, typed) for typed in choices)
            ids = find_initiative_id(register, keep), find_initiative_id(register, other)
            plan = plan_merging(register, *ids, chosen)
            moves = describe_moves(register, plan)
            if not dry_run:
                keep_first(register, Reason.MERGE)
                merge(register, plan)
            _tell(register, plan, moves, as_json=as_json, done=not dry_run)

    return merge_two


def _read_choice(register: Register, typed: str) -> tuple[str, Choice]:
    name, _sign, choice = typed.partition("=")
    field = find_field(register.fields("initiative"), name)
    if choice not in {one.value for one in Choice}:
        raise Problem(
            _("“{text}” does not say whose value is kept.").format(text=typed[:80]),
            meaning=_("Nothing was changed."),
            advice=_("Write for example {example}.").format(example=f"{field.name}=other"),
            code="bad_value",
        )
    return field.name, Choice(choice)


def _tell(register: Register, plan: MergePlan, moves: str, *, as_json: bool, done: bool) -> None:
    if as_json:
        write_json(
            {
                "applied": done,
                "keep": plan.keep.id,
                "other": plan.other.id,
                "fields": {
                    one.field.name: {
                        "keep": one.keep,
                        "other": one.other,
                        "choice": one.choice.value,
                        "result": one.result,
                    }
                    for one in plan.fields
                },
                "moved": moves,
            }
        )
        return
    words = words_of(register)
    write_table(
        [_("Field"), _("Kept initiative"), _("Other initiative"), _("Result")],
        [
            [
                one.field.label(),
                *(show_value(one.field, value, words) or "–" for value in (one.keep, one.other, one.result)),
            ]
            for one in plan.fields
        ],
    )
    if moves:
        click.echo(_("Goes over: {what}.").format(what=moves))
    click.echo(
        _("Merged; the other one is in the trash.") if done else _("Nothing was changed: this was a trial.")
    )


COMMANDS = {"merge": merge_command}
